"""Each month: who turns 16, 18, 60, 65, 80, whose permit ends, which declarations run out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from linli.kernel import scope
from linli.kernel.paging import (
    Keyset,
    bad_cursor,
    decode_cursor,
    encode_cursor,
    in_steps,
    page_of,
)
from linli.kernel.permits import Actor
from linli.kernel.wholes import whole_number
from linli.people.models import Dwelling, Person, PersonDocument, Residency
from linli.people.queries.lists import SORTS
from linli.people.queries.persons import current_ids
from linli.people.queries.scopes import Node
from linli.people.rules.ages import WATCHED, birthday_in, born_between, month_between
from linli.rulebook import queries as rulebook

MOST = 2000


@dataclass(frozen=True, slots=True)
class Turning:
    """Somebody reaches an age on a day of the month."""

    row: Residency
    age: int
    on: date


@dataclass(frozen=True, slots=True)
class Month:
    """The list of one place and month. `is_cut` says that a part was too long to show."""

    turning: list[tuple[int, list[Turning]]]
    permits: list[Residency]
    declarations: list[Dwelling]
    is_cut: bool

    @staticmethod
    def lines(rows: list[Turning]) -> list[tuple[date, Residency]]:
        """Return (day, residency) of those who reach an age, for a table."""
        return [(one.on, one.row) for one in rows]

    @property
    def permit_lines(self) -> list[tuple[date, Residency]]:
        """Return (day, residency) of permits that end, for a table."""
        return [(row.basis_until, row) for row in self.permits if row.basis_until]


def ages_at(path: str, on: date) -> dict[str, int]:
    """Return the ages that are looked up at a place on a day: key of the rulebook → years."""
    found = {}
    for key in WATCHED:
        try:
            found[key] = rulebook.lookup(key, path, on).number
        except rulebook.NotInForce:
            continue
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a month: who turns an age, whose permit ends, which declarations run out.

    `what` is turning, permits or declarations; `age` goes with the first.
    """

    what: str
    rows: QuerySet[Any]
    sort: Keyset
    age: int = 0


BY_BIRTH = SORTS["born"]
BY_PERMIT = Keyset("permit", ("basis_until", "id"))
BY_DECLARATION = Keyset("declared", ("declared_until", "id"))
BY_END = Keyset("ends", ("valid_until", "pk"))


def parts_of_month(place: Node, year: int, month: int) -> list[Part]:
    """Return the lists of a month in the order of the page; each is read in the order of days."""
    at = {f"{place.level}_id": place.id}
    open_ = Residency.objects.filter(**at, until__isnull=True, is_shadowed=False)
    open_ = open_.select_related("person", "dwelling")
    between = month_between(year, month)
    turning = [
        Part("turning", open_.filter(born_on__range=born_between(year, month, age)), BY_BIRTH, age)
        for age in sorted(ages_at(place.path, date(year, month, 1)).values())
    ]
    declared = Dwelling.objects.filter(**at, declared_until__range=between)
    return [
        *turning,
        Part("permits", open_.filter(basis_until__range=between), BY_PERMIT),
        Part("declarations", declared, BY_DECLARATION),
    ]


def month_of(place: Node, year: int, month: int) -> Month:
    """Return the month's list for a page, in the order of days: of each part what one page takes."""
    read = [
        (part, list(part.rows.order_by(*part.sort.columns)[: MOST + 1]))
        for part in parts_of_month(place, year, month)
    ]
    turning = [
        (part.age, [turning_of(row, part.age, year) for row in rows[:MOST]])
        for part, rows in read
        if part.what == "turning"
    ]
    (_permits, ends), (_declarations, dwellings) = read[-2:]
    is_cut = any(len(rows) > MOST for _part, rows in read)
    return Month(turning, ends[:MOST], dwellings[:MOST], is_cut)


def month_page(
    place: Node, year: int, month: int, *, cursor: str | None, limit: int
) -> tuple[list[tuple[Part, Any]], str | None]:
    """Return lines of the month's lists one after the other, and the cursor of those that follow.

    Refuses with Invalid.
    """
    parts = parts_of_month(place, year, month)
    at, inner = _where(cursor, len(parts))
    lines: list[tuple[Part, Any]] = []
    while at < len(parts) and len(lines) < limit:
        part = parts[at]
        page = page_of(part.rows, part.sort, cursor=inner, limit=limit - len(lines))
        lines += [(part, row) for row in page.items]
        inner = page.next
        at += inner is None
    return lines, encode_cursor([at, inner or ""]) if at < len(parts) else None


def _where(cursor: str | None, parts: int) -> tuple[int, str | None]:
    """Return the list that a cursor stands in, and the cursor inside of it."""
    if not cursor:
        return 0, None
    _backwards, values = decode_cursor(cursor)
    at = whole_number(values[0], least=0, most=parts - 1) if len(values) == 2 else None
    if at is None:
        raise bad_cursor()
    return at, values[1] or None


def turning_of(row: Residency, age: int, year: int) -> Turning:
    """Return on which day of the year somebody reaches an age."""
    return Turning(row, age, birthday_in(row.born_on, year))


@dataclass(frozen=True, slots=True)
class Ending:
    """A document of somebody who lives here ends on a day; its number stays where it is."""

    row: Residency
    kind: str
    on: date


def documents_ending(actor: Actor, place: Node, year: int, month: int) -> list[Ending]:
    """Return whose documents end in a month, in the order of days; row security decides what is seen."""
    with scope.acting(actor), transaction.atomic():
        found = _documents(place, year, month).order_by(*BY_END.columns)
        ends = list(found[: MOST + 1])
    return _endings(place, ends)


def all_documents_ending(actor: Actor, place: Node, year: int, month: int) -> Iterator[Ending]:
    """Yield all of them, however many there are, for a file."""
    with scope.acting(actor), transaction.atomic():
        steps = list(in_steps(_documents(place, year, month), BY_END, MOST))
    for ends in steps:
        yield from _endings(place, ends)


def _documents(place: Node, year: int, month: int) -> QuerySet[PersonDocument]:
    found = PersonDocument.objects.filter(
        valid_until__range=month_between(year, month), until__isnull=True,
        person_id__in=_lives(place).values("person_id"),
    )  # fmt: skip
    return found.only("person_id", "kind", "valid_until")


def _lives(place: Node) -> QuerySet[Residency]:
    return Residency.objects.filter(
        **{f"{place.level}_id": place.id}, until__isnull=True, is_shadowed=False
    )


def _endings(place: Node, ends: Sequence[PersonDocument]) -> list[Ending]:
    rows = _lives(place).filter(person_id__in=[one.person_id for one in ends])
    known = {row.person_id: row for row in rows.select_related("person")}
    return [
        Ending(known[one.person_id], one.kind, one.valid_until)
        for one in ends
        if one.person_id in known and one.valid_until
    ]


def due_among(persons: Iterable[int], on: date) -> dict[int, str]:
    """Return who of these reaches an age that counts in the month of a day, or whose permit ends.

    Person → path of where she lives, by the entry that stands for her today; who died or left is not
    among them.
    """
    lives = Residency.objects.filter(
        person_id__in=set(current_ids(list(persons)).values()),
        until__isnull=True,
        is_shadowed=False,
    )
    first, last = month_between(on.year, on.month)
    found = {}
    for row in lives.order_by("pk"):
        spans = [born_between(on.year, on.month, age) for age in ages_at(row.path, first).values()]
        is_reached = any(begin <= row.born_on <= end for begin, end in spans)
        if is_reached or (row.basis_until and first <= row.basis_until <= last):
            found[row.person_id] = row.path
    return found


def names_of(persons: Iterable[int]) -> dict[int, str]:
    """Return the names of people of the register, for lists that have cut who is seen already."""
    found = Person.objects.filter(pk__in=list(persons))
    return dict(found.values_list("pk", "name"))
