"""Feedback over the API: give, follow by code, answer (BU-17)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from linli.kernel.api import PagedIn
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request
from linli.portal import permits, queries, services
from linli.portal.models import Feedback
from linli.portal.types import GIVEN, LOOKS
from linli.runtime.types import client_address, limited

router = Router()
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class GiveIn(Schema):
    """What is wrong, missing or good; `page` is the address of the page it is about."""

    text: Words
    page: str = Field(default="", max_length=300)


class FeedbackOut(Schema):
    """What became of a piece of feedback, for whoever has its code."""

    code: str
    state: str
    text: str
    page: str
    received_at: datetime
    due_on: date
    is_provisional: bool
    answer: str
    answered_by: str
    answered_at: datetime | None


class HelpedIn(Schema):
    helped: bool


class WaitingOut(FeedbackOut):
    """A piece of feedback as those see it who answer; `version` goes with the answer."""

    is_staff: bool
    language: str
    version: int


class WaitingListOut(Schema):
    count: int
    items: list[WaitingOut]
    next: str | None


class ListIn(PagedIn):
    state: Literal["received", "answered", "confirmed", "all"] = "received"
    q: str = ""


class AnswerIn(Schema):
    text: Words
    version: int


@router.post("/feedback/give", response=FeedbackOut)
@limited("portal.feedback", GIVEN, client_address)
def give(request: Request, given: GiveIn) -> Feedback:
    """Say what is wrong, missing or good on a page; the code leads to the answer. No account needed."""
    return services.give_feedback(
        given.text, page=given.page, path=queries.place_of_page(given.page),
        language=get_language() or "zh-hans", actor=request.actor, now=timezone.now(),
    )  # fmt: skip


@router.get("/feedback/inbox/", response=WaitingListOut)
def inbox(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Feedback that the caller answers: the waiting ones by due day, the others newest first."""
    if not request.actor.paths(permits.ANSWER):
        raise NotFound()
    found, sort = queries.feedback_list(request.actor, asked.state, asked.q)
    rows = page_of(found, sort, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return {"count": rows.count, "items": rows.items, "next": rows.next}


@router.get("/feedback/inbox/{code}/", response=WaitingOut)
def waiting(request: Request, code: str) -> Feedback:
    """One piece of feedback that the caller answers."""
    return queries.get_for_answer(request.actor, code)


@router.post("/feedback/inbox/{code}/answer", response=WaitingOut)
def answer(request: Request, code: str, given: AnswerIn) -> Feedback:
    """Answer; `version` is the one that was read, so that two answers never overwrite each other."""
    feedback = queries.get_for_answer(request.actor, code)
    return services.answer_feedback(
        feedback, text=given.text, version=given.version, actor=request.actor, now=timezone.now()
    )


@router.get("/feedback/{code}/", response=FeedbackOut)
@limited("portal.codes", LOOKS, client_address)
def follow(request: Request, code: str) -> Feedback:
    """What became of it, for whoever has the code."""
    return queries.get_feedback(code)


@router.post("/feedback/{code}/helped", response=FeedbackOut)
@limited("portal.codes", LOOKS, client_address)
def helped(request: Request, code: str, given: HelpedIn) -> Feedback:
    """The writer says whether the answer helped; a no opens it again with a new due day."""
    step = services.confirm_answer if given.helped else services.reopen_feedback
    return step(queries.get_feedback(code), actor=request.actor, now=timezone.now())
