"""Writes on places."""

from linli.places.models.nodes import refuse_ended
from linli.places.services.cells import close_cell, draw_cell, import_cells
from linli.places.services.changes import merge_places, move_place, rename_place, split_place
from linli.places.services.decisions import decide_category, decide_settlement
from linli.places.services.layers import change_layer, close_layer, make_layer
from linli.places.services.outlines import import_outlines, withdraw_outlines
from linli.places.services.parts import add_part, add_parts, end_part
from linli.places.services.seeding import seed_invented, seed_official

__all__ = [
    "add_part",
    "add_parts",
    "end_part",
    "change_layer",
    "close_cell",
    "close_layer",
    "decide_category",
    "decide_settlement",
    "draw_cell",
    "import_cells",
    "import_outlines",
    "make_layer",
    "merge_places",
    "move_place",
    "refuse_ended",
    "rename_place",
    "seed_invented",
    "seed_official",
    "split_place",
    "withdraw_outlines",
]
