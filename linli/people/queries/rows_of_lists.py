"""The rows of exports of households, dwellings and rolls; no document number stands in any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.models import DwellingParty, HouseholdMember
from linli.people.queries.lists import dwellings, households
from linli.people.queries.rolls import entries_on, get_roll
from linli.people.queries.scopes import Node, node_of_id
from linli.people.types import titles

Say = Callable[[int], None]
Rows = Iterator[list[str]]
STEP = 2000


def rows_of_households(place: Node, asked: Mapping[str, Any], actor: Actor, say: Say) -> Rows:
    """One row for each member of each household, and one for a household without any."""
    yield [
        _("Place"), _("Number"), _("Kind of household"), _("Name, for a collective household"),
        _("Address"), _("Since"), _("Until"), pgettext("person", "Name"), _("Relation to the head"),
        _("Bed"),
    ]  # fmt: skip
    found = households(place, **asked).order_by("number", "pk")
    for done, home, members in _with_members(found):
        address = home.dwelling.address if home.dwelling else ""
        head = [
            _name(home.village_id), home.number, str(titles.HOUSEHOLD[home.kind]), home.name,
            address, _day(home.since), _day(home.until),
        ]  # fmt: skip
        for row in members:
            yield [*head, row.person.name, str(titles.RELATION[row.relation]), row.bed]
        if not members:
            yield [*head, "", "", ""]
        say(done)


def _with_members(found: Any) -> Iterator[tuple[int, Any, list[HouseholdMember]]]:
    """Each household with who is in it, the head first; in a closed one whoever was."""
    done = 0
    for homes in _in_steps(found):
        rows = HouseholdMember.objects.filter(household__in=homes).select_related("person")
        by_home: dict[int, list[HouseholdMember]] = defaultdict(list)
        closed = {home.pk for home in homes if home.until is not None}
        for row in rows.order_by("pk"):
            if row.until is None or row.household_id in closed:
                by_home[row.household_id].append(row)
        for home in homes:
            done += 1
            yield done, home, sorted(by_home[home.pk], key=lambda row: row.relation != "head")


def rows_of_dwellings(place: Node, asked: Mapping[str, Any], actor: Actor, say: Say) -> Rows:
    """One row for each dwelling, with who answers for it today."""
    yield [
        _("Place"), _("Address"), _("How is it used?"), _("Beds"),
        _("Works or institution, for a dormitory"), str(titles.PARTY["landlord"]),
        str(titles.PARTY["manager"]), _("Declared on"), _("Valid until"),
        _("Number of the declaration"), _("Note"),
    ]  # fmt: skip
    done = 0
    for homes in _in_steps(dwellings(place, **asked).order_by("address_key", "pk")):
        open_ = DwellingParty.objects.filter(dwelling__in=homes, until__isnull=True)
        named: dict[tuple[int, str], list[str]] = defaultdict(list)
        for one in open_.select_related("person").order_by("pk"):
            named[one.dwelling_id, one.role].append(one.person.name if one.person else one.name)
        for home in homes:
            parties = ["、".join(named[home.pk, role]) for role in ("landlord", "manager")]
            yield [
                _name(home.village_id), home.address, str(titles.DWELLING[home.kind]),
                "" if home.beds is None else str(home.beds), home.employer, *parties,
                _day(home.declared_on), _day(home.declared_until), home.declared_number, home.note,
            ]  # fmt: skip
        done += len(homes)
        say(done)


def rows_of_roll(_place: Node, asked: Mapping[str, Any], actor: Actor, say: Say) -> Rows:
    """One row for each entry of a roll, by name. Refuses with NotFound, NotAllowed."""
    roll = get_roll(actor, int(asked["roll"]))
    require(actor, permits.EXPORT, at=roll.path)
    yield [
        pgettext("person", "Name"), _("Since"), _("Until"), _("By which evidence?"),
        _("Detail, for example the flat or the share class"), _("Shares or square metres"),
        _("Why, or where to?"),
    ]  # fmt: skip
    done = 0
    for rows in _in_steps(
        entries_on(roll, gone=bool(asked.get("gone"))).order_by("name_key", "pk")
    ):
        for row in rows:
            quantity = "" if row.quantity is None else str(row.quantity)
            yield [
                row.person.name, _day(row.since), _day(row.until), row.evidence, row.detail,
                quantity, row.ended_because,
            ]  # fmt: skip
        done += len(rows)
        say(done)


def _in_steps(found: Any) -> Iterator[list[Any]]:
    """Read rows in steps, so that an export of a city does not lie in memory as a whole."""
    step: list[Any] = []
    for row in found.iterator(chunk_size=STEP):
        step.append(row)
        if len(step) == STEP:
            yield step
            step = []
    if step:
        yield step


def _name(village_id: int) -> str:
    node = node_of_id(village_id)
    return node.name if node else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


ROWS: dict[str, Callable[[Node, Mapping[str, Any], Actor, Say], Rows]] = {
    "households": rows_of_households,
    "dwellings": rows_of_dwellings,
    "roll": rows_of_roll,
}
