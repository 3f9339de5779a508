"""Places: the tree of city, towns, villages, groups and buildings, and what covers the ground.

Owns: Place, PlaceVersion, PlaceChange, PlaceChangePart, PlaceDecision, Outline, Layer, Cell.
States: none; a place is valid between two days.
Asks: nobody.
Never: keys anything by a name (twelve short names occur in two towns).
"""
