"""What has run out is forgotten: sessions, codes, kept forms, mornings at the counter, resets."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.db import transaction

from linli.access import rules
from linli.access.models import (
    CounterPresence,
    KeptForm,
    OneTimeLink,
    ResetRequest,
    SignIn,
    SignInCode,
)
from linli.access.states import OPEN_RESETS, ResetState
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all

LINKS_KEPT = timedelta(days=90)
AHEAD = timedelta(minutes=10)


@open_to_all("the purge job alone calls it; a request is refused")
@transaction.atomic
def forget_old(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Delete what has run out, by table, and return how many rows went.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    old = now - rules.ENDED_KEPT
    ResetRequest.objects.filter(state__in=OPEN_RESETS, ends_at__lte=now).update(
        state=ResetState.LAPSED
    )
    # failed tries of a clock that ran ahead would lock people out until that time came
    AccessAttempt.objects.filter(attempt_time__gt=now + AHEAD).delete()
    return {
        "sessions": SignIn.objects.filter(expires_at__lt=old).delete()[0]
        + SignIn.objects.filter(ended_at__lt=old).delete()[0],
        "codes": SignInCode.objects.filter(ends_at__lt=old).delete()[0],
        "forms": KeptForm.objects.filter(ends_at__lte=now).delete()[0],
        "mornings": CounterPresence.objects.filter(ends_at__lte=now).delete()[0],
        "links": OneTimeLink.objects.filter(ends_at__lt=now - LINKS_KEPT).delete()[0],
    }
