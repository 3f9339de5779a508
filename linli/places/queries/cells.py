"""Cells and what is wrong with a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paths import chain_of_path
from linli.places.ground import Ground, left_between, outside
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.models.covering import holds_on
from linli.places.types import CellShape
from linli.rulebook import queries as rulebook

# borders are drawn by hand: a hundredth of a cell may stand over
LEAST_OUTSIDE = 0.01
SIZE_KEY = "grid.households"
Spot = tuple[str, tuple[float, float] | None]
DRAWN = """
SELECT p.path, md5(string_agg(c.code || ' ' || c.geometry::text, ',' ORDER BY c.code))
  FROM places_cell c
  JOIN places_layer l ON l.id = c.layer_id
  JOIN places_place p ON p.id = c.place_id
 WHERE l.key = %s AND c.valid_to IS NULL AND p.path = ANY(%s)
 GROUP BY p.path
"""


def layers(*, with_closed: bool = False) -> QuerySet[Layer]:
    """The layers of today in the order of their keys; those that were closed too if asked."""
    found = Layer.objects.order_by("key")
    return found if with_closed else found.filter(closed_on__isnull=True)


def drawn_in(layer: Layer) -> tuple[int, int]:
    """Return how many cells of today a layer has, and in how many villages."""
    found = Cell.objects.filter(layer=layer, valid_to__isnull=True)
    counted = found.aggregate(cells=Count("pk"), villages=Count("place", distinct=True))
    return counted["cells"], counted["villages"]


def get_layer(key: str) -> Layer:
    """Return a layer by its key. Refuses with NotFound."""
    layer = Layer.objects.filter(key=key).first()
    if layer is None:
        raise NotFound(layer=key)
    return layer


def get_cell(code: str, pk: int) -> Cell:
    """Return a cell of the village with this code. Refuses with NotFound."""
    cell = Cell.objects.filter(pk=pk, place__code=code).select_related("layer", "place").first()
    if cell is None:
        raise NotFound(cell=pk)
    return cell


def cells_of(place: Place, layer: Layer) -> QuerySet[Cell]:
    """Today's cells of a layer in a village, in the order of their codes."""
    return Cell.objects.filter(place=place, layer=layer, valid_to__isnull=True).order_by("code")


def cells_drawn(layer_id: int) -> QuerySet[Cell]:
    """Today's cells of a layer in the whole city."""
    return Cell.objects.filter(layer_id=layer_id, valid_to__isnull=True)


def cells_around(layer: str, spots: Sequence[Spot]) -> list[tuple[str, str] | None]:
    """Return (path of the village, code) of the cell of today around each spot, or None.

    A spot is the path of a place with its point, if one is known. Without a point the cell is known
    only where the village has a single one. Nothing is found above the villages. One query,
    and one more for each village whose cells were not seen so before.
    """
    paths = {path for path, _point in spots}
    wanted = sorted({above for path in paths for above in chain_of_path(path)})
    drawn = sql.tuples("places.cells_drawn", DRAWN, [layer, wanted])
    grounds = {path: _ground(layer, path, mark) for path, mark in drawn}
    return [_cell_at(grounds, path, point) for path, point in spots]


@lru_cache(maxsize=2048)
def _ground(layer: str, path: str, mark: str) -> Ground[str]:
    """The cells of a village, kept as long as they are drawn as they were; `mark` tells."""
    rows = Cell.objects.filter(layer__key=layer, valid_to__isnull=True, place__path=path)
    return Ground(dict(rows.order_by("code").values_list("code", "geometry")))


def _cell_at(
    grounds: Mapping[str, Ground[str]], path: str, point: tuple[float, float] | None
) -> tuple[str, str] | None:
    for above in reversed(chain_of_path(path)):
        if above not in grounds:
            continue
        ground = grounds[above]
        only = ground.keys[0] if len(ground.keys) == 1 else None
        code = only if point is None else ground.locate(*point)
        return (above, code) if code else None
    return None


def count_cells(place: Place) -> int:
    """How many cells of today a village has in all layers."""
    return Cell.objects.filter(place=place, valid_to__isnull=True).count()


@dataclass(frozen=True, slots=True)
class LayerFaults:
    """Pairs of cells that share ground, the uncovered share of the village, cells out of size.

    `outside` are codes of cells with the share of each that lies outside the village.
    """

    overlaps: list[tuple[str, str]]
    gap: float
    too_small: list[str]
    too_big: list[str]
    outside: list[tuple[str, float]]


def layer_faults(place: Place, layer: Layer, *, least: int, most: int) -> LayerFaults:
    """Return what is wrong with a layer in a village; `least` and `most` are households."""
    cells = list(cells_of(place, layer))
    ground = Ground({cell.code: cell.geometry for cell in cells})
    outline = _outline(place)
    counted = [(cell.code, cell.households) for cell in cells if cell.households is not None]
    return LayerFaults(
        overlaps=[] if layer.may_overlap else ground.overlaps(),
        gap=ground.gap(outline.geometry) if outline and layer.must_cover and cells else 0.0,
        too_small=[code for code, households in counted if households < least],
        too_big=[code for code, households in counted if households > most],
        outside=_outside(cells, outline) if outline else [],
    )


@dataclass(frozen=True, slots=True)
class DrawnFaults:
    """What is wrong with a cell before it is saved.

    `overlaps` are codes of cells whose ground it covers too; `slivers` the open strips beside it and
    `outside` what lies outside the village, as shares of the cell; `gap` is the share of the village
    that no cell covers then, which alone is no fault while it is not drawn whole.
    """

    overlaps: list[str]
    slivers: float
    outside: float
    gap: float
    is_small: bool
    is_big: bool

    @property
    def is_clean(self) -> bool:
        return not (self.overlaps or self.slivers or self.outside or self.is_small or self.is_big)


def drawn_faults(place: Place, layer: Layer, drawn: CellShape, *, on: date) -> DrawnFaults:
    """Return what would be wrong with a layer if a cell were drawn so, by the sizes of a day."""
    size = rulebook.lookup(SIZE_KEY, place.path, on).range
    others = {cell.code: cell.geometry for cell in cells_of(place, layer).exclude(code=drawn.code)}
    ground = Ground({drawn.code: drawn.geometry, **others})
    pairs = [] if layer.may_overlap else ground.overlaps()
    outline = _outline(place)
    covers = outline is not None and layer.must_cover
    away = outside(drawn.geometry, outline.geometry) if outline else 0.0
    count = drawn.households
    return DrawnFaults(
        overlaps=sorted(
            {one for pair in pairs if drawn.code in pair for one in pair} - {drawn.code}
        ),
        slivers=left_between(drawn.geometry, list(others.values()), outline.geometry)
        if outline and covers
        else 0.0,
        outside=away if away > LEAST_OUTSIDE else 0.0,
        gap=ground.gap(outline.geometry) if outline and covers else 0.0,
        is_small=count is not None and size.min is not None and count < size.min,
        is_big=count is not None and size.max is not None and count > size.max,
    )


def cell_named(place: Place, layer: Layer, code: str) -> Cell | None:
    """Return the cell of today with this code in a village, or None."""
    return cells_of(place, layer).filter(code=code).first()


def _outside(cells: list[Cell], outline: Outline) -> list[tuple[str, float]]:
    shares = [(cell.code, outside(cell.geometry, outline.geometry)) for cell in cells]
    return [(code, share) for code, share in shares if share > LEAST_OUTSIDE]


def _outline(place: Place) -> Outline | None:
    return Outline.objects.filter(holds_on(localdate()), place=place).first()
