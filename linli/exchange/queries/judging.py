"""What each row of a list comes to, by what is here already. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from linli.cases.queries import categories
from linli.cases.queries.accusing import (
    CADRES,
    NOT_AGAINST,
    accused_posts,
    accuses,
    post_in_charge,
)
from linli.cases.queries.conflicts import FIRST, MORE, accused_in
from linli.cases.queries.intake import would_correct
from linli.cases.queries.standing_rows import with_standing
from linli.cases.queries.suggesting import suggest
from linli.cases.types.filing import Contact, Correction
from linli.cases.types.words import Matter
from linli.exchange.models import HotlineOrder
from linli.exchange.queries.waiting import row_of
from linli.exchange.rules.orders import caller, joined, read_row
from linli.exchange.types.orders import TOLD, Fate, Fault, Hint, Judged, OrderRow
from linli.kernel.tables import Line
from linli.places import queries as places

AT_ONCE = 500
# a name without its ending counts as naming a place where its town is known
CLEAR = 0.8

# what one list says of an order: its words, its caller
Said = tuple[str, tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Known:
    """An order that is here: whether a row says anew how its caller is reached, and whether it is still open.

    One that is the same as another is over when that one is.
    """

    order: HotlineOrder
    corrects: bool
    is_open: bool


def digest_of(row: OrderRow) -> str:
    """Return what tells whether a later list says the same of an order, its deadline apart."""
    said = json.dumps([row.text, row.is_again], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _said(row: OrderRow) -> Said:
    return digest_of(row), caller(row)


@dataclass
class Judge:
    """Judges the rows of one list for a place, in their order."""

    below: str
    mapping: Mapping[str, int]
    today: date
    _names: dict[str, set[str]] = field(default_factory=dict)
    _outside: frozenset[str] = frozenset()
    _seen: dict[str, Said] = field(default_factory=dict)
    _cadres: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._cadres = words_of_cadres(self.today)
        outside: set[str] = set()
        for one in places.places_of_level("village", with_invented=True):
            words = {
                one.code,
                one.name,
                one.short_name,
                f"{one.short_name}村",
                f"{one.short_name}社区",
            }
            if one.path.startswith(self.below):
                for word in words:
                    self._names.setdefault(word, set()).add(one.code)
            else:
                outside |= words
        self._outside = frozenset(outside - self._names.keys())

    def judged(self, lines: Sequence[Line]) -> Iterator[list[Judged]]:
        """Yield the rows with what they come to, some hundred at a time."""
        for start in range(0, len(lines), AT_ONCE):
            read = [
                (cells, *read_row(line, cells, self.mapping, self.today))
                for line, cells in lines[start : start + AT_ONCE]
            ]
            known = known_orders([row for _, row, _ in read])
            yield [
                self._kept_from(self._judge(tuple(cells), row, faults, known), known)
                for cells, row, faults in read
            ]

    def remember(self, lines: Sequence[Line]) -> None:
        """Know of rows that were judged before a run was broken off."""
        for line, cells in lines:
            self._noted(*read_row(line, cells, self.mapping, self.today))

    def _noted(self, row: OrderRow, faults: tuple[Fault, ...]) -> Said | None:
        """Return what this list said of the order before, and remember what it says first."""
        if faults:
            return None
        before = self._seen.get(row.number)
        self._seen.setdefault(row.number, _said(row))
        return before

    def _judge(
        self, cells: tuple[str, ...], row: OrderRow, faults: tuple[Fault, ...],
        known: Mapping[str, Known],
    ) -> Judged:  # fmt: skip
        before = self._noted(row, faults)
        here, hint = known.get(row.number), Hint()
        if before is not None and before != _said(row):
            faults = (*faults, Fault("number", "twice"))
        if here is not None and not _within(here.order.path, self.below):
            faults = (*faults, Fault("number", "elsewhere"))
        if here is None and not faults:
            hint, faults = self._hint(row)
        if faults:
            return Judged(row, cells, Fate.REFUSED, hint, faults)
        if before is not None:
            return Judged(row, cells, Fate.KNOWN)
        fate = fate_of_known(row, here) if here else fate_of_new(row, hint)
        return Judged(row, cells, fate, hint)

    def _kept_from(self, one: Judged, known: Mapping[str, Known]) -> Judged:
        """Say whom a row is kept from that is listed for people: those whom its words or its case accuse."""
        if one.fate not in TOLD:
            return one
        path = places.path_of(one.hint.code) if one.hint.code else None
        found = accused_by(one.row, path or self.below, self.today, self._cadres)
        here = known.get(one.row.number)
        return replace(one, about=(*found, *(accused_before(here.order) if here else ())))

    def _hint(self, row: OrderRow) -> tuple[Hint, tuple[Fault, ...]]:
        found = self._names.get(row.place, set())
        if len(found) == 1:
            return Hint(min(found), is_named=True, words=(row.place,)), ()
        if not found and row.place in self._outside:
            return Hint(), (Fault("place", "place_outside"),)
        return hint_of(row, self.below), ()


def hint_of(row: OrderRow, below: str) -> Hint:
    """Return the one village that the words of an order point to; nothing where several do."""
    named = suggest(f"{row.place} {row.address}\n{row.text}", below).places
    villages = [one for one in named if one.level == "village" and one.path.startswith(below)]
    best = [one for one in villages if one.score >= CLEAR and one.score == villages[0].score]
    return Hint(best[0].code, words=best[0].words) if len(best) == 1 else Hint()


def fate_of_new(row: OrderRow, hint: Hint) -> Fate:
    """Return what becomes of an order that nobody knows yet."""
    if is_read_first(row):
        return Fate.LOOK
    if hint.is_named:
        return Fate.NEW
    return Fate.SUGGESTED if hint.code else Fate.UNCLEAR


def is_read_first(row: OrderRow) -> bool:
    """Say whether a person reads an order first, whatever the hotline calls it: it accuses an official (AP-07)."""
    return row.matter == Matter.TIP or accuses(row.text)


def words_of_cadres(on: date) -> frozenset[str]:
    """Return how a list may name the category for how cadres conduct themselves."""
    found = [one for one in categories.in_use(on) if one.code == CADRES]
    return frozenset(word for one in found for word in (one.title, one.title_en, one.code) if word)


def accused_by(row: OrderRow, path: str, on: date, cadres: Collection[str]) -> tuple[int, ...]:
    """Return the posts at a place or above that an order accuses, as far as its words name them.

    A complaint by its category about cadres that names nobody means the post in charge.
    """
    is_about_cadres = row.category in cadres and row.matter not in NOT_AGAINST
    if not is_about_cadres and not is_read_first(row):
        return ()
    found = accused_posts(f"{row.address}\n{row.text}", path, on)
    return tuple(found or (post_in_charge(path, on) if is_about_cadres else ()))


def accused_before(order: HotlineOrder) -> frozenset[int]:
    """Return the posts that an order or its case is about already."""
    return accused_in(about_columns(order)) | accused_in(about_columns(order.case))


def about_columns(one: Any) -> dict[str, Any]:
    """Return whom an order or a case is about, as its columns have it."""
    return {name: getattr(one, name, None) for name in (FIRST, MORE)}


def fate_of_known(row: OrderRow, here: Known) -> Fate:
    """Return what a row adds to an order that came before."""
    order = here.order
    same_words = order.digest == digest_of(row)
    same_day = row.due_at is None or row.due_at == order.due_at
    if order.state == "led_away" or (same_words and same_day and not here.corrects):
        return Fate.KNOWN
    if order.case is None or here.is_open:
        return Fate.CHANGED
    if same_words:
        return Fate.KNOWN
    return Fate.AGAIN if row.is_again else Fate.OVER


def known_orders(rows: Sequence[OrderRow]) -> dict[str, Known]:
    """Return the orders of these rows that are here, by number."""
    said = {row.number: row for row in rows}
    orders = HotlineOrder.objects.filter(number__in=list(said)).select_related("case")
    found: list[Any] = list(with_standing(orders))
    corrected = would_correct(
        {one.case_id: correction_of(said[one.number]) for one in found if one.case_id}
    )
    return {
        one.number: Known(
            one,
            corrects=one.case_id in corrected or _replaces_caller(one, said[one.number]),
            is_open=bool(one.now_is_open),
        )
        for one in found
    }


def _replaces_caller(order: HotlineOrder, row: OrderRow) -> bool:
    if order.row is None:
        return False
    before = row_of(order)
    return caller(joined(before, row)) != caller(before)


def correction_of(row: OrderRow) -> Correction:
    """Return how a row says that the caller is reached."""
    return Correction(Contact(row.name, row.phone), row.is_withheld)


def _within(path: str, below: str) -> bool:
    return path.startswith(below) or below.startswith(path)
