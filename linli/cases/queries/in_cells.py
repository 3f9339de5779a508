"""In which cell of a layer cases lie, and which post looks after it: asked once for many cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from linli.cases.types.routing import Asked, InCell
from linli.kernel.registries import CELL_POSTS
from linli.places import queries as places


def in_cells(asked: Sequence[Asked], layers: Iterable[str], on: date) -> list[Asked]:
    """Return cases with the cells of some layers that they lie in, in the order given.

    The cells are those of today; who looks after them is asked for the day and the hour of each case.
    """
    found: list[dict[str, InCell]] = [{} for _one in asked]
    spots = [(one.path, one.point) for one in asked]
    for layer in sorted(layers):
        cells = places.cells_around(layer, spots)
        placed = [n for n, cell in enumerate(cells) if cell is not None]
        wanted = [(cell[0], layer, cell[1], asked[n].at) for n in placed if (cell := cells[n])]
        posts = list(CELL_POSTS.call(wanted, on)) if wanted else []
        for n, (_path, _layer, code, _at), who in zip(placed, wanted, posts, strict=True):
            found[n][layer] = InCell(code, *who) if who else InCell(code)
    return [replace(one, cells=cells) for one, cells in zip(asked, found, strict=True)]
