"""Checks of centres for phones: what is to be filled in, the key that seals it there, and the answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema
from pydantic import Field

from linli.kernel.api import Boxes, plain
from linli.kernel.web import Request
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.services import check_phones as services
from linli.offerings.types.centres import BY_TITLES, CheckBy, Met, Said
from linli.orgs.queries.naming import names_of

router = Router()


class PointIn(Schema):
    """What was found of a point; `met` is yes, no or none for what does not apply."""

    met: Literal["yes", "no", "none"]
    words: str = Field(default="", max_length=500)
    due_on: date | None = None
    files: list[str] = Field(default=[], max_length=10)


class SeenIn(Schema):
    """What a phone had seen of a point; empty where it had no answer."""

    met: str = ""
    words: str = ""
    due_on: str = ""


class AnswersIn(Schema):
    """Answers by key of the point, and what had been seen of each; `files` are codes of drafts."""

    said: dict[str, PointIn]
    seen: dict[str, SeenIn] = {}


class CheckToFillOut(Schema):
    """A check that is being filled in; `points` are the answers so far, by key of the point."""

    id: int
    centre: str
    title: str
    on: date
    edition: int
    points: dict[str, SeenIn]


class ChecksToFillOut(Schema):
    """`csrf` goes with what is sent from the same browser."""

    at: datetime
    csrf: str
    checks: list[CheckToFillOut]


class PhoneKeyIn(Schema):
    """`boxes` are those that the phone keeps from before; one of them may be the caller's."""

    boxes: Boxes | None = None


class PhoneKeyOut(Schema):
    """`key` seals checks on this phone (AES-GCM, 256 bits, base64url); `box` is kept beside what it seals and
    shown again, `id` names it there (`code` is the same)."""

    id: str
    code: str
    key: str
    box: str
    at: datetime


@router.get("/centre-checks/", response=ChecksToFillOut)
def list_checks(request: Request) -> dict[str, Any]:
    """The checks that the caller fills in, with the answers so far."""
    found = held_checks.checks_to_fill(request.actor)
    names = names_of([one.centre_id for one in found], localdate())
    return {
        "at": timezone.now(), "csrf": get_token(request),
        "checks": [_check(one, names.get(one.centre_id, "")) for one in found],
    }  # fmt: skip


def _check(check: Any, name: str) -> dict[str, Any]:
    said = held_checks.said_of(check)
    return {
        **plain(check, "id", "on", "edition"), "centre": name, "title": str(BY_TITLES[CheckBy(check.by)]),
        "points": {
            key: {"met": one.met, "words": one.words, "due_on": one.due_on.isoformat() if one.due_on else ""}
            for key, one in said.items()
        },
    }  # fmt: skip


@router.post("/centre-checks/key", response=PhoneKeyOut)
def open_check_key(request: Request, given: PhoneKeyIn) -> dict[str, Any]:
    """The key under which the caller's checks lie sealed on a phone."""
    now = timezone.now()
    box = services.open_key(given.boxes, actor=request.actor, now=now)
    return {**plain(box, "id", "key", "box"), "code": box.id, "at": now}


@router.post("/centre-checks/{int:check_id}/norms/{norm}", response=CheckToFillOut)
def answer_check(request: Request, check_id: int, norm: str, given: AnswersIn) -> dict[str, Any]:
    """Note what was found of points of one norm; what others answered meanwhile is not written over."""
    check = held_checks.get_check(request.actor, check_id)
    said = {key: Said(Met(one.met), one.words, one.due_on) for key, one in given.said.items()}
    seen = {key: (one.met, one.words, one.due_on) for key, one in given.seen.items()}
    check = services.answer_offline(
        check, norm, said, seen, files_of={key: one.files for key, one in given.said.items()},
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _check(check, names_of([check.centre_id], localdate()).get(check.centre_id, ""))
