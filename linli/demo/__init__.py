"""The demo: Dongguan as it is, an invented town with three villages, and people who do things.

Owns: no tables.
Never: a judgement or a name in a real town.
"""
