"""Cells and what is wrong with a layer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.places.ground import Ground, outside
from linli.places.models import Cell, Layer, Outline, Place

# borders are drawn by hand: a hundredth of a cell may stand over
LEAST_OUTSIDE = 0.01
Spot = tuple[str, tuple[float, float] | None]


def layers() -> QuerySet[Layer]:
    """Every layer, in the order of its key."""
    return Layer.objects.order_by("key")


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


def cells_around(layer: str, spots: Sequence[Spot]) -> list[tuple[str, str] | None]:
    """Return (path of the village, code) of the cell of today around each spot, or None.

    A spot is the path of a place with its point, if one is known. Without a point the cell is known
    only where the village has a single one. Nothing is found above the villages. One query.
    """
    paths = {path for path, _point in spots}
    wanted = {above for path in paths for above in _self_and_above(path)}
    rows = Cell.objects.filter(layer__key=layer, valid_to__isnull=True, place__path__in=wanted)
    shapes: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, code, geometry in rows.order_by("code").values_list(
        "place__path", "code", "geometry"
    ):
        shapes[path][code] = geometry
    grounds = {path: Ground(cells) for path, cells in shapes.items()}
    return [_cell_at(grounds, path, point) for path, point in spots]


def _cell_at(
    grounds: Mapping[str, Ground[str]], path: str, point: tuple[float, float] | None
) -> tuple[str, str] | None:
    for above in _self_and_above(path):
        if above not in grounds:
            continue
        ground = grounds[above]
        only = ground.keys[0] if len(ground.keys) == 1 else None
        code = only if point is None else ground.locate(*point)
        return (above, code) if code else None
    return None


def _self_and_above(path: str) -> list[str]:
    codes = path.strip("/").split("/")
    return ["/".join(codes[:n]) + "/" for n in range(len(codes), 0, -1)]


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
    outline = Outline.objects.filter(place=place, valid_to__isnull=True).first()
    counted = [(cell.code, cell.households) for cell in cells if cell.households is not None]
    return LayerFaults(
        overlaps=[] if layer.may_overlap else ground.overlaps(),
        gap=ground.gap(outline.geometry) if outline and layer.must_cover and cells else 0.0,
        too_small=[code for code, households in counted if households < least],
        too_big=[code for code, households in counted if households > most],
        outside=_outside(cells, outline) if outline else [],
    )


def _outside(cells: list[Cell], outline: Outline) -> list[tuple[str, float]]:
    shares = [(cell.code, outside(cell.geometry, outline.geometry)) for cell in cells]
    return [(code, share) for code, share in shares if share > LEAST_OUTSIDE]
