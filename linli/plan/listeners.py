"""What plan does when places change: it queues the job that brings its heads along."""

from __future__ import annotations

from linli.places.events import PathsChanged
from linli.plan import tasks
from linli.plan.events import (
    ReportChecked,
    TownPlanAccepted,
    TownPlanReturned,
    TownsCalled,
    VisitRecorded,
)


def on_paths_changed(event: PathsChanged) -> None:
    """Queue the following of heads."""
    tasks.follow_places.defer()


def on_towns_called(event: TownsCalled) -> None:
    """Tell the towns what was asked of them."""
    tasks.tell_called.defer(call_id=event.call_id)


def on_town_plan_returned(event: TownPlanReturned) -> None:
    """Tell the town what its plan lacks."""
    tasks.tell_town_plan.defer(plan_id=event.town_plan_id, is_returned=True)


def on_town_plan_accepted(event: TownPlanAccepted) -> None:
    """Tell the town that its plan is complete."""
    tasks.tell_town_plan.defer(plan_id=event.town_plan_id, is_returned=False)


def on_report_checked(event: ReportChecked) -> None:
    """Tell the town what became of its report."""
    tasks.tell_report.defer(report_id=event.report_id, is_returned=event.is_returned)


def on_visit_recorded(event: VisitRecorded) -> None:
    """Tell the place that its answer is expected."""
    tasks.tell_visit.defer(visit_id=event.visit_id, path=event.path)
