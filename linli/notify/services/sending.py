"""Sending: the inbox at once, SMS and e-mail by the worker, all in the transaction that causes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from linli.kernel.errors import Invalid, TooMany
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.notify import rules
from linli.notify.clients.envelopes import sealed
from linli.notify.errors import TooManyCodes
from linli.notify.events import DeliveriesQueued
from linli.notify.models import Delivery, Message
from linli.notify.types import TEMPLATES, About, Channel, MessageTemplate, To
from linli.runtime.services import limits
from linli.runtime.types import Rate

CODE = "notify.sign_in_code"
# a last wall behind the limits of sign-in itself: whoever asks, a number gets no more than this
CODES_TO_ONE = Rate(12, timedelta(hours=24), burst=6)
NOTHING = About()
OUTSIDE = (Channel.SMS, Channel.EMAIL)


@open_to_all("the service that has something to tell has required its own permit")
def send(
    template: str,
    to: To,
    context: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    urgent: bool = False,
    about: About = NOTHING,
) -> Message | None:
    """Tell somebody something; return the message in the inbox, if the recipient has one.

    What goes outside is decided when it goes: consent, hours, address, money.
    """
    sent = send_many(template, [(to, context)], actor=actor, now=now, urgent=urgent, about=about)
    return sent[0] if sent else None


@open_to_all("the service that has something to tell has required its own permit")
@transaction.atomic
def send_many(
    template: str,
    messages: Iterable[tuple[To, Mapping[str, Any]]],
    *,
    actor: Actor,
    now: datetime,
    urgent: bool = False,
    about: About = NOTHING,
) -> list[Message]:
    """Tell many people the same kind of thing, with one statement per table."""
    kind = TEMPLATES.get(template)
    assert kind is not None, f"no message is called {template}"
    inbox: list[Message] = []
    outside: list[tuple[Delivery, Message | None]] = []
    for to, context in messages:
        message = _inbox(kind, to, context, about, urgent, now)
        if message is not None:
            inbox.append(message)
        for channel in OUTSIDE:
            if channel in kind.texts and _may_reach(to, channel):
                outside.append((_outside(kind, channel, to, context, about, urgent, now), message))
    Message.objects.bulk_create(inbox)
    for delivery, message in outside:
        delivery.message = message
    _queue([delivery for delivery, _message in outside])
    return inbox


@open_to_all("access asks whether somebody may have a code; here only the number is guarded")
@transaction.atomic
def send_code(
    phone: str, code: str, *, language: str, now: datetime, actor: Actor = NOBODY
) -> None:
    """Send a one-time code to a number, at any hour. Refuses with TooManyCodes, Invalid."""
    if not rules.is_code(code):
        raise Invalid({"code": ["not a code"]})
    try:
        limits.take("notify.codes", phone, rate=CODES_TO_ONE, now=now)
    except TooMany as refusal:
        raise TooManyCodes(**refusal.details) from refusal
    kind = TEMPLATES.get(CODE)
    assert kind is not None
    to = To(phone=phone, language=language)
    _queue([_outside(kind, Channel.SMS, to, {"code": code}, NOTHING, urgent=True, now=now)])


def _may_reach(to: To, channel: Channel) -> bool:
    """A post is reached in the inbox alone; who holds it is told by her own settings."""
    if channel is Channel.EMAIL:
        return bool(to.email)
    return bool(to.phone or to.person_id or to.account_id)


def _words(
    kind: MessageTemplate, channel: Channel, to: To, context: Mapping[str, Any]
) -> tuple[str, str]:
    text = kind.texts[channel]
    with translation.override(to.language):
        subject = rules.filled(str(text.subject or kind.title), context)
        return subject[:200], rules.filled(str(text.body), context)


def _inbox(
    kind: MessageTemplate,
    to: To,
    context: Mapping[str, Any],
    about: About,
    urgent: bool,
    now: datetime,
) -> Message | None:
    if Channel.INBOX not in kind.texts or not (to.account_id or to.person_id or to.post_id):
        return None
    subject, body = _words(kind, Channel.INBOX, to, context)
    return Message(
        code=public_code(14), template=kind.key, purpose=kind.purpose, account_id=to.account_id,
        person_id=to.person_id, post_id=to.post_id, place=about.place, language=to.language,
        subject=subject, body=body, level=kind.level, is_urgent=urgent, created_at=now,
        link={"view": about.link.view, "args": list(about.link.args)} if about.link else None,
    )  # fmt: skip


def _outside(
    kind: MessageTemplate,
    channel: Channel,
    to: To,
    context: Mapping[str, Any],
    about: About,
    urgent: bool,
    now: datetime,
) -> Delivery:
    ref = public_code(20)
    subject, text = _words(kind, channel, to, context)
    address = to.phone if channel is Channel.SMS else to.email
    return Delivery(
        ref=ref, template=kind.key, purpose=kind.purpose, channel=channel, place=about.place,
        account_id=to.account_id, person_id=to.person_id, language=to.language,
        is_staff=to.is_staff, is_urgent=urgent, subject="" if channel is Channel.SMS else subject,
        address=sealed(address, "address", ref) if address else None,
        masked=rules.masked(channel, address) if address else "",
        text=sealed(text, "text", ref), due_at=now, created_at=now,
    )  # fmt: skip


def _queue(deliveries: list[Delivery]) -> None:
    Delivery.objects.bulk_create(deliveries)
    if deliveries:
        publish(DeliveriesQueued(tuple(delivery.pk for delivery in deliveries)))
