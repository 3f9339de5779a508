"""Reads on places. Places are public."""

from linli.places.queries.cells import cells_of, get_cell, get_layer, layer_faults, layers
from linli.places.queries.history import (
    changes_of,
    decision_on,
    decisions_of,
    decisions_on,
    hanging_on,
    places_on,
    restate,
    versions_of,
)
from linli.places.queries.locating import locate, locate_many
from linli.places.queries.tree import (
    all_places,
    ancestors_of,
    chain_of,
    child_rows,
    children_of,
    filtered,
    get_place,
    outlines_below,
    path_of,
    places_of_level,
)

__all__ = [
    "all_places",
    "ancestors_of",
    "cells_of",
    "chain_of",
    "changes_of",
    "child_rows",
    "children_of",
    "decision_on",
    "decisions_of",
    "decisions_on",
    "filtered",
    "get_cell",
    "get_layer",
    "get_place",
    "hanging_on",
    "layer_faults",
    "layers",
    "locate",
    "locate_many",
    "outlines_below",
    "path_of",
    "places_of_level",
    "places_on",
    "restate",
    "versions_of",
]
