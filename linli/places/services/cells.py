"""Layers of cells: drawn one by one or imported, inside their village."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import permits
from linli.places.errors import LayerClosed
from linli.places.events import CellsEnded
from linli.places.ground import outside
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.models.covering import holds_on
from linli.places.models.nodes import refuse_ended
from linli.places.queries.cells import LEAST_OUTSIDE
from linli.places.queries.outline_faults import unusable
from linli.places.types import CellShape
from linli.trail.services import record

MOST_HOUSEHOLDS = 100_000
# cells of city management: the code of the village and three digits more (GB/T 30428.1)
UNIT, UNIT_DIGITS = "unit", 3


@transaction.atomic
def draw_cell(
    layer: Layer, place: Place, shape: CellShape, *, valid_from: date, version: int | None = None,
    actor: Actor, now: datetime,
) -> Cell:  # fmt: skip
    """Add a cell, or let a new version of the code follow the old one on a day.

    With `version` only if the cell of today is still of that one; 0 says that the code is new. One
    that begins on the same day is replaced if the shape says `why`; it was in force on no day then.
    Refuses with NotAllowed, Ended, LayerClosed, Stale, Invalid.
    """
    place = _open(place, layer)
    require(actor, permits.DRAW, at=place.path)
    if version is not None:
        _check_version(layer, place, shape.code, version)
    _check([shape], place, valid_from=valid_from, today=localdate(now))
    _check_codes(layer, [shape], place)
    cell = _draw(layer, place, shape, valid_from)
    record("places.cell_drawn", on=cell, actor=actor, now=now, place=place.path, code=cell.code)
    return cell


@transaction.atomic
def import_cells(
    layer: Layer,
    place: Place,
    shapes: Sequence[CellShape],
    *,
    valid_from: date,
    actor: Actor,
    now: datetime,
) -> int:
    """Draw many cells of a village at once, all or none.

    Refuses with NotAllowed, Ended, LayerClosed, Invalid.
    """
    place = _open(place, layer)
    require(actor, permits.DRAW, at=place.path)
    _check(shapes, place, valid_from=valid_from, today=localdate(now))
    _check_codes(layer, shapes, place)
    for shape in shapes:
        _draw(layer, place, shape, valid_from)
    record("places.cells_imported", on=place, actor=actor, now=now, place=place.path,
           layer=layer.key, count=len(shapes))  # fmt: skip
    return len(shapes)


@transaction.atomic
def close_cell(cell: Cell, *, valid_to: date, version: int, actor: Actor, now: datetime) -> Cell:
    """End a cell on a day. Refuses with NotAllowed, Stale, Invalid."""
    cell = Cell.objects.select_for_update().select_related("place").get(pk=cell.pk)
    require(actor, permits.DRAW, at=cell.place.path)
    if cell.version != version or cell.valid_to is not None:
        raise Stale()
    if valid_to < cell.valid_from:
        raise Invalid({"valid_to": [_("A cell cannot end before it begins.")]})
    cell.valid_to, cell.version = valid_to, cell.version + 1
    cell.save(update_fields=["valid_to", "version"])
    record("places.cell_closed", on=cell, actor=actor, now=now, place=cell.place.path)
    publish(CellsEnded(cell.layer_id, cell.code))
    return cell


def _open(place: Place, layer: Layer) -> Place:
    """Lock a village for drawing, its layer against closing. Refuses with Ended, LayerClosed."""
    known = Layer.objects.select_for_update().get(pk=layer.pk)
    if known.closed_on is not None:
        raise LayerClosed(name=known.name, day=known.closed_on)
    place = Place.objects.select_for_update().get(pk=place.pk)
    refuse_ended(place)
    return place


def _check_version(layer: Layer, place: Place, code: str, version: int) -> None:
    """Refuse with Stale what somebody else drew meanwhile, with Invalid a code that is taken."""
    known = _today(layer, code)
    if version == 0 and known is not None:
        words = _("This code is drawn already. Open it from the list to change it.")
        raise Invalid({"code": [words if known.place_id == place.pk else _elsewhere()]})
    if version and (known is None or known.version != version):
        raise Stale()


def _today(layer: Layer, code: str) -> Cell | None:
    return Cell.objects.filter(layer=layer, code=code, valid_to__isnull=True).first()


def _elsewhere() -> str:
    return _("This code belongs to a cell of another village.")


def _draw(layer: Layer, place: Place, shape: CellShape, valid_from: date) -> Cell:
    why = clean_text(shape.why).strip()
    known = _today(layer, shape.code)
    if known and known.place_id != place.pk:
        raise Invalid({shape.code: [_elsewhere()]})
    is_again = known is not None and known.valid_from == valid_from
    if known and is_again and not why:
        raise Invalid(
            {
                "why": [
                    _(
                        "It was drawn for this day already. Say why it is drawn again, or give a later day."
                    )
                ]
            }
        )
    if known and known.valid_from > valid_from:
        words = _("The cell of today begins on %(day)s. Give a later day.")
        raise Invalid({shape.code: [words % {"day": known.valid_from.isoformat()}]})
    if known:
        Cell.objects.filter(pk=known.pk).update(valid_to=valid_from, version=known.version + 1)
    return Cell.objects.create(
        layer=layer,
        place=place,
        code=shape.code,
        name=shape.name,
        geometry=shape.geometry,
        households=shape.households,
        valid_from=valid_from,
        why=why if is_again else "",
    )


def _check(shapes: Sequence[CellShape], place: Place, *, valid_from: date, today: date) -> None:
    if valid_from > today or (place.valid_from and valid_from < place.valid_from):
        raise Invalid({"valid_from": [_("Give a day on which the village exists, up to today.")]})
    faults = {s.code: [fault] for s in shapes if (fault := unusable(s.geometry))}
    codes = [shape.code for shape in shapes]
    for shape in shapes:
        if codes.count(shape.code) > 1:
            faults[shape.code] = [_("This code stands twice in the file.")]
        if shape.households is not None and not 0 <= shape.households <= MOST_HOUSEHOLDS:
            faults[shape.code] = [_("The number of households cannot be right.")]
    if faults := faults or _outside(shapes, place, max(valid_from, today)):
        raise Invalid(faults)


def _check_codes(layer: Layer, shapes: Sequence[CellShape], place: Place) -> None:
    """Unit cells are numbered within their village, 15 digits in all. Refuses with Invalid."""
    if layer.key != UNIT:
        return
    words = _("A unit cell is numbered %(code)s and three digits more.")
    faults = {
        shape.code: [words % {"code": place.code}]
        for shape in shapes
        if not _is_unit_code(shape.code, place.code)
    }
    if faults:
        raise Invalid(faults)


def _is_unit_code(code: str, village: str) -> bool:
    tail = code.removeprefix(village)
    return (
        code.startswith(village)
        and len(tail) == UNIT_DIGITS
        and tail.isascii()
        and tail.isdecimal()
    )


def _outside(shapes: Sequence[CellShape], place: Place, day: date) -> dict[str, list[str]]:
    """Name the cells that leave their village; a schematic outline settles no border and only warns."""
    outline = Outline.objects.filter(holds_on(day), place=place, is_schematic=False).first()
    if outline is None:
        return {}
    shares = {shape.code: outside(shape.geometry, outline.geometry) for shape in shapes}
    words = _("%(share)s of the cell lies outside the village.")
    return {
        code: [words % {"share": f"{share:.0%}"}]
        for code, share in shares.items()
        if share > LEAST_OUTSIDE
    }
