"""One account goes on with what another one of the same person had."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.permits import Actor, open_to_all
from linli.notify.models import ChannelChoice, EmailAddress, Message, MessageConsent


@open_to_all("access has required its own permit to say whose the two accounts are")
@transaction.atomic
def take_over_account(gone_id: int, kept_id: int, *, actor: Actor, now: datetime) -> None:
    """Bring messages, consents and choices of an account to another one of the same person.

    Where both decided, the one that stays decides. An e-mail address goes: it is sealed for its account.
    """
    Message.objects.filter(account_id=gone_id).update(account_id=kept_id)
    open_ones = MessageConsent.objects.filter(withdrawn_at__isnull=True)
    has = open_ones.filter(account_id=kept_id).values("purpose")
    hers = open_ones.filter(account_id=gone_id)
    hers.filter(purpose__in=has).update(withdrawn_at=now)
    hers.update(account_id=kept_id)
    chosen = set(ChannelChoice.objects.filter(account_id=kept_id).values_list("purpose", "channel"))
    for row in ChannelChoice.objects.filter(account_id=gone_id):
        if (row.purpose, row.channel) not in chosen:
            ChannelChoice.objects.filter(pk=row.pk).update(account_id=kept_id)
    ChannelChoice.objects.filter(account_id=gone_id).delete()
    EmailAddress.objects.filter(account_id=gone_id).delete()
