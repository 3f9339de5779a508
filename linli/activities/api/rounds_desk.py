"""Rounds over the API for the office: opened, drawn, decided; objections read and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.activities import permits
from linli.activities.api.rounds import RoundOut, round_out
from linli.activities.forms.rounds import AnswerForm, RoundForm
from linli.activities.queries import rounds as queries
from linli.activities.services import objections, rounds, striking
from linli.activities.services.round_moves import step_round
from linli.activities.types.rounds import Weekly
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()


class WeeklyIn(Schema):
    """A weekly time of a venue: `weekday` 0 is Monday, `begins` and `ends` in minutes after midnight."""

    venue: int
    weekday: int
    begins: int
    ends: int


class RoundIn(Schema):
    """A round: its season, until which day groups wish and objections are heard, and its quota."""

    title: str
    first_on: date
    last_on: date
    wishes_until: date
    objections_until: date
    most_times: int
    times: list[WeeklyIn]


class RoundStepIn(Schema):
    edition: int | None = None


class ObjectionOut(Schema):
    """An objection with the name of its group, for the office."""

    id: int
    group: int
    group_name: str
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None


class ObjectionsOut(Schema):
    count: int
    items: list[ObjectionOut]
    next: str | None


class AnswerIn(Schema):
    """The answer, which is the public reason where `strike` names a group that is struck by it."""

    answer: str
    strike: int | None = None


def _objection(one: Any) -> dict[str, Any]:
    more = {"group": one.group_id, "group_name": one.group.name}
    return {**plain(one, "id", "text", "at", "answer", "answered_at"), **more}


@router.post("/places/{code}/rounds/", response={201: RoundOut})
def open_round(request: Request, code: str, given: RoundIn) -> Status[dict[str, Any]]:
    """Open a round for wishes; the hash of its seed is public from then on."""
    form = RoundForm(given.dict(exclude={"times"}), venues=[])
    form.accepted()
    times = tuple(Weekly(one.venue, one.weekday, one.begins, one.ends) for one in given.times)
    facts = replace(form.facts, times=times)
    place = places.open_place(code)
    return Status(
        201, round_out(rounds.open_round(place, facts, actor=request.actor, now=timezone.now()))
    )


@router.post("/desk/rounds/{int:round_id}/{step}", response=RoundOut)
def step(request: Request, round_id: int, step: str, given: RoundStepIn) -> dict[str, Any]:
    """Draw a round, decide it and book its season, drop it, or post its outcome: draw, decide, drop, post."""
    at = queries.get_round(round_id)
    stepped = step_round(at, step, edition=given.edition, actor=request.actor, now=timezone.now())
    return round_out(stepped)


@router.get("/desk/rounds/{int:round_id}/objections/", response=ObjectionsOut)
def list_objections(request: Request, round_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """The objections to a round, oldest first."""
    at = queries.get_round(round_id)
    require(request.actor, permits.VENUES, at=at.path)
    rows = queries.objections_of(at)
    limit = clean_limit(asked.limit)
    return listed(
        page_of_rows(rows, lambda one: str(one.pk), cursor=asked.cursor, limit=limit), _objection
    )


@router.post(
    "/desk/rounds/{int:round_id}/objections/{int:objection_id}/answer", response=ObjectionOut
)
def answer_objection(
    request: Request, round_id: int, objection_id: int, given: AnswerIn
) -> dict[str, Any]:
    """Answer an objection; with `strike` a group is struck and the draw made again by the same seed."""
    at = queries.get_round(round_id)
    found, said = queries.get_objection(at, objection_id), AnswerForm(given.dict()).accepted()
    actor, now = request.actor, timezone.now()
    if said["strike"]:
        striking.strike_group(found, said["strike"], said["answer"], actor=actor, now=now)
    else:
        objections.answer_objection(found, said["answer"], actor=actor, now=now)
    return _objection(queries.get_objection(at, objection_id))
