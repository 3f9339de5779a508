"""What somebody is told, as rows that are not written yet: the message in the inbox, and what goes outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.ids import public_code
from linli.kernel.languages import told_in
from linli.notify import queries, rules
from linli.notify.clients.envelopes import sealed
from linli.notify.models import Delivery, Message
from linli.notify.types import About, Channel, MessageTemplate, To


@cache
def _unsaid() -> dict[str, Any]:
    """Return what a new row holds unless it is said; asked of each field once, which takes longer than all the rest."""
    return {field.attname: field.get_default() for field in Delivery._meta.concrete_fields}


def _words(
    kind: MessageTemplate, channel: Channel, to: To, context: Mapping[str, Any]
) -> tuple[str, str]:
    text = kind.texts[channel]
    with told_in(to.language):
        subject = rules.filled(str(text.subject or kind.title), context)
        return subject[:200], rules.filled(str(text.body), context)


def as_message(
    kind: MessageTemplate,
    to: To,
    context: Mapping[str, Any],
    about: About,
    urgent: bool,
    now: datetime,
) -> Message | None:
    """Return what lies in the inbox, not written yet; None where there is no inbox for it."""
    if Channel.INBOX not in kind.texts or not (to.account_id or to.person_id or to.post_id):
        return None
    subject, body = _words(kind, Channel.INBOX, to, context)
    return Message(
        code=public_code(14), template=kind.key, purpose=kind.purpose, account_id=to.account_id,
        person_id=to.person_id, post_id=to.post_id, place=about.place, language=to.language,
        subject=subject, body=body, level=kind.level, is_urgent=urgent, created_at=now,
        link={"view": about.link.view, "args": list(about.link.args)} if about.link else None,
    )  # fmt: skip


def as_delivery(
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
    said = dict(
        ref=ref, template=kind.key, purpose=kind.purpose, channel=channel, place=about.place,
        account_id=to.account_id, person_id=to.person_id, language=to.language,
        is_staff=to.is_staff, is_urgent=urgent, subject="" if channel is Channel.SMS else subject,
        address=sealed(address, "address", ref) if address else None,
        masked=rules.masked(channel, address) if address else "",
        due_at=now, created_at=now,
    )  # fmt: skip
    return Delivery(**{**_unsaid(), **said}), text


def with_text(delivery: Delivery, text: str, message: Message | None = None) -> Delivery:
    """Seal the text of what goes out, an e-mail with the way to its message in the inbox."""
    if delivery.channel == Channel.EMAIL and message is not None:
        text = _with_way_in(text, message)
    delivery.text = sealed(text, "text", delivery.ref)
    return delivery


def _with_way_in(text: str, message: Message) -> str:
    """Put the address of the message in the inbox, and of the settings, below an e-mail."""
    with told_in(message.language):
        lines = [
            text,
            "",
            settings.LINLI_PUBLIC_URL + reverse("notify:message", args=[message.code]),
            "",
            _("You chose to get this by e-mail. Change it here:"),
            settings.LINLI_PUBLIC_URL + reverse("notify:choices"),
        ]
    return "\n".join(lines)
