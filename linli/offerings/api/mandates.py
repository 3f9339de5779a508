"""Mandates on paper over the API: printed, scanned back, what somebody gave, ended at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linli.files.services import FileRefused
from linli.kernel.api import COUNTED, PagedIn, paged
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.queries import outside_mandates as queries
from linli.offerings.queries.mandates import died_on, mandates_of, own_mandates
from linli.offerings.services import mandates
from linli.offerings.services.outside_mandates import prepare_outside
from linli.offerings.types.mandates import Agent, Giver, MandateFacts

router = Router()


class MandateOut(Schema):
    """A mandate; the agent is masked. `item` is empty where it is for everything at the window.

    `document` is the code of the paper that both sign. `ended_on` and `ended_by` say when and by whom it was
    ended before its last day: somebody of the office, or `giver`.
    """

    id: int
    code: str
    agent: str
    item: str
    state: str
    since: date | None
    until: date
    holds: bool
    ended_on: date | None
    ended_by: str
    document: str


class MandateIn(Schema):
    """Who comes for `person`, for which item (everything at the window without), until when."""

    person: int
    name: str = Field(max_length=60)
    id_number: str = Field(max_length=30)
    phone: str = Field(default="", max_length=30)
    item: str = Field(default="", max_length=80)
    until: date


class OutsideMandateOut(MandateOut):
    """A mandate of somebody whom no register here has; `giver` is masked, `place` where it is kept."""

    giver: str
    place: str


class OutsideMandatesOut(Schema):
    count: int = Field(description=COUNTED)
    items: list[OutsideMandateOut]
    next: str | None


class OutsideMandatesIn(PagedIn):
    """`view` is held, prepared or over."""

    view: str = ""


class OutsideMandateIn(Schema):
    """Who gives it and stands in no register here, who comes for them, for which item, until when.

    `place` keeps it; `giver_phone` is told each time that it is used.
    """

    place: str
    giver_name: str = Field(max_length=60)
    giver_id: str = Field(max_length=30)
    giver_phone: str = Field(default="", max_length=30)
    name: str = Field(max_length=60)
    id_number: str = Field(max_length=30)
    phone: str = Field(default="", max_length=30)
    item: str = Field(default="", max_length=80)
    until: date


@router.get("/mandates/outside/", response=OutsideMandatesOut)
def list_outside(request: Request, asked: Query[OutsideMandatesIn]) -> dict[str, Any]:
    """Mandates of those whom no register here has, where the caller takes applications in, newest first."""
    require_somewhere(request.actor, permits.RECEIVE)
    found = queries.in_view(queries.outside(request.actor), asked.view, localdate())
    return paged(found, queries.NEWEST, asked, _outside)


@router.post("/mandates/outside/", response={201: OutsideMandateOut})
def prepare_for_outside(request: Request, given: OutsideMandateIn) -> Status[dict[str, Any]]:
    """Print a mandate for somebody whom no register here has; it holds once the signed paper came back.

    It is used as `agent_mandate` of an application without `person`.
    """
    giver = Giver(given.giver_name, given.giver_id, given.giver_phone)
    facts = MandateFacts(Agent(given.name, given.id_number, given.phone), given.until, given.item)
    row = prepare_outside(given.place, giver, facts, actor=request.actor, now=timezone.now())
    return Status(201, _outside(row))


def _outside(row: Any) -> dict[str, Any]:
    return {**_row(row, has_died=False), "giver": row.giver_masked, "place": code_of(row.path)}


@router.get("/mandates/", response=list[MandateOut])
def listing(request: Request, person: int) -> list[dict[str, Any]]:
    """The mandates on paper that somebody gave, as far as the caller sees them."""
    return _all_told(mandates_of(request.actor, person))


@router.get("/mandates/mine/", response=list[MandateOut])
def mine(request: Request) -> list[dict[str, Any]]:
    """The mandates on paper that the caller gave; `end` ends one."""
    if request.actor.account_id is None:
        raise NotFound()
    return _all_told(own_mandates(request.actor))


@router.post("/mandates/", response={201: MandateOut})
def prepare(request: Request, given: MandateIn) -> Status[dict[str, Any]]:
    """Print a mandate for somebody to sign; it holds once the signed paper came back."""
    agent = Agent(given.name, given.id_number, given.phone)
    row = mandates.prepare_mandate(
        given.person, MandateFacts(agent, given.until, given.item), actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, _told(row))


@router.post("/mandates/{int:mandate_id}/sign", response=MandateOut)
def sign(request: Request, mandate_id: int, paper: File[UploadedFile]) -> dict[str, Any]:
    """Take the scan of the signed paper in (multipart); from today on the mandate holds."""
    try:
        return _told(
            mandates.sign_mandate(mandate_id, paper, actor=request.actor, now=timezone.now())
        )
    except FileRefused as refusal:
        raise Invalid({"paper": [str(refusal)]}) from refusal


@router.post("/mandates/{int:mandate_id}/end", response=MandateOut)
def end(request: Request, mandate_id: int) -> dict[str, Any]:
    """End a mandate at once, at the window or as who gave it."""
    return _told(mandates.end_agency(mandate_id, actor=request.actor, now=timezone.now()))


def _all_told(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return mandates of one person, of whom it is asked once whether she lives."""
    by_entry = {pk: died_on(pk) is not None for pk in {one.person_id for one in rows}}
    return [_row(one, has_died=by_entry[one.person_id]) for one in rows]


def _told(row: Any) -> dict[str, Any]:
    return _row(row, has_died=died_on(row.person_id) is not None)


def _row(row: Any, *, has_died: bool) -> dict[str, Any]:
    return {
        "id": row.pk, "code": row.code, "agent": row.agent_masked, "item": row.item_key,
        "state": row.state, "since": row.since, "until": row.until,
        "holds": queries.holds(row, "", localdate()) and not has_died,
        "ended_on": row.ended_on, "ended_by": row.ended_by, "document": row.document_code,
    }  # fmt: skip
