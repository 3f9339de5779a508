"""JSON API on places. Places are public."""

# those with words of their own in the address come before the code of a place: tree is last
from linli.places.api import (
    days,
    deciding,
    drawing,
    facts,
    grounds,
    layers,
    moves,
    outlines,
    parts,
    tree,
)
from linli.places.api.routing import router

__all__ = [
    "days",
    "deciding",
    "drawing",
    "facts",
    "grounds",
    "layers",
    "moves",
    "outlines",
    "parts",
    "router",
    "tree",
]
