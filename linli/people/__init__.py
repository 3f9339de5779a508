"""People: who lives, works and owns here, and what the register may know of them.

Owns: Person, its documents, contacts and key, Residency, Household, Dwelling, Roll, imports of
people, pairs of entries that may be one person.
States: states.IMPORT (received … done), states.PAIR (open, joined, different).
Asks: places (where), runtime (long jobs, limits, saved views), trail (who did and read what).
Never: keeps Party members by name, scores anyone, derives one roll from another.
"""
