"""Starting anew for those who cannot sign in: two other people approve."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.access import permits
from linli.access.api.frame import LinkOut, ReasonIn, holder_of, link_out
from linli.access.forms import ReasonForm
from linli.access.models import ResetRequest
from linli.access.queries.resets import OLDEST, get_reset, open_resets
from linli.access.services import resets as services
from linli.kernel.api import PagedIn, paged
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class ResetOut(Schema):
    """`state`: asked, seconded (one approval), approved (by two), used, refused, lapsed.

    `what`: reset, or close, number, link, right of an account with one of the three duties: whoever asks
    for one of these is the first of two and does it once it is approved.
    """

    id: int
    what: str
    account: int
    name: str
    place: str
    state: str
    reason: str
    asked_at: datetime
    asked_by: str
    ends_at: datetime
    first_by: str
    second_by: str


class ResetsOut(Schema):
    count: int
    items: list[ResetOut]
    next: str | None


class ApprovedOut(ResetOut):
    """`link` is told to the second person once, to hand it over."""

    link: LinkOut | None


@router.get("/access/resets/", response=ResetsOut)
def resets(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Resets that wait at the caller's places, but for the caller's own account; the oldest first. Not by a key."""
    holder_of(request, permits.APPROVE_RESET)
    return paged(open_resets(request.actor), OLDEST, asked, reset_out)


@router.post("/access/resets/{int:reset_id}/approve", response=ApprovedOut)
def approve(request: Request, reset_id: int) -> dict[str, Any]:
    """Approve as the first or the second of two; the second gets the link of a reset. Not by a key."""
    holder_of(request, permits.APPROVE_RESET)
    found = get_reset(request.actor, reset_id)
    found, link = services.approve_reset(found, actor=request.actor, now=timezone.now())
    return {**reset_out(found), "link": link_out(request, link) if link else None}


@router.post("/access/resets/{int:reset_id}/refuse", response=ResetOut)
def refuse(request: Request, reset_id: int, given: ReasonIn) -> dict[str, Any]:
    """Refuse a reset or another act with a reason. Not by a key."""
    holder_of(request, permits.APPROVE_RESET)
    found = get_reset(request.actor, reset_id)
    reason = ReasonForm(given.dict()).accepted()["reason"]
    return reset_out(services.refuse_reset(found, reason, actor=request.actor, now=timezone.now()))


def reset_out(one: ResetRequest) -> dict[str, Any]:
    """Return a reset as the API writes it."""
    return {
        "id": one.pk, "what": one.what, "account": one.account_id, "name": one.account.display_name,
        "place": code_of(one.path), "state": one.state, "reason": one.reason,
        "asked_at": one.asked_at, "ends_at": one.ends_at,
        **{
            name: person.display_name if (person := getattr(one, name)) else ""
            for name in ("asked_by", "first_by", "second_by")
        },
    }  # fmt: skip
