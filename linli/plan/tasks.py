"""Jobs of plan."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import NIGHT
from linli.kernel.permits import system_actor
from linli.plan import queries, services
from linli.plan.services import telling


@periodic("20 3 * * *")
@job("plan.measure", queue=NIGHT, queueing_lock="plan.measure")
def measure(timestamp: int = 0) -> None:
    """Ask every indicator once a night."""
    now = timezone.now()
    services.measure_all(timezone.localdate(now), actor=system_actor("plan.measure"), now=now)


@periodic("40 3 * * *")
@job("plan.link_departments", queue=NIGHT, queueing_lock="plan.link_departments")
def link_departments(timestamp: int = 0) -> None:
    """Renew what the departments of plans are called today."""
    actor, now = system_actor("plan.link_departments"), timezone.now()
    for document in queries.documents():
        services.link_departments(document, actor=actor, now=now)


@job("plan.follow_places", lock="plan.follow_places", retry=3)
def follow_places() -> None:
    """Bring heads to where their places are now."""
    services.follow_places(actor=system_actor("plan.follow_places"), now=timezone.now())


TELLER = system_actor("plan.tell")


@job("plan.tell_called")
def tell_called(call_id: int) -> None:
    """Tell the towns what was asked of them."""
    telling.tell_called(call_id, actor=TELLER, now=timezone.now())


@job("plan.tell_town_plan")
def tell_town_plan(plan_id: int, is_returned: bool) -> None:
    """Tell a town what became of its plan."""
    telling.tell_town_plan(plan_id, is_returned=is_returned, actor=TELLER, now=timezone.now())


@job("plan.tell_report")
def tell_report(report_id: int, is_returned: bool) -> None:
    """Tell a town what became of its report."""
    telling.tell_report(report_id, is_returned=is_returned, actor=TELLER, now=timezone.now())


@job("plan.tell_visit")
def tell_visit(visit_id: int, path: str) -> None:
    """Tell a place that a visit expects its answer."""
    telling.tell_visit(visit_id, path, actor=TELLER, now=timezone.now())
