"""Hazard checks over the API: recorded by checklist, and what was not in order checked again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from linli.grid import permits
from linli.grid.api.rounds import where_of
from linli.grid.queries import rounds
from linli.grid.queries.cells import village_for
from linli.grid.queries.entries import MOST_PHOTOS
from linli.grid.services import checks
from linli.grid.types import CellKey, CheckFacts, Hazard
from linli.grid.types.sending import Later, Sent
from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
NEWEST = Keyset("new", ("-on", "-id"))


class CheckOut(Schema):
    """`again_of` is the check of which this is the re-check; `is_followed` once it was done again."""

    id: int
    village: str
    layer: str
    cell: str
    hazard: str
    title: str
    on: date
    answers: dict[str, str]
    bad: int
    photos: int
    recheck_on: date | None
    case: str | None
    again_of: int | None
    is_followed: bool


class ChecksOut(Schema):
    count: int
    items: list[CheckOut]
    next: str | None


class ChecksIn(PagedIn):
    """`again=true` gives those that failed and that nobody has done again."""

    hazard: str = ""
    again: bool = False


class RecheckIn(Schema):
    """`answers` for the lines that had failed. `photos` are codes of drafts: where a grave line is not
    in order, one at least."""

    answers: dict[str, str]
    photos: list[str] = Field(default=[], max_length=MOST_PHOTOS)
    key: UUID | None = None


class CheckIn(RecheckIn):
    """A check by checklist: each line good, bad or none."""

    village: str
    layer: str
    cell: str
    hazard: str
    title: str


def _check(one: Any) -> dict[str, Any]:
    columns = ("id", "hazard", "title", "on", "answers", "bad", "photos", "recheck_on")
    return {
        **plain(one, *columns), **where_of(one), "case": one.event_number,
        "again_of": one.again_id, "is_followed": getattr(one, "followed_by", None) is not None,
    }  # fmt: skip


@router.get("/checks/", response=ChecksOut)
def list_checks(request: Request, asked: Query[ChecksIn]) -> dict[str, Any]:
    """Hazard checks, the latest first."""
    require_somewhere(request.actor, permits.WORK)
    found = (
        rounds.to_recheck(request.actor) if asked.again else rounds.visible_checks(request.actor)
    )
    if hazard := one_of("hazard", asked.hazard, Hazard):
        found = found.filter(hazard=hazard)
    return paged(found, NEWEST, asked, _check)


@router.post("/checks/", response={201: CheckOut})
def record_check(request: Request, given: CheckIn) -> Status[dict[str, Any]]:
    """Record a hazard check by checklist; what is not in order becomes a case and is checked again."""
    village_for(request.actor, given.village)
    place = places.open_place(given.village)
    require(request.actor, permits.WORK, at=place.path)
    facts = CheckFacts(given.hazard, given.title, given.answers, later=_later(given))
    made = checks.record_check(
        place, CellKey(given.layer, given.cell), facts, key=given.key, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _check(rounds.get_check(request.actor, made.pk)))


@router.post("/checks/{int:check_id}/again", response={201: CheckOut})
def record_recheck(request: Request, check_id: int, given: RecheckIn) -> Status[dict[str, Any]]:
    """Check again what was not in order; once everything is, its case may be closed."""
    first = rounds.get_check(request.actor, check_id)
    made = checks.record_recheck(
        first, given.answers, later=_later(given), key=given.key, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _check(rounds.get_check(request.actor, made.pk)))


def _later(given: RecheckIn) -> Later:
    return Later(photos=Sent(tuple(given.photos)))
