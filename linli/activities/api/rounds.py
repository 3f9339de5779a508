"""Rounds over the API: what is on offer, the outcome, the draws to check; wishes by the group's code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.activities.queries import rounds as queries
from linli.activities.services import bookings, objections
from linli.activities.services import rounds as services
from linli.kernel.api import PagedIn, gives, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import CITY_PATH, code_of, path_of
from linli.kernel.web import Request
from linli.runtime.types import client_address, limited

router = Router()
NEWEST = Keyset("new", ("-first_on", "-id"))
COLUMNS = ("id", "title", "state", "first_on", "last_on", "wishes_until", "objections_until", "most_times",
           "commitment", "edition")  # fmt: skip


class RoundOut(Schema):
    """`commitment` is the hash of the seed, public before the first wish."""

    id: int
    place: str
    title: str
    state: str
    first_on: date
    last_on: date
    wishes_until: date
    objections_until: date
    most_times: int
    commitment: str
    edition: int


class RoundsOut(Schema):
    count: int
    items: list[RoundOut]
    next: str | None


class RoundsIn(PagedIn):
    place: str = ""


class RoundTimeOut(Schema):
    """`wanted` is how many groups wish it; `group` its name once it is drawn, if it agreed to be shown."""

    id: int
    venue: int
    weekday: int
    begins: int
    ends: int
    wanted: int
    is_given: bool
    group: str


class OneRoundOut(RoundOut):
    """With its times; `left_out` is how many groups that wished were left out because they had ended."""

    times: list[RoundTimeOut]
    left_out: int


class WishIn(Schema):
    """`code` of the group; `times` are ids, the best wish first."""

    code: str
    times: list[int]


class WishedOut(Schema):
    wishes: int


class ObjectIn(Schema):
    code: str
    text: str


class ObjectedOut(Schema):
    at: datetime


@router.get("/rounds/", response=RoundsOut)
def list_rounds(request: Request, asked: Query[RoundsIn]) -> dict[str, Any]:
    """Rounds of a place and below, newest season first."""
    found = queries.rounds_at(path_of(asked.place, empty=CITY_PATH))
    return paged(found, NEWEST, asked, round_out)


def round_out(one: Any) -> dict[str, Any]:
    return {**plain(one, *COLUMNS), "place": code_of(one.path)}


@router.get("/rounds/{int:round_id}/", response=OneRoundOut)
def read_round(request: Request, round_id: int) -> dict[str, Any]:
    """A round with its times."""
    at = queries.get_round(round_id)
    wanted = queries.wanted(at)
    times = [
        {**plain(one, "id", "weekday", "begins", "ends"), "venue": one.venue_id, "wanted": wanted[one.pk],
         "is_given": one.group is not None and not queries.fell_free(at, one),
         "group": one.group.name if one.group and one.group.is_shown else ""}
        for one in queries.times_of(at)
    ]  # fmt: skip
    return {**round_out(at), "times": times, "left_out": len(queries.ended_groups(at))}


@router.get("/rounds/{int:round_id}/draw/", openapi_extra=gives("application/json", type="array"))
def read_draw(request: Request, round_id: int) -> Any:
    """The draws of a round, one for each turn, in the format linli-draw-1."""
    return queries.published(queries.get_round(round_id))


@router.post("/rounds/{int:round_id}/wish", response=WishedOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def wish(request: Request, round_id: int, given: WishIn) -> dict[str, int]:
    """Enter what a group wishes; it takes the place of what it wished before."""
    at, group = queries.get_round(round_id), queries.group_by_code(given.code)
    return {
        "wishes": services.wish(at, group, given.times, actor=request.actor, now=timezone.now())
    }


@router.post("/rounds/{int:round_id}/object", response=ObjectedOut)
@limited("activities.codes", bookings.LOOKS, client_address)
def object_to(request: Request, round_id: int, given: ObjectIn) -> dict[str, Any]:
    """Object to the outcome, once."""
    at, group = queries.get_round(round_id), queries.group_by_code(given.code)
    made = objections.object_to(at, group, given.text, actor=request.actor, now=timezone.now())
    return {"at": made.at}
