"""Grid: who looks after which piece of ground, what is seen there, and who stands for its neighbours.

Owns: CellDuty, CellContact, rounds, heads, PhoneQueue and Queued (what phones did without network).
States: those of the kind of case `grid_event`, which it declares.
Asks: places (cells), orgs (posts), cases (what was seen is a case), rulebook (sizes and terms).
Never: follows where workers go, counts their sign-ins or photos, or ranks them.
"""
