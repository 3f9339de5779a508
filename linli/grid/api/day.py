"""What a phone fetches in the morning: the day of whoever is signed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.middleware.csrf import get_token
from django.utils import timezone
from ninja import Router, Schema

from linli.grid import permits
from linli.grid.queries import day as days
from linli.grid.queries import phones as queries
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, own_account_id

router = Router()


class StopDay(Schema):
    id: int
    title: str
    last_on: date | None
    due_on: date


class CheckDay(Schema):
    """`lines` are those that had failed."""

    id: int
    title: str
    hazard: str
    due_on: date | None
    lines: list[str]


class EventDay(Schema):
    """`of` is its matter, of which the sub-classes have some: as one of these it may be filed."""

    number: str
    title: str
    seq: int
    state: str
    matter: str
    of: str
    due_at: datetime | None
    is_late: bool
    is_offered: bool


class SubClassDay(Schema):
    """A sub-class of a matter; `limits` are its terms in words by level of the area, `is_sure` is false
    while they are to be confirmed."""

    key: str
    of: str
    title: str
    closes: str
    limits: dict[str, str]
    is_sure: bool


class StepDay(Schema):
    """`needs_note`: a word has to be said, in place of which a photo will do if `photo_does`."""

    move: str
    title: str
    to: str
    needs_note: bool
    photo_does: bool


class StateDay(Schema):
    title: str
    moves: list[StepDay]


class HomeDay(Schema):
    """A home that one's post moves; the name is masked, `need` and `shelter` are words."""

    id: int
    title: str
    people: int
    storm: str
    need: str
    shelter: str
    state: str


class MarkDay(Schema):
    move: str
    title: str
    to: str


class HomeStateDay(Schema):
    title: str
    moves: list[MarkDay]


class ShelterDay(Schema):
    title: str
    address: str
    stock: str
    places: int
    left: int


class StormDay(Schema):
    """A storm under way in a village; a number that nobody typed is null."""

    id: int
    title: str
    kind: str
    village: str
    name: str
    may_type: bool
    numbers: dict[str, int | None]
    edition: int
    shelters: list[ShelterDay]


class DayOut(Schema):
    """One's own day; `csrf` is for what the page sends then, `at` the server's time."""

    on: date
    at: datetime
    cells: list[tuple[str, str]]
    stops: list[StopDay]
    checks: list[CheckDay]
    events: list[EventDay]
    states: dict[str, StateDay]
    subclasses: list[SubClassDay]
    homes: list[HomeDay]
    home_states: dict[str, HomeStateDay]
    storms: list[StormDay]
    kept: int
    csrf: str


@router.get("/day/", response=DayOut)
def day(request: Request) -> dict[str, Any]:
    """What the caller needs outdoors for a day."""
    own_account_id(request)
    require_somewhere(request.actor, permits.WORK)
    told = days.day_of(request.actor, timezone.now())
    return {**told, "kept": queries.kept_count(request.actor), "csrf": get_token(request)}
