"""Tables of places, and the steps on them that several services share."""

from linli.places.models.tables import (
    Cell,
    Layer,
    Outline,
    OutlineLoad,
    Place,
    PlaceChange,
    PlaceChangePart,
    PlaceDecision,
    PlaceVersion,
)

__all__ = [
    "Cell",
    "Layer",
    "Outline",
    "OutlineLoad",
    "Place",
    "PlaceChange",
    "PlaceChangePart",
    "PlaceDecision",
    "PlaceVersion",
]
