"""Requests about personal data: one's own, and those that wait for an answer (PIPL 44 to 50)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.access import permits
from linli.access.api.frame import owner, path_of, signed_in
from linli.access.models import DataRequest
from linli.access.queries.choices import place_named
from linli.access.queries.requests import (
    SORTS,
    get_request,
    may_read_answer,
    own_among,
    own_requests,
    requests_to_answer,
)
from linli.access.services import forgetting
from linli.access.services import requests as services
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import Page, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class DataRequestOut(Schema):
    """One request; `due_on` follows the term of the rulebook on the day it came."""

    number: str
    kind: str
    state: str
    place: str
    text: str
    for_deceased: str
    received_at: datetime
    due_on: date
    taken_at: datetime | None
    answer: str
    answered_at: datetime | None
    is_own: bool


class DataRequestsOut(Schema):
    count: int
    items: list[DataRequestOut]
    next: str | None


class ListIn(PagedIn):
    state: str = ""
    place: str = ""
    sort: Literal["due", "-due", "-received"] = "due"


class FileIn(Schema):
    """What is asked; `place` is the code or exact name of the village or community."""

    kind: Literal["copy", "correct", "delete", "explain"]
    text: str = Field(min_length=1, max_length=2000)
    place: str = Field(max_length=60)
    for_deceased: str = Field(default="", max_length=120)


class AnswerIn(Schema):
    outcome: Literal["answer", "refuse"]
    answer: str = Field(max_length=4000)


@router.get("/access/my-data/", response=DataRequestsOut)
def mine(request: Request, limit: int | None = None, cursor: str | None = None) -> dict[str, Any]:
    """What the caller asked about their own data, newest first."""
    owner(request)
    return _list(
        request,
        page_of(own_requests(request.actor), SORTS[2], cursor=cursor, limit=clean_limit(limit)),
    )


@router.post("/access/my-data/file", response=DataRequestOut)
def file(request: Request, given: FileIn) -> dict[str, Any]:
    """Ask for a copy, a correction, a deletion or an explanation of one's own data."""
    owner(request)
    made = services.file_request(
        given.kind, given.text, path=place_named(given.place), for_deceased=given.for_deceased,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _request(made, request)


@router.get("/access/data-requests/", response=DataRequestsOut)
def to_answer(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Requests that the caller answers, open ones unless a state is asked, the first due first."""
    if not request.actor.holds(permits.ANSWER):
        raise NotFound()
    path = path_of(asked.place) if asked.place else ""
    found = requests_to_answer(request.actor, state=asked.state, path=path)
    sort = next(one for one in SORTS if one.key == asked.sort)
    return _list(request, page_of(found, sort, cursor=asked.cursor, limit=clean_limit(asked.limit)))


@router.get("/access/data-requests/{number}/", response=DataRequestOut)
def one(request: Request, number: str) -> dict[str, Any]:
    """One request: the caller's own, or one that the caller answers."""
    signed_in(request)
    return _request(get_request(request.actor, number), request)


@router.post("/access/data-requests/{number}/take", response=DataRequestOut)
def take(request: Request, number: str) -> dict[str, Any]:
    """Take a request into work."""
    found = get_request(request.actor, number)
    return _request(services.take_request(found, actor=request.actor, now=timezone.now()), request)


@router.post("/access/data-requests/{number}/erase", response=DataRequestOut)
def erase(request: Request, number: str) -> dict[str, Any]:
    """Erase the account of somebody of no entry who asks for deletion, with all that hangs on it."""
    found = get_request(request.actor, number)
    forgetting.erase_account(found, actor=request.actor, now=timezone.now())
    return _request(get_request(request.actor, number), request)


@router.post("/access/data-requests/{number}/answer", response=DataRequestOut)
def answer(request: Request, number: str, given: AnswerIn) -> dict[str, Any]:
    """Answer a request, or refuse it with the reason that the law asks for."""
    found = get_request(request.actor, number)
    answered = services.answer_request(
        found, given.answer, is_refused=given.outcome == "refuse",
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _request(answered, request)


@router.post("/access/data-requests/{number}/withdraw", response=DataRequestOut)
def withdraw(request: Request, number: str) -> dict[str, Any]:
    """Withdraw one's own request."""
    owner(request)
    found = get_request(request.actor, number)
    return _request(
        services.withdraw_request(found, actor=request.actor, now=timezone.now()), request
    )


def _list(request: Request, page: Page[DataRequest]) -> dict[str, Any]:
    own = own_among(page.items, request.actor)
    items = [_shown(one, request, is_own=one.pk in own) for one in page.items]
    return listed(page, items=items)


def _request(one: DataRequest, request: Request) -> dict[str, Any]:
    return _shown(one, request, is_own=bool(own_among([one], request.actor)))


def _shown(one: DataRequest, request: Request, *, is_own: bool) -> dict[str, Any]:
    names = (
        "number", "kind", "state", "text", "for_deceased", "received_at", "due_on", "taken_at",
        "answered_at",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in names},
        "place": code_of(one.path),
        "answer": one.answer if may_read_answer(one, request.actor, is_hers=is_own) else "",
        "is_own": is_own,
    }  # fmt: skip
