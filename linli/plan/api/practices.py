"""Cards of good practice over the API, to be found and taken over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.kernel.api import PagedIn, paged
from linli.kernel.paging import Keyset
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import accepted_at, with_tasks
from linli.plan.forms import PracticeForm
from linli.plan.models import Practice

router = Router()
NEWEST = Keyset("-written", ("-written_at", "-id"))


class PracticeOut(Schema):
    id: int
    place: str
    title: str
    problem: str
    steps: str
    effect: str
    contact: str
    tasks: list[int]
    pilot: int | None
    written_at: datetime
    written_by: str


class PracticesOut(Schema):
    count: int
    items: list[PracticeOut]
    next: str | None


class PracticesIn(PagedIn):
    q: str = ""
    task: int | None = None


@router.get("/plan/practices/", response=PracticesOut)
def list_practices(request: Request, asked: Query[PracticesIn]) -> dict[str, Any]:
    """Cards that hold every word of `q`, and those of a task; the newest first."""
    found = queries.found_practices(asked.q[:80], task=asked.task)
    return paged(found, NEWEST, asked, _practice)


@router.get("/plan/practices/{int:practice_id}/", response=PracticeOut)
def get_practice(request: Request, practice_id: int) -> dict[str, Any]:
    """One card."""
    return _practice(queries.get_practice(practice_id))


def _practice(card: Practice) -> dict[str, Any]:
    names = ("title", "problem", "steps", "effect", "contact", "written_at", "written_by")
    return {**with_tasks(card, *names), "pilot": card.pilot_id}


class PracticeIn(Schema):
    """`contact` is a post and the office's telephone, no private number."""

    plan: str = ""
    place: str
    title: str
    problem: str
    steps: str
    effect: str
    contact: str = ""
    tasks: list[int] = []
    pilot: int | None = None


@router.post("/plan/practices/", response={201: PracticeOut})
def add_practice(request: Request, given: PracticeIn) -> Status[dict[str, Any]]:
    """Write a card, alone or out of a pilot."""
    pilot = None if given.pilot is None else queries.get_pilot(request.actor, given.pilot)
    plan, place, tasks, data = accepted_at(request.actor, permits.PRACTICE, PracticeForm, given)
    card = services.add_practice(
        plan, place, tasks, {**data, "pilot": pilot}, actor=request.actor, now=timezone.now()
    )
    return Status(201, _practice(card))


@router.post("/plan/practices/{int:practice_id}/withdraw", response=PracticeOut)
def withdraw_practice(request: Request, practice_id: int) -> dict[str, Any]:
    """Take a card out of the search; it stays on record."""
    card = queries.get_practice(practice_id)
    services.withdraw_practice(card, actor=request.actor, now=timezone.now())
    return _practice(card)
