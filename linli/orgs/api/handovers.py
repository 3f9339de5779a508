"""Hand-over sheets over the API: those that wait, one of them, signed or withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import paged, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import ListIn
from linli.orgs.forms.posts import SignForm, WithdrawForm
from linli.orgs.queries.register import inside

router = Router()
OLDEST = Keyset("oldest", ("printed_at", "id"))


class ItemOut(Schema):
    kind: str
    text: str
    count: str


class HandoverOut(Schema):
    id: int
    place: str
    post: int
    holding: int
    holder_name: str
    state: str
    reason: str
    receiver_name: str
    watcher_name: str
    things: list[ItemOut]
    note: str
    document_number: str
    document_code: str
    printed_at: datetime
    printed_by: str
    due_on: date | None
    signed_on: date | None


class HandoversOut(Schema):
    count: int
    items: list[HandoverOut]
    next: str | None


@router.get("/handovers/", response=HandoversOut)
def list_handovers(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The sheets that wait for their signatures where the caller records holdings, oldest first."""
    if not request.actor.holds(permits.APPOINT, permits.PARTY_KEEP):
        raise NotFound()
    found = queries.open_handovers(request.actor).filter(inside(path_of(asked.place)))
    return paged(found, OLDEST, asked, shown_handover)


@router.get("/handovers/{int:handover_id}/", response=HandoverOut)
def get_handover(request: Request, handover_id: int) -> dict[str, Any]:
    """One sheet, for who records holdings there and for who leaves."""
    return shown_handover(queries.get_handover(request.actor, handover_id))


def shown_handover(handover: Any) -> dict[str, Any]:
    """A sheet with who leaves which post."""
    names = ("state", "reason", "receiver_name", "watcher_name", "note",
             "document_number", "document_code", "printed_at", "printed_by", "due_on",
             "signed_on")  # fmt: skip
    holding = handover.holding
    return {
        "id": handover.pk, "place": code_of(handover.path), "post": holding.post_id,
        "holding": holding.pk, "holder_name": holding.holder_name,
        "things": handover.items, **plain(handover, *names),
    }  # fmt: skip


class SigningIn(Schema):
    """`all_signed` says that the three signatures are on the paper."""

    signed_on: date
    all_signed: bool


@router.post("/handovers/{int:handover_id}/sign", response=HandoverOut)
def sign_handover(request: Request, handover_id: int, given: SigningIn) -> dict[str, Any]:
    """Record that all three signed: the post gives its former holder no rights any more."""
    handover = _kept(request, handover_id)
    data = SignForm(given.dict()).accepted()
    services.sign_handover(
        handover, signed_on=data["signed_on"], actor=request.actor, now=timezone.now()
    )
    return shown_handover(queries.get_handover(request.actor, handover_id))


class WithdrawalIn(Schema):
    note: str


@router.post("/handovers/{int:handover_id}/withdraw", response=HandoverOut)
def withdraw_handover(request: Request, handover_id: int, given: WithdrawalIn) -> dict[str, Any]:
    """Withdraw a sheet: the holder stays in the post."""
    handover = _kept(request, handover_id)
    data = WithdrawForm(given.dict()).accepted()
    services.withdraw_handover(handover, note=data["note"], actor=request.actor, now=timezone.now())
    return shown_handover(queries.get_handover(request.actor, handover_id))


def _kept(request: Request, handover_id: int) -> Any:
    handover = queries.get_handover(request.actor, handover_id)
    level = handover.holding.post.organisation.level
    require(request.actor, permits.appointer_of(level), at=handover.path)
    return handover
