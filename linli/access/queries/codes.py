"""Codes by which residents sign in: those that were sent and may still open something."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from linli.access import rules
from linli.access.models import SignInCode
from linli.access.secrets import index_of_phone


def live_codes(phone: str, now: datetime) -> QuerySet[SignInCode]:
    """Return the codes sent to a number that were neither used nor have run out, the newest first."""
    mine = SignInCode.objects.filter(phone_index=index_of_phone(phone), used_at__isnull=True)
    return mine.filter(ends_at__gt=now).order_by("-made_at")


def is_used_up(phone: str, now: datetime) -> bool:
    """Say whether the code sent last was tried so often that it opens nothing any more."""
    row = live_codes(phone, now).first()
    return row is not None and row.tries >= rules.CODE_TRIES
