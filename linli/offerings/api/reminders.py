"""What falls due in a month over the API, applications begun from it, and what people receive."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema, Status

from linli.kernel.api import PagedIn, paged
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.forms.reminders import month_in
from linli.offerings.queries import benefits as queries
from linli.offerings.queries.reminders import list_of, place_of
from linli.offerings.services import benefits, reminder_files
from linli.offerings.services.reminding import apply_on_behalf
from linli.offerings.types.reminders import BenefitFacts
from linli.people.queries.scopes import node_of_id

router = Router()


class OpenItemOut(Schema):
    """An item that they may apply for; `application` is the number of one that is open already."""

    key: str
    name: dict[str, str]
    application: str


class LineOut(Schema):
    """A line of the list: who, when, which occasion, and what it opens."""

    on: date
    person: int
    name: str
    place: str
    occasion: str
    words: str
    items: list[OpenItemOut]


class MonthOut(Schema):
    """What falls due at a place in a month; `is_cut` where there was too much of it."""

    place: str
    month: str
    lines: list[LineOut]
    is_cut: bool


class BehalfIn(Schema):
    """An application for somebody, and how they agreed to it."""

    person: int
    item: str = Field(max_length=80)
    agreed: Literal["phone", "visit", "counter", "letter"]
    answers: dict[str, str] = {}
    uuid: UUID | None = None


class BehalfOut(Schema):
    """Number and code of the application, and the last day on which the window answers."""

    number: str
    code: str
    accept_on: str | None


class BenefitIn(Schema):
    """What somebody receives or holds; `until` is its last day."""

    person: int
    kind: Literal["allowance", "permit", "insurance", "contract"]
    what: str = Field(max_length=80)
    since: date
    until: date | None = None
    item: str = Field(default="", max_length=80)


class BenefitOut(Schema):
    """What somebody receives or holds, and where it stands."""

    id: int
    person: int
    place: str
    kind: str
    name: str
    since: date
    until: date | None
    state: str
    cause: str
    cause_on: date | None
    version: int


class BenefitsOut(Schema):
    count: int
    items: list[BenefitOut]
    next: str | None


class AskedIn(PagedIn):
    place: str = ""


class DecisionIn(Schema):
    """Why; `version` is the one that was read, so that two do not decide past each other."""

    reason: str = Field(max_length=300)
    version: int | None = None


class ReminderFileIn(Schema):
    """Which list leaves as a file: of a month (2026-11; this one without), or of what is asked to stop."""

    place: str
    month: str = ""
    what: Literal["month", "stops"] = "month"
    form: Literal["xlsx", "csv"] = "xlsx"


class ReminderFileOut(Schema):
    """`job`: the long job that makes the file."""

    job: str


@router.get("/reminders/", response=MonthOut)
def month(request: Request, place: str = "", month: str = "") -> dict[str, Any]:
    """What falls due at a village in a month (2026-11; this one without)."""
    found = list_of(request.actor, place_of(request.actor, place), month_in(month, localdate()))
    return {
        "place": found.place.code, "month": f"{found.first:%Y-%m}", "is_cut": found.is_cut,
        "lines": [
            {
                "on": line.due.on, "person": line.due.person_id, "name": line.due.name,
                "place": getattr(node_of_id(line.due.village_id), "code", ""),
                "occasion": line.due.occasion.key, "words": line.words,
                "items": [
                    {"key": one.key, "name": dict(one.name), "application": one.number}
                    for one in line.items
                ],
            }
            for line in found.lines
        ],
    }  # fmt: skip


@router.post("/reminders/", response={201: BehalfOut})
def apply(request: Request, given: BehalfIn) -> Status[dict[str, Any]]:
    """Begin an application for somebody who agreed to it."""
    applied = apply_on_behalf(
        given.person, given.item, given.agreed, answers=given.answers, actor=request.actor,
        now=timezone.now(), uuid=given.uuid,
    )  # fmt: skip
    on = applied.accept_on.isoformat() if applied.accept_on else None
    return Status(201, {"number": applied.number, "code": applied.code, "accept_on": on})


@router.post("/reminders/file", response={201: ReminderFileOut})
def order_file(request: Request, given: ReminderFileIn) -> Status[dict[str, Any]]:
    """Have the whole list of a place made as a file, without numbers; that it left stays on record."""
    first = month_in(given.month, localdate())
    job = reminder_files.order_file(
        given.place, first, given.form, what=given.what, actor=request.actor, now=timezone.now()
    )
    return Status(201, {"job": job.code})


@router.get("/benefits/", response=list[BenefitOut])
def receives(request: Request, person: int) -> list[dict[str, Any]]:
    """What somebody receives or received, as far as the caller sees it."""
    return [_told(one) for one in queries.benefits_of(request.actor, person)]


@router.get("/benefits/asked/", response=BenefitsOut)
def asked_to_stop(request: Request, asked: Query[AskedIn]) -> dict[str, Any]:
    """What is asked to stop after a death or a move where the caller decides, the longest asked first."""
    require_somewhere(request.actor, permits.RECEIVE)
    found = queries.asked_to_stop(request.actor, path_of(asked.place))
    return paged(found, queries.LONGEST_ASKED, asked, _told)


@router.post("/benefits/", response={201: BenefitOut})
def add(request: Request, given: BenefitIn) -> Status[dict[str, Any]]:
    """Enter what somebody receives where they live."""
    facts = BenefitFacts(given.kind, given.what, given.since, given.until, given.item)
    row = benefits.add_benefit(given.person, facts, actor=request.actor, now=timezone.now())
    return Status(201, _told(row))


@router.post("/benefits/{int:benefit_id}/{move}", response=BenefitOut)
def decide(
    request: Request, benefit_id: int, move: Literal["stop", "go_on", "end"], given: DecisionIn
) -> dict[str, Any]:
    """Decide that something stops, goes on or is over."""
    row = benefits.decide_benefit(
        benefit_id, move, given.reason, version=given.version, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _told(row)


def _told(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "person": row.person_id, "place": code_of(row.path), "kind": row.kind,
        "name": row.name, "since": row.since, "until": row.until, "state": row.state,
        "cause": row.cause, "cause_on": row.cause_on, "version": row.version,
    }  # fmt: skip
