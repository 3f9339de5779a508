"""Emergency access and full sessions: what is open, opening one, and the review by somebody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.access import entering, permits
from linli.access.api.frame import ReasonIn, herself, holder_of, path_of
from linli.access.forms import GlassForm, NoteForm, ReasonForm, fill_glass
from linli.access.models import GivenRight
from linli.access.queries.specials import (
    OLDEST,
    open_specials,
    rights_to_review,
    special_to_review,
)
from linli.access.services import rights as services
from linli.kernel.api import PagedIn, paged, plain
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()
FIRST = Keyset("starts", ("starts_at", "pk"))


class SpecialOut(Schema):
    """`kind` is break_glass (one permit at a place), operator (a full session), or ordinary or special (given for a whole city)."""

    id: int
    kind: str
    place: str
    permit: str
    title: str
    ceiling: int
    purpose: str
    starts_at: datetime
    ends_at: datetime | None


class SpecialsOut(Schema):
    count: int
    items: list[SpecialOut]
    next: str | None


class ReviewedOut(SpecialOut):
    """`is_justified` is null until somebody else has looked at it; `account` is null for a post's right."""

    account: int | None
    name: str
    revoked_at: datetime | None
    reviewed_at: datetime | None
    is_justified: bool | None
    note: str


class ToReviewOut(Schema):
    count: int
    items: list[ReviewedOut]
    next: str | None


class BreakGlassIn(Schema):
    """One permit at a place, up to a level from 4 to 7, and what happened."""

    permit: str
    place: str
    ceiling: int = 4
    reason: str


class ReviewIn(Schema):
    is_justified: bool
    note: str = ""


@router.get("/access/special/", response=SpecialsOut)
def specials(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """What the caller holds open now; `access/rights/{id}/end` closes it. Not by a key."""
    herself(request)
    return paged(open_specials(request.actor, now=timezone.now()), FIRST, asked, _special)


@router.post("/access/special/break-glass", response={201: SpecialOut})
def break_glass(request: Request, given: BreakGlassIn) -> Status[dict[str, Any]]:
    """Take a right for four hours, with a reason. By a session whose password was typed just now."""
    holder_of(request, permits.BREAK_GLASS)
    now = timezone.now()
    entering.require_fresh(request, now)
    form = GlassForm({**given.dict(), "place": path_of(given.place)})
    fill_glass(form, request.actor)
    said = form.accepted()
    right = services.break_glass(
        said["permit"], said["place"], said["ceiling"], said["reason"],
        actor=request.actor, now=now,
    )  # fmt: skip
    return Status(201, _special(right))


@router.post("/access/special/full-session", response={201: SpecialOut})
def full_session(request: Request, given: ReasonIn) -> Status[dict[str, Any]]:
    """Open a full session for an hour, with a reason. By a session whose password was typed just now."""
    holder_of(request, permits.OPERATE)
    now = timezone.now()
    entering.require_fresh(request, now)
    reason = ReasonForm(given.dict()).accepted()["reason"]
    return Status(201, _special(services.open_full_session(reason, actor=request.actor, now=now)))


@router.get("/access/reviews/", response=ToReviewOut)
def reviews(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """What nobody has looked at yet at the caller's places, but for the caller's own; the oldest first. Not by a key."""
    holder_of(request, permits.REVIEW)
    return paged(rights_to_review(request.actor), OLDEST, asked, _reviewed)


@router.get("/access/reviews/{int:right_id}/", response=ReviewedOut)
def reviewed(request: Request, right_id: int) -> dict[str, Any]:
    """One of what takes a second look, reviewed or not. Not by a key."""
    holder_of(request, permits.REVIEW)
    return _reviewed(special_to_review(request.actor, right_id))


@router.post("/access/reviews/{int:right_id}/review", response=ReviewedOut)
def review(request: Request, right_id: int, given: ReviewIn) -> dict[str, Any]:
    """Say whether it was justified; nobody reviews their own. Not by a key."""
    holder_of(request, permits.REVIEW)
    right = special_to_review(request.actor, right_id)
    form = NoteForm({"justified": "yes" if given.is_justified else "no", "note": given.note})
    note = form.accepted()["note"]
    return _reviewed(
        services.review_right(
            right, given.is_justified, note, actor=request.actor, now=timezone.now()
        )
    )


def _special(one: GivenRight) -> dict[str, Any]:
    return {
        **plain(one, "kind", "permit", "ceiling", "purpose", "starts_at", "ends_at"),
        "id": one.pk, "place": code_of(one.path), "title": str(one.title),
    }  # fmt: skip


def _reviewed(one: GivenRight) -> dict[str, Any]:
    return {
        **_special(one),
        **plain(one, "revoked_at", "reviewed_at", "is_justified"),
        "account": one.account_id, "name": one.holder,
        "note": one.review_note,
    }  # fmt: skip
