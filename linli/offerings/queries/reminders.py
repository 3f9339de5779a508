"""The list of a month: who reaches an age, what ends, and what she may apply for then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.clock import add_months
from linli.kernel.paging import in_steps
from linli.kernel.permits import Actor, require
from linli.kernel.registries import PLACE_NAMES
from linli.offerings import permits
from linli.offerings.models import Application, Benefit
from linli.offerings.queries import benefits
from linli.offerings.queries.item_files import DATA, loaded
from linli.offerings.queries.item_versions import frozen
from linli.offerings.queries.items import versions_named
from linli.offerings.rules.applications import is_at_window
from linli.offerings.rules.reminders import (
    in_order,
    items_of,
    occasion_for,
    read_occasion,
    words_of_due,
)
from linli.offerings.types.reminders import (
    BENEFIT_TITLES,
    CAUSE_TITLES,
    Due,
    Line,
    Occasion,
    OpenItem,
)
from linli.people import permits as people
from linli.people.queries.lists import place_to_list
from linli.people.queries.persons import joined_to
from linli.people.queries.scopes import Node, node_at, node_of_id, villages_below
from linli.people.queries.turning import (
    Part,
    ages_at,
    all_documents_ending,
    documents_ending,
    month_of,
    names_of,
    parts_of_month,
    turning_of,
)
from linli.ui.formats import day_plain, is_chinese, listed

if TYPE_CHECKING:
    from linli.people.models import Residency

MOST = 2000
# the lists of a month that are of persons, not of homes
PERSONAL = ("turning", "permits")


@dataclass(frozen=True, slots=True)
class MonthList:
    """The lines of a place and month in the order of days; `is_cut` where there were too many."""

    place: Node
    first: date
    lines: Sequence[Line]
    is_cut: bool


@cache
def occasions() -> tuple[Occasion, ...]:
    """Return what people are reminded of, as the package brings it along."""
    text = (DATA / "reminders.yaml").read_text(encoding="utf-8")
    return tuple(read_occasion(row) for row in loaded(text))


def place_of(actor: Actor, code: str) -> Node:
    """Return the place whose list is shown, else the actor's first.

    Refuses with NotFound where she takes nothing in, NotAllowed where she sees no people.
    """
    place = place_to_list(actor, code, permits.RECEIVE)
    require(actor, people.VIEW, at=place.path)
    return place


def list_of(actor: Actor, place: Node, first: date) -> MonthList:
    """Return the list of a month; the caller has the place from `place_of`."""
    found, is_cut = _due(actor, place, first)
    return MonthList(place, first, _lines(in_order(found)[:MOST]), is_cut or len(found) > MOST)


def _due(actor: Actor, place: Node, first: date) -> tuple[list[Due], bool]:
    month = month_of(place, first.year, first.month)
    keys = {age: key for key, age in ages_at(place.path, first).items()}
    found = [
        _of_person(one.row, one.on, "age", keys[age], age)
        for age, rows in month.turning
        for one in rows
    ]
    found += [_of_person(row, on, "permit", row.basis) for on, row in month.permit_lines]
    ends = documents_ending(actor, place, first.year, first.month)
    found += [_of_person(one.row, one.on, "document", one.kind) for one in ends]
    found += _benefits_due(_ending(place, first)[: MOST + 1])
    return [one for one in found if one is not None], month.is_cut


def _all_due(actor: Actor, place: Node, first: date) -> list[Due]:
    """Return all that falls due at a place in a month, in the order of days, however much it is."""
    keys = {age: key for key, age in ages_at(place.path, first).items()}
    found: list[Due | None] = []
    for part in parts_of_month(place, first.year, first.month):
        for rows in in_steps(part.rows, part.sort, MOST) if part.what in PERSONAL else ():
            found += [_of_part(part, row, keys.get(part.age, ""), first.year) for row in rows]
    ends = all_documents_ending(actor, place, first.year, first.month)
    found += [_of_person(one.row, one.on, "document", one.kind) for one in ends]
    for benefits_due in in_steps(_ending(place, first), benefits.FIRST_TO_END, MOST):
        found += _benefits_due(benefits_due)
    return list(in_order(one for one in found if one is not None))


def _of_part(part: Part, row: Residency, key: str, year: int) -> Due | None:
    if part.what == "turning":
        return _of_person(row, turning_of(row, part.age, year).on, "age", key, part.age)
    assert row.basis_until is not None, "it ends in this month"
    return _of_person(row, row.basis_until, "permit", row.basis)


def _of_person(row: Residency, on: date, cause: str, word: str, age: int = 0) -> Due | None:
    occasion = occasion_for(occasions(), cause, word)
    if occasion is None:
        return None
    return Due(on, row.person_id, row.person.name, row.village_id, occasion, age)


def _ending(place: Node, first: date) -> QuerySet[Benefit]:
    last = date.fromordinal(add_months(first, 1).toordinal() - 1)
    return benefits.ending_at(place.path, first, last)


def _benefits_due(rows: Iterable[Benefit]) -> Iterator[Due]:
    rows = list(rows)
    names = names_of(row.person_id for row in rows)
    for row in rows:
        village, occasion = node_at(row.path), occasion_for(occasions(), "benefit", row.kind)
        if village is None or occasion is None or row.until is None:
            continue
        yield Due(
            row.until, row.person_id, names.get(row.person_id, ""), village.id, occasion,
            what=row.name, item=row.item_key, benefit_id=row.pk,
        )  # fmt: skip


def _lines(found: Sequence[Due]) -> list[Line]:
    names = _offered({key for due in found for key in items_of(due)})
    open_ones = _applied_for({due.person_id for due in found}, names)
    return [
        Line(
            due,
            words_of_due(due, is_chinese=is_chinese()),
            [
                OpenItem(key, names[key], open_ones.get((due.person_id, key), ""))
                for key in items_of(due)
                if key in names
            ],
        )
        for due in found
    ]


def _offered(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the names of the items that the window takes in today."""
    rows = versions_named(keys, localdate())
    items = {key: frozen(key, row.number, row.content) for key, row in rows.items()}
    return {key: dict(one.name) for key, one in items.items() if is_at_window(one)}


def _applied_for(persons: Iterable[int], keys: Iterable[str]) -> dict[tuple[int, str], str]:
    """Return the applications that are open already, by whichever of her entries: (person, item) → number."""
    persons = list(persons)
    joined = joined_to(persons)
    found = Application.objects.filter(
        person_id__in=[*persons, *joined], item_key__in=list(keys), case__is_open=True
    )
    rows = found.values_list("person_id", "item_key", "case__number")
    return {
        (joined.get(person, person), key): number
        for person, key, number in rows
        if person is not None
    }


def whole_list(actor: Actor, place: Node, first: date) -> Iterator[Line]:
    """Yield the lines of a month village by village, as long as they are, for a file."""
    for village in villages_below(place.path) or [place]:
        found = _all_due(actor, village, first)
        for start in range(0, len(found), MOST):
            yield from _lines(found[start : start + MOST])


def rows_of(lines: Iterable[Line]) -> list[list[Any]]:
    """Return heads and lines of a list as cells."""
    heads = [_("Day"), _("Name"), _("Place"), _("What falls due"), _("What they may apply for")]
    side = "zh" if is_chinese() else "en"
    return [heads] + [
        [
            day_plain(line.due.on), line.due.name, village.name if village else "", line.words,
            listed(item.name.get(side) or item.name["zh"] for item in line.items),
        ]
        for line in lines
        for village in [node_of_id(line.due.village_id)]
    ]  # fmt: skip


def stop_rows(found: Iterable[Benefit]) -> list[list[Any]]:
    """Return heads and lines of what is asked to stop as cells."""
    rows = list(found)
    names = names_of(one.person_id for one in rows)
    places = PLACE_NAMES.call({one.path for one in rows})
    heads = [
        _("What happened"),
        _("Day"),
        _("Name"),
        _("Place"),
        _("What they receive"),
        _("Kind"),
        _("Since"),
    ]
    return [heads] + [
        [
            str(CAUSE_TITLES[one.cause]), day_plain(one.cause_on), names.get(one.person_id, ""),
            places.get(one.path, ""), one.name, str(BENEFIT_TITLES[one.kind]), day_plain(one.since),
        ]
        for one in rows
    ]  # fmt: skip
