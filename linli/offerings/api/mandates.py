"""Mandates on paper over the API: what somebody gave, and ending one at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema

from linli.kernel.web import Request
from linli.offerings.queries.mandates import mandates_of
from linli.offerings.services.mandates import end_agency

router = Router()


class MandateOut(Schema):
    """A mandate; the agent is masked. `item` is empty where it is for everything at the window."""

    id: int
    code: str
    agent: str
    item: str
    state: str
    since: date | None
    until: date
    holds: bool


@router.get("/mandates/", response=list[MandateOut])
def listing(request: Request, person: int) -> list[dict[str, Any]]:
    """The mandates on paper that somebody gave, as far as the caller sees them."""
    return [_told(one) for one in mandates_of(request.actor, person)]


@router.post("/mandates/{int:mandate_id}/end", response=MandateOut)
def end(request: Request, mandate_id: int) -> dict[str, Any]:
    """End a mandate at once."""
    return _told(end_agency(mandate_id, actor=request.actor, now=timezone.now()))


def _told(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "code": row.code, "agent": row.agent_masked, "item": row.item_key,
        "state": row.state, "since": row.since, "until": row.until,
        "holds": row.state == "held" and row.until >= localdate(),
    }  # fmt: skip
