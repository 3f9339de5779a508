"""JSON API of notify: the inbox, consents, and what could not be delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.kernel.api import listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request, own_account_id
from linli.notify import permits, queries, services
from linli.notify.models import Delivery, Message

router = Router()


class MessageOut(Schema):
    """One message; `url` is the page that it leads to."""

    code: str
    template: str
    purpose: str
    subject: str
    body: str
    is_urgent: bool
    created_at: datetime
    read_at: datetime | None
    url: str | None


class MessagesOut(Schema):
    count: int
    items: list[MessageOut]
    next: str | None


class ReadOut(Schema):
    read: int


class ChoiceOut(Schema):
    """What one gets messages about; `is_asked` says whether it takes consent, `version` which wording."""

    purpose: str
    title: str
    wording: str
    version: int
    is_asked: bool
    is_given: bool


class ChoicesOut(Schema):
    count: int
    items: list[ChoiceOut]
    next: str | None


class ChooseIn(Schema):
    agree: bool


class DeliveryOut(Schema):
    """One message on its way out: the number or address stays masked.

    `has_inbox` says whether the recipient reads it in the inbox, too.
    """

    ref: str
    template: str
    title: str
    channel: str
    masked: str
    state: str
    reason: str
    has_inbox: bool
    attempts: int
    cost_fen: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None


class DeliveriesOut(Schema):
    count: int
    items: list[DeliveryOut]
    next: str | None


@router.get("/inbox/", response=MessagesOut)
def inbox(
    request: Request, unread: bool = False, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The caller's messages, newest first; reading the list marks nothing as read."""
    own_account_id(request)
    found = queries.list_messages(
        request.actor, is_unread=unread, cursor=cursor, limit=clean_limit(limit)
    )
    items = [_message(one) for one in found.items]
    return {"count": found.count, "items": items, "next": found.next}


@router.post("/inbox/read", response=ReadOut)
def read_all(request: Request) -> dict[str, int]:
    """Mark all of the caller's messages as read, and say how many."""
    own_account_id(request)
    return {"read": services.mark_all_read(actor=request.actor, now=timezone.now())}


@router.get("/inbox/choices/", response=ChoicesOut)
def choices(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """What the caller gets messages about, and what they agreed to."""
    own_account_id(request)
    found = queries.choices_of(request.actor)
    page = page_of_rows(found, lambda c: c.purpose.key, cursor=cursor, limit=clean_limit(limit))
    return listed(page, _choice)


@router.post("/inbox/choices/{purpose}/choose", response=ChoiceOut)
def choose(request: Request, purpose: str, given: ChooseIn) -> dict[str, Any]:
    """Agree to messages of a purpose in its present wording, or take it back."""
    own_account_id(request)
    act = services.give_consent if given.agree else services.withdraw_consent
    act(purpose, actor=request.actor, now=timezone.now())
    chosen = queries.choices_of(request.actor)
    return _choice(next(one for one in chosen if one.purpose.key == purpose))


@router.get("/inbox/{code}/", response=MessageOut)
def one_message(request: Request, code: str) -> dict[str, Any]:
    """One message; it stays unread until it is marked."""
    own_account_id(request)
    return _message(queries.get_message(request.actor, code))


@router.post("/inbox/{code}/read", response=MessageOut)
def read(request: Request, code: str) -> dict[str, Any]:
    """Mark one message as read."""
    own_account_id(request)
    found = queries.get_message(request.actor, code)
    return _message(services.mark_read(found, actor=request.actor, now=timezone.now()))


@router.get("/deliveries/", response=DeliveriesOut)
def deliveries(
    request: Request, state: str = "", limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """What went out by SMS and e-mail at places that the caller oversees, newest first."""
    if not request.actor.holds(permits.OVERSEE):
        raise NotFound()
    found = queries.list_deliveries(
        request.actor, state=state, cursor=cursor, limit=clean_limit(limit)
    )
    items = [_delivery(one) for one in found.items]
    return {"count": found.count, "items": items, "next": found.next}


@router.post("/deliveries/{ref}/revive", response=DeliveryOut)
def revive(request: Request, ref: str) -> dict[str, Any]:
    """Send what was given up once more."""
    found = queries.get_delivery(request.actor, ref)
    return _delivery(services.revive_delivery(found, actor=request.actor, now=timezone.now()))


@router.post("/deliveries/{ref}/drop", response=DeliveryOut)
def drop(request: Request, ref: str) -> dict[str, Any]:
    """Let go what was given up."""
    found = queries.get_delivery(request.actor, ref)
    return _delivery(services.drop_delivery(found, actor=request.actor, now=timezone.now()))


def _message(message: Message) -> dict[str, Any]:
    names = ("code", "template", "purpose", "subject", "body", "is_urgent", "created_at", "read_at")
    told = {name: getattr(message, name) for name in names}
    return {**told, "url": queries.address_of(message) or None}


def _choice(choice: queries.Choice) -> dict[str, Any]:
    purpose = choice.purpose
    return {
        "purpose": purpose.key, "title": str(purpose.title), "wording": str(purpose.wording),
        "version": purpose.version, "is_asked": choice.is_asked, "is_given": choice.is_given,
    }  # fmt: skip


def _delivery(one: Delivery) -> dict[str, Any]:
    names = (
        "ref", "template", "channel", "masked", "state", "reason", "attempts", "cost_fen",
        "created_at", "due_at", "ended_at",
    )  # fmt: skip
    told = {name: getattr(one, name) for name in names}
    title = str(queries.title_of(one.template))
    return {**told, "title": title, "has_inbox": one.message_id is not None}
