"""Sending: the inbox at once, SMS and e-mail by the worker, all in the transaction that causes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.errors import Invalid, TooMany
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.notify import queries, rules
from linli.notify.clients.envelopes import sealed
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
@transaction.atomic(savepoint=False)
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
    told = _in_their_languages(messages)
    by_email = _reached_by_email(kind, told)
    for to, context in told:
        message = _inbox(kind, to, context, about, urgent, now)
        if message is not None:
            inbox.append(message)
        for channel in OUTSIDE:
            if channel in kind.texts and _may_reach(to, channel, by_email):
                delivery, text = _outside(kind, channel, to, context, about, urgent, now)
                outside.append((_with_text(delivery, text, message), message))
    sql.insert(inbox)
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
    told = _outside(kind, Channel.SMS, to, {"code": code}, NOTHING, urgent=True, now=now)
    _queue([_with_text(*told)])


@open_to_all("whoever gives an address has it confirmed; services.addresses limits how often")
@transaction.atomic
def send_email_code(address: str, code: str, *, language: str, actor: Actor, now: datetime) -> None:
    """Send the code that confirms an e-mail address, at any hour."""
    kind = TEMPLATES.get(EMAIL_CODE)
    assert kind is not None
    to = To(email=address, language=language)
    told = _outside(kind, Channel.EMAIL, to, {"code": code}, NOTHING, urgent=True, now=now)
    _queue([_with_text(*told)])


def _in_their_languages(
    messages: Iterable[tuple[To, Mapping[str, Any]]],
) -> list[tuple[To, Mapping[str, Any]]]:
    """Return the messages with the language of each receiver, in one read for all."""
    told = list(messages)
    open_ones = [to for to, _context in told if not to.language]
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
    if Channel.EMAIL not in kind.texts or not queries.is_mail_offered():
        return set()
    accounts = {to.account_id for to, _context in told if to.account_id}
    persons = {to.person_id for to, _context in told if to.person_id}
    return queries.reached_by_email(accounts, persons)


def _may_reach(to: To, channel: Channel, by_email: set[tuple[str, int]]) -> bool:
    """A post is reached in the inbox alone; who holds it is told by her own settings."""
    if channel is Channel.EMAIL:
        own = {("account", to.account_id or 0), ("person", to.person_id or 0)}
        return bool(to.email) or not own.isdisjoint(by_email)
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
) -> tuple[Delivery, str]:
    """Return what goes out, still without its text, and the text."""
    ref = public_code(20)
    subject, text = _words(kind, channel, to, context)
    if channel is Channel.SMS:
        text = rules.with_page(text, queries.page_for_phone(about.link))
    address = to.phone if channel is Channel.SMS else to.email
    delivery = Delivery(
        ref=ref, template=kind.key, purpose=kind.purpose, channel=channel, place=about.place,
        account_id=to.account_id, person_id=to.person_id, language=to.language,
        is_staff=to.is_staff, is_urgent=urgent, subject="" if channel is Channel.SMS else subject,
        address=sealed(address, "address", ref) if address else None,
        masked=rules.masked(channel, address) if address else "",
        due_at=now, created_at=now,
    )  # fmt: skip
    return delivery, text


def _with_text(delivery: Delivery, text: str, message: Message | None = None) -> Delivery:
    """Seal the text of what goes out, an e-mail with the way to its message in the inbox."""
    if delivery.channel == Channel.EMAIL and message is not None:
        text = _with_way_in(text, message)
    delivery.text = sealed(text, "text", delivery.ref)
    return delivery


def _with_way_in(text: str, message: Message) -> str:
    """Put the address of the message in the inbox, and of the settings, below an e-mail."""
    with translation.override(message.language):
        lines = [
            text,
            "",
            settings.LINLI_PUBLIC_URL + reverse("notify:message", args=[message.code]),
            "",
            _("You chose to get this by e-mail. Change it here:"),
            settings.LINLI_PUBLIC_URL + reverse("notify:choices"),
        ]
    return "\n".join(lines)


def _queue(deliveries: list[Delivery]) -> None:
    # the job goes right behind them
    sql.insert_later(deliveries, waits=True)
    for is_urgent in (True, False):
        found = tuple(one.pk for one in deliveries if one.is_urgent is is_urgent)
        if found:
            publish(DeliveriesQueued(found, is_urgent))
