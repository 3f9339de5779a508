"""What notify brings to the desk: the inbox, and what could not be delivered."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry
from linli.notify import permits, queries


def unread(actor: Actor, on: date) -> int | None:
    """Return how many messages are unread, up to a hundred."""
    return queries.count_unread(actor) if actor.account_id is not None else None


INBOX = DeskEntry("notify.inbox", _("Messages"), "mail", "notify:inbox", (), 20, None, unread)
DELIVERIES = DeskEntry(
    "notify.deliveries",
    _("Text messages sent"),
    "send",
    "notify:deliveries",
    (permits.OVERSEE,),
    730,
)
