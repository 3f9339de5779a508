"""What has run out is forgotten: sessions, codes, kept forms, mornings at the counter, resets."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.db import transaction

from linli.access.models import ResetRequest
from linli.access.states import OPEN_RESETS, ResetState
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.registries import RETENTION

AHEAD = timedelta(minutes=10)
# entries that do not wait for the night
OFTEN = ("sessions", "codes", "forms", "mornings", "links")
A_STEP = 2000


@open_to_all("the purge job alone calls it; a request is refused")
@transaction.atomic
def forget_old(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Delete what has run out, by table, and return how many rows went.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    ResetRequest.objects.filter(state__in=OPEN_RESETS, ends_at__lte=now).update(
        state=ResetState.LAPSED
    )
    # failed tries of a clock that ran ahead would lock people out until that time came
    AccessAttempt.objects.filter(attempt_time__gt=now + AHEAD).delete()
    return {name: _let_go(f"access.{name}", now) for name in OFTEN}


def _let_go(key: str, now: datetime) -> int:
    """Let go what an entry of the retention declares: how long a thing is kept is said there alone."""
    entry = RETENTION.get(key)
    assert entry is not None, f"nothing is kept as {key}"
    total = 0
    while gone := entry.going.step(now, A_STEP):
        total += gone
    return total
