"""What lies sealed of whoever booked, applied or is visited at home, over the API: each reading is recorded."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.cases.queries.reading import get_case
from linli.kernel.api import plain
from linli.kernel.web import Request
from linli.offerings.clients.applicants import opened_form
from linli.offerings.queries.applications import application_of
from linli.offerings.queries.item_forms import opened_lines
from linli.offerings.services import forgetting, home_visits, serving

router = Router()
REACHED = ("name", "phone")
DOOR = (*REACHED, "address", "note")
APPLICANT = (*REACHED, "id_number", "address", "agent_name", "agent_id", "agent_phone")


class ReadingIn(Schema):
    """Why it is needed: 2 to 200 characters. It stays on record, and the person may read it."""

    reason: str


class VisitorOut(Schema):
    """What was left with a booking; nothing where nothing was left, or it was let go of."""

    name: str
    phone: str


class DoorOut(VisitorOut):
    """Who is visited at home, and how the door is found."""

    address: str
    note: str


class SealedLineOut(Schema):
    question: str
    text: str


class ApplicantOut(VisitorOut):
    """Who applied and who helps them; `answers` are those of the item's form that lay under seal."""

    id_number: str
    address: str
    agent_name: str
    agent_id: str
    agent_phone: str
    answers: list[SealedLineOut]


@router.post("/visits/{code}/reach", response=VisitorOut)
def reach_visitor(request: Request, code: str, given: ReadingIn) -> dict[str, Any]:
    """How somebody who booked is reached."""
    found = serving.reveal_contact(
        code, reason=given.reason, actor=request.actor, now=timezone.now()
    )
    return plain(found, *REACHED)


@router.post("/home-visits/{slug:code}/way", response=DoorOut)
def open_door(request: Request, code: str) -> dict[str, Any]:
    """Where somebody is visited at home, for whoever goes, until the visit is over."""
    _row, door = home_visits.open_door(code, actor=request.actor, now=timezone.now())
    return plain(door, *DOOR)


@router.post("/applications/{number}/reveal", response=ApplicantOut)
def reveal_applicant(request: Request, number: str, given: ReadingIn) -> dict[str, Any]:
    """Name, number and address of an applicant."""
    case = get_case(request.actor, number)
    row = application_of(case.pk)
    found = forgetting.reveal_applicant(
        case.pk, given.reason, actor=request.actor, now=timezone.now()
    )
    lines = opened_lines(row.asked, row.form_number, opened_form(row.form_sealed, case.pk))
    answers = [{"question": question, "text": text} for question, text in lines]
    return {**plain(found, *APPLICANT), "answers": answers}
