"""Reading messages. Nobody counts who reads what, or when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.permits import Actor, open_to_all
from linli.notify import queries
from linli.notify.models import Message

MOST = 5000


@open_to_all("queries.get_message gives a message only to its recipient")
def mark_read(message: Message, *, actor: Actor, now: datetime) -> Message:
    """Remember that a message was opened, so that it does not stand out any more."""
    if message.read_at is None:
        Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=now)
        message.read_at = now
    return message


@open_to_all("only the actor's own messages are found")
@transaction.atomic
def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Mark the actor's messages as read, and return how many."""
    unread = queries.visible_messages(actor).filter(read_at__isnull=True)
    ids = list(unread.order_by("id").values_list("id", flat=True)[:MOST])
    return Message.objects.filter(pk__in=ids).update(read_at=now)
