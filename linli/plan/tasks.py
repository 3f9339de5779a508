"""Jobs of plan."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor
from linli.plan import queries, services


@periodic("20 3 * * *")
@job("plan.measure", queueing_lock="plan.measure")
def measure(timestamp: int = 0) -> None:
    """Ask every indicator once a night."""
    now = timezone.now()
    services.measure_all(timezone.localdate(now), actor=system_actor("plan.measure"), now=now)


@periodic("40 3 * * *")
@job("plan.link_departments", queueing_lock="plan.link_departments")
def link_departments(timestamp: int = 0) -> None:
    """Renew what the departments of plans are called today."""
    actor, now = system_actor("plan.link_departments"), timezone.now()
    for document in queries.documents():
        services.link_departments(document, actor=actor, now=now)


@job("plan.follow_places", lock="plan.follow_places", retry=3)
def follow_places() -> None:
    """Bring heads to where their places are now."""
    services.follow_places(actor=system_actor("plan.follow_places"), now=timezone.now())
