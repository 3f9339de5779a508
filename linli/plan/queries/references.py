"""How much of plan hangs on a place or an organisation: what a merge or closing previews."""

from __future__ import annotations

from linli.plan.models import (
    FundingLine,
    Pilot,
    Practice,
    Report,
    TaskDepartment,
    TownPlan,
    Visit,
)


def work_at(place_id: int) -> int:
    """Count pilots, cards, visits and funding lines at a place."""
    tables = (Pilot, Practice, Visit, FundingLine)
    return sum(table.objects.filter(place_id=place_id).count() for table in tables)


def filings_at(place_id: int) -> int:
    """Count what a town filed: it stays on record under the town that filed it."""
    return sum(t.objects.filter(place_id=place_id).count() for t in (TownPlan, Report))


def tasks_with(organisation_id: int) -> int:
    """Count the tasks of current plans that name an organisation."""
    found = TaskDepartment.objects.filter(
        organisation_id=organisation_id, is_current=True, task__document__is_current=True
    )
    return found.values("task_id").distinct().count()


def visits_by(organisation_id: int) -> int:
    """Count the supervision visits that an organisation led."""
    return Visit.objects.filter(organisation_id=organisation_id).count()
