"""Makers of people for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from linli.kernel import scope
from linli.kernel.permits import VAULT, Actor, Permit, system_actor
from linli.kernel.testing import make_actor
from linli.people import permits
from linli.people.models import DuplicatePair, Person, Residency
from linli.people.queries.scopes import held, node_of_code
from linli.people.rules.documents import check_sign
from linli.people.services.joining import join_pair
from linli.people.services.mass.taking import take_rows
from linli.people.types import PersonRow
from linli.places.testing import make_village

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
VILLAGE, NEIGHBOUR, FAR = "441900005001", "441900005002", "441900006001"
SYSTEM = system_actor("test")
_serial = count(1)


def make_number(
    born_on: date = date(1990, 1, 1), sex: str = "male", serial: int | None = None
) -> str:
    """Return a valid identity number that no real person bears, another one each time."""
    running = next(_serial) if serial is None else serial
    sequence = (2 * (running % 499) + (sex == "male")) or 1
    first17 = f"00{running // 499:04d}{born_on:%Y%m%d}{sequence:03d}"
    return first17 + check_sign(first17)


def make_villages() -> None:
    """Make the villages of VILLAGE, NEIGHBOUR and FAR, with their towns and city."""
    for code in (VILLAGE, NEIGHBOUR, FAR):
        make_village(code)
    held.forget()


def make_row(name: str = "陈晓明", village: str = VILLAGE, **more: Any) -> PersonRow:
    """Return a row that passed the rules."""
    born_on, sex = more.pop("born_on", date(1990, 1, 1)), more.pop("sex", "male")
    number = more.pop("number", None) or make_number(born_on, sex)
    given = {"kind": "resident_id", "basis": "declared", "born_on": born_on, "sex": sex, **more}
    return PersonRow(1, name=name, village=village, number=number, **given)


def make_person(name: str = "陈晓明", village: str = VILLAGE, **more: Any) -> Person:
    """Return somebody who lives at a village; other values as in PersonRow."""
    if node_of_code(village) is None:
        make_village(village)
        held.forget()
    with scope.acting(SYSTEM), transaction.atomic():
        taken = take_rows([make_row(name, village, **more)], now=NOON)
        return Person.objects.get(pk=taken.persons[0])


def join(kept: Person, gone: Person) -> DuplicatePair:
    """Join two entries; `part_pair` of the services parts what this returns."""
    city = Residency.objects.filter(person=kept).values_list("city_id", flat=True)[0]
    pair = DuplicatePair.objects.create(
        path="441900/", city_id=city, one=kept, other=gone, score=80, found_at=NOON
    )
    return join_pair(pair, kept.pk, "same photo", actor=SYSTEM, now=NOON)


def path_of(code: str) -> str:
    """Return the path of a place that was made."""
    node = node_of_code(code)
    assert node is not None
    return node.path


def make_clerk(*more: Permit, at: str = VILLAGE, **kwargs: Any) -> Actor:
    """Return a clerk who keeps the register of a place."""
    held_permits = (permits.VIEW, permits.EDIT, permits.LOOK_UP, permits.REVEAL, *more)
    where = {VILLAGE: "441900/441900005/441900005001/"}.get(at) or path_of(at)
    return make_actor("clerk", *held_permits, at=where, ceiling=VAULT, **kwargs)
