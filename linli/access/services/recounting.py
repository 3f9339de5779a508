"""Due days of requests about personal data, counted anew when working days are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import DataRequest
from linli.access.queries.due import due_again
from linli.access.states import OPEN_REQUESTS
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("follows a new calendar, whose own service asked for the permit")
@transaction.atomic
def recount_due(years: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Count the due days of open requests anew that fell into years published only now.

    Returns how many moved. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = DataRequest.objects.select_for_update().filter(
        state__in=OPEN_REQUESTS, due_on__year__in=years
    )
    return sum(_recount(request, actor, now) for request in found.order_by("pk"))


def _recount(request: DataRequest, actor: Actor, now: datetime) -> bool:
    due, before = due_again(localdate(request.received_at), request.due_by_rule), request.due_on
    if due == before:
        return False
    request.due_on = due
    request.save(update_fields=["due_on"])
    record(
        "access.due_recounted", on=request, actor=actor, now=now, place=request.path,
        person_id=request.person_id, before=before.isoformat(), after=due.isoformat(),
    )  # fmt: skip
    return True
