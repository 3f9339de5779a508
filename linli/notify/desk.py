"""What notify brings to desk and home: the inbox, unread messages, what could not be delivered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry, HomeItem, HomeSlot
from linli.notify import permits, queries
from linli.ui import formats


def unread(actor: Actor, on: date) -> int | None:
    """Return how many messages are unread, up to a hundred."""
    return queries.count_unread(actor) if actor.account_id is not None else None


def newest_unread(place: None, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what came and was not read yet, the newest first."""
    return [
        HomeItem(
            message.subject,
            reverse("notify:message", args=[message.code]),
            formats.moment(message.created_at),
        )
        for message in queries.list_messages(actor, is_unread=True, limit=limit).items
    ]


MINE = HomeSlot(
    "notify.unread", "me", _("Unread messages"), newest_unread, 10, more_url_name="notify:inbox"
)
INBOX = DeskEntry(
    "notify.inbox", _("Messages"), "mail", "notify:inbox", (), 20, None, unread, group="mine"
)
DELIVERIES = DeskEntry(
    "notify.deliveries",
    _("Text messages sent"),
    "send",
    "notify:deliveries",
    (permits.OVERSEE,),
    730,
)
