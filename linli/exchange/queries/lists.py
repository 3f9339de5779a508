"""Lists of orders that were handed in, and the rows of them that somebody should see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from linli.cases.queries.conflicts import not_about
from linli.cases.queries.suggesting import covered
from linli.exchange import permits
from linli.exchange.models import OrderLine, OrderList
from linli.exchange.rules.orders import NOTHING
from linli.exchange.types.orders import Fate
from linli.exchange.types.titles import FATE, FAULT, FIELD
from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.handed_in import is_dry
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.kernel.registries import PLACE_NAMES
from linli.places import queries as places
from linli.ui.masks import mask_name, mask_phone

CELLS = ("exchange_orderline", "cells")
REASON = "fault:"
# what was said on the telephone, and may name anything
WORDS = frozenset({"title", "text", "address"})


def visible_lists(actor: Actor) -> QuerySet[OrderList]:
    """Lists handed in for places where the actor deals with the hotline."""
    return OrderList.objects.filter(in_reach(actor, permits.HOTLINE))


def get_list(actor: Actor, list_id: int) -> OrderList:
    """Return one list. Refuses with NotFound."""
    found = visible_lists(actor).filter(pk=list_id).first()
    if found is None:
        raise NotFound()
    return found


def may_see_list(actor: Actor, list_id: int) -> bool:
    """Say whether an actor may open a list that was handed in: not if a row of it accuses her (AP-07)."""
    if not visible_lists(actor).filter(pk=list_id).exists():
        return False
    rows = OrderLine.objects.filter(of=list_id)
    return actor.is_system or not rows.exclude(not_about(actor)).exists()


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that somebody should see: its line, cells, fate, suggested place and faults.

    `cells` name the caller: they leave in a file alone, which is recorded. Pages have `covered`.
    """

    line: int
    cells: list[str]
    covered: list[str]
    fate: str
    place: str
    words: str
    faults: list[tuple[str, str]]

    @property
    def fate_words(self) -> Any:
        return FATE[Fate(self.fate)]

    @property
    def reasons(self) -> list[tuple[Any, Any]]:
        return [(FIELD[field], FAULT[code]) for field, code in self.faults]


def visible_lines(actor: Actor, found: OrderList) -> QuerySet[OrderLine]:
    """Return the rows of a list that somebody should see, none that accuse the actor."""
    rows = OrderLine.objects.filter(of=found, is_dry=is_dry(found.state))
    return rows if actor.is_system else rows.filter(not_about(actor))


def count_lines(actor: Actor, found: OrderList) -> dict[str, int]:
    """Return how many rows of each fate the actor sees."""
    counted = visible_lines(actor, found).values_list("fate").order_by("fate").annotate(Count("pk"))
    return dict(counted)


def counts_seen(actor: Actor, lists: Iterable[OrderList]) -> dict[int, dict[str, int]]:
    """Return the sums of lists as an actor may read them: a row that accuses her is in none (AP-07).

    What such a row came to is known as long as its words are kept; one query.
    """
    found = {one.pk: one for one in lists}
    sums = {pk: Counter(one.counts) for pk, one in found.items()}
    rows = OrderLine.objects.filter(of__in=found)
    hidden = rows.none() if actor.is_system else rows.exclude(not_about(actor))
    for of, dry, fate, faults in hidden.values_list("of", "is_dry", "fate", "faults"):
        if dry == is_dry(found[of].state):
            codes = [f"{REASON}{code}" for _field, code in faults]
            sums[of].subtract(["rows", fate, *codes])
    return {pk: {what: n for what, n in told.items() if n > 0} for pk, told in sums.items()}


def taken_seen(found: OrderList, sums: Mapping[str, int]) -> int:
    """Return how many rows of a list were taken, by the sums that somebody sees of it (AP-07)."""
    hidden: int = found.counts.get("rows", 0) - sums.get("rows", 0)
    return max(0, found.taken - hidden)


def lines_of(
    actor: Actor, found: OrderList, *, fates: tuple[Fate, ...] = (), limit: int | None = None
) -> Iterator[Shown]:
    """Return rows of a list in its order, those of some fates alone, as the actor may see them."""
    rows = visible_lines(actor, found).order_by("line")
    rows = rows.filter(fate__in=fates) if fates else rows
    names = _names(rows.values_list("place", flat=True)[:limit])
    for row in rows[:limit] if limit else rows.iterator():
        faults = [(field, code) for field, code in row.faults]
        place = names.get(row.place, row.place)
        cells = _cells(row)
        shown = covered_cells(cells, found.mapping)
        yield Shown(row.line, cells, shown, row.fate, place, row.words, faults)


def _names(codes: Iterable[str]) -> dict[str, str]:
    paths = places.paths_of({code for code in codes if code})
    names = PLACE_NAMES.call(list(paths.values()))
    return {code: names.get(path, code) for code, path in paths.items()}


def covered_cells(cells: Sequence[str], mapping: Mapping[str, int]) -> list[str]:
    """Return the cells whose columns have a meaning, without the caller's name and numbers."""
    fields = {column: field for field, column in mapping.items()}
    phone = next((one for at, one in enumerate(cells) if fields.get(at) == "phone"), "")
    return [_covered(fields[at], cell, phone) for at, cell in enumerate(cells) if at in fields]


def _covered(field: str, cell: str, phone: str) -> str:
    if cell.casefold() in NOTHING:
        return cell
    if field in ("name", "phone"):
        return mask_name(cell) if field == "name" else mask_phone(cell)
    return covered(cell, phone) if field in WORDS else cell


def _cells(row: OrderLine) -> list[str]:
    if row.cells is None:
        return []
    opened = sealing.open_sealed(bytes(row.cells), table=CELLS[0], column=CELLS[1], row=row.pk)
    cells: list[str] = json.loads(opened)
    return cells
