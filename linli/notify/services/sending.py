"""Sending: the inbox at once, SMS and e-mail by the worker, all in the transaction that causes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from linli.kernel import sql
from linli.kernel.errors import Invalid, TooMany
from linli.kernel.events import publish
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.notify import queries, rules
from linli.notify.clients.letters import as_delivery, as_message, with_text
from linli.notify.errors import TooManyCodes
from linli.notify.events import DeliveriesQueued
from linli.notify.models import Delivery, Message
from linli.notify.types import (
    LANGUAGES_OF,
    TEMPLATES,
    USUAL_LANGUAGE,
    About,
    Channel,
    MessageTemplate,
    To,
)
from linli.runtime.services import limits
from linli.runtime.types import Rate

CODE, EMAIL_CODE = "notify.sign_in_code", "notify.email_code"
# a last wall behind the limits of sign-in itself: whoever asks, a number gets no more than this
CODES_TO_ONE = Rate(12, timedelta(hours=24), burst=6)
NOTHING = About()
OUTSIDE = (Channel.SMS, Channel.EMAIL)
IDS = "notify_delivery_id_seq"


@dataclass(frozen=True, slots=True)
class Announced:
    """What somebody will be told in this transaction, and the id of its text message, whose job is queued."""

    template: str
    to: To
    delivery_id: int | None


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
    sent = _send_all(template, [(to, context)], now, urgent, about)
    return sent[0] if sent else None


@open_to_all("the service that has something to tell has required its own permit")
def announce(template: str, to: To, *, actor: Actor, now: datetime) -> Announced:
    """Queue the job of what `send_announced` will write in this transaction.

    For whoever knows early that somebody is told something, and late what: till then the server has
    little to do.
    """
    kind = TEMPLATES.get(template)
    assert kind is not None, f"no message is called {template}"
    if Channel.SMS not in kind.texts or not _may_reach(to, Channel.SMS, set()):
        return Announced(template, to, None)
    delivery_id = sql.next_id(IDS)
    publish(DeliveriesQueued((delivery_id,), is_urgent=False))
    return Announced(template, to, delivery_id)


@open_to_all("the service that has something to tell has required its own permit")
def send_announced(
    announced: Announced,
    context: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    about: About = NOTHING,
) -> Message | None:
    """Tell what was announced, as `send` does."""
    told = [(announced.to, context)]
    sent = _send_all(announced.template, told, now, False, about, announced.delivery_id)
    return sent[0] if sent else None


@open_to_all("the service that has something to tell has required its own permit")
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
    return _send_all(template, messages, now, urgent, about)


@transaction.atomic(savepoint=False)
def _send_all(
    template: str,
    messages: Iterable[tuple[To, Mapping[str, Any]]],
    now: datetime,
    urgent: bool,
    about: About,
    announced: int | None = None,
) -> list[Message]:
    """As `send_many`; the text message of one alone may be `announced`, by its id."""
    kind = TEMPLATES.get(template)
    assert kind is not None, f"no message is called {template}"
    inbox: list[Message] = []
    outside: list[tuple[Delivery, Message | None]] = []
    told = _in_their_languages(messages)
    by_email = _reached_by_email(kind, told)
    for to, context in told:
        message = as_message(kind, to, context, about, urgent, now)
        if message is not None:
            inbox.append(message)
        for channel in OUTSIDE:
            if channel in kind.texts and _may_reach(to, channel, by_email):
                delivery, text = as_delivery(kind, channel, to, context, about, urgent, now)
                outside.append((with_text(delivery, text, message), message))
    sql.insert(inbox)
    for delivery, message in outside:
        delivery.message_id = None if message is None else message.pk
        if announced is not None and delivery.channel == Channel.SMS:
            delivery.pk = announced
    _queue([delivery for delivery, _message in outside], announced)
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
    told = as_delivery(kind, Channel.SMS, to, {"code": code}, NOTHING, urgent=True, now=now)
    _queue([with_text(*told)])


@open_to_all("whoever gives an address has it confirmed; services.addresses limits how often")
@transaction.atomic
def send_email_code(address: str, code: str, *, language: str, actor: Actor, now: datetime) -> None:
    """Send the code that confirms an e-mail address, at any hour."""
    kind = TEMPLATES.get(EMAIL_CODE)
    assert kind is not None
    to = To(email=address, language=language)
    told = as_delivery(kind, Channel.EMAIL, to, {"code": code}, NOTHING, urgent=True, now=now)
    _queue([with_text(*told)])


def _in_their_languages(
    messages: Iterable[tuple[To, Mapping[str, Any]]],
) -> list[tuple[To, Mapping[str, Any]]]:
    """Return the messages with the language of each receiver, in one read for all."""
    told = list(messages)
    open_ones = [to for to, _context in told if not to.language]
    if not open_ones:
        return told
    accounts = {to.account_id for to in open_ones if to.account_id}
    persons = {to.person_id for to in open_ones if to.person_id}
    known = LANGUAGES_OF.call(accounts, persons) if accounts or persons else {}

    def meant(to: To) -> To:
        own = known.get(("account", to.account_id or 0)) or known.get(("person", to.person_id or 0))
        return to if to.language else replace(to, language=own or USUAL_LANGUAGE)

    return [(meant(to), context) for to, context in told]


def _reached_by_email(
    kind: MessageTemplate, told: list[tuple[To, Mapping[str, Any]]]
) -> set[tuple[str, int]]:
    """Return who has a confirmed address, in one read for all."""
    accounts = {to.account_id for to, _context in told if to.account_id}
    persons = {to.person_id for to, _context in told if to.person_id}
    is_asked = bool(accounts or persons) and Channel.EMAIL in kind.texts
    return (
        queries.reached_by_email(accounts, persons)
        if is_asked and queries.is_mail_offered()
        else set()
    )


def _may_reach(to: To, channel: Channel, by_email: set[tuple[str, int]]) -> bool:
    """A post is reached in the inbox alone; who holds it is told by her own settings."""
    if channel is Channel.EMAIL:
        own = {("account", to.account_id or 0), ("person", to.person_id or 0)}
        return bool(to.email) or not own.isdisjoint(by_email)
    return bool(to.phone or to.person_id or to.account_id)


def _queue(deliveries: list[Delivery], announced: int | None = None) -> None:
    # the job goes right behind them, unless it is there
    sql.insert_later(deliveries, waits=announced is None)
    for is_urgent in (True, False):
        found = tuple(
            one.pk for one in deliveries if one.is_urgent is is_urgent and one.pk != announced
        )
        if found:
            publish(DeliveriesQueued(found, is_urgent))
