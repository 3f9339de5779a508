"""What notify keeps about a person: messages, consents, how she is written to."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from linli.kernel.own_data import Gathered, Herself
from linli.kernel.permits import Actor, open_to_all
from linli.notify.models import ChannelChoice, EmailAddress, Message, MessageConsent
from linli.notify.queries import email_of

HERS = (
    "everybody may have a copy of their own data; people asks who they are, and records the reading"
)


def _mine(herself: Herself) -> Q:
    return Q(account_id=herself.account_id or 0) | Q(person_id__in=herself.person_ids)


@open_to_all(HERS)
def messages(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she was told in her inbox."""
    names = ("purpose", "subject", "body", "created_at", "read_at")
    return list(Message.objects.filter(_mine(herself)).order_by("-pk").values(*names))


@open_to_all(HERS)
def consents(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return to which messages she agreed, in which version of the words."""
    names = ("purpose", "version", "given_at", "withdrawn_at")
    return list(MessageConsent.objects.filter(_mine(herself)).order_by("-pk").values(*names))


@open_to_all(HERS)
def ways(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return her e-mail address in full, and by which ways she wants messages or not."""
    names = ("purpose", "channel", "is_wanted", "chosen_at")
    chosen = list(ChannelChoice.objects.filter(_mine(herself)).order_by("-pk").values(*names))
    mails = EmailAddress.objects.filter(_mine(herself), confirmed_at__isnull=False)
    return [{"email": email_of(one.account_id, None)} for one in mails] + chosen
