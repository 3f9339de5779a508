"""People: who lives, works and owns here, and what the register may know of them.

Owns: Person, documents, contacts, residencies, households, dwellings, rolls, imports of people,
pairs that may be one person, corrections that a person asked for, consents.
States: states.CORRECTION (asked, done, declined), states.IMPORT (mapped, checked, running, done).
Asks: places (where), files (uploads), runtime (long jobs), trail (who did and read what).
Never: keeps Party members by name, scores anyone, derives one roll from another.
"""
