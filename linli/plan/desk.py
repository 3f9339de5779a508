"""What plan brings to the desk: what waits to be filed, answered or checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import (
    DESK,
    PATH_COLUMNS,
    TABLE_GRANTS,
    DeskEntry,
    DeskItem,
    PathColumn,
    TableGrant,
)
from linli.plan import permits, queries
from linli.plan.states import FilingState, VisitState


def due_work(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Visits to answer, plans and reports to check or to file again; late first."""
    found = [*_visits(actor, limit), *_plans(actor, limit), *_reports(actor, limit)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or on))[:limit]


def _visits(actor: Actor, limit: int) -> list[DeskItem]:
    rows = queries.visible_visits(actor).exclude(state=VisitState.CLOSED).order_by("due_on")[:limit]
    out = []
    for row in rows:
        is_open = row.state == VisitState.OPEN
        permit = permits.FILE if is_open else permits.SUPERVISE
        if actor.may(permit, at=row.path):
            step = _("Answer") if is_open else _("Close")
            url = reverse("plan:visit", args=[row.pk])
            title = row.findings[:40]
            out.append(DeskItem(title, url, row.due_on, _("Supervision visit"), step))
    return out


def _plans(actor: Actor, limit: int) -> list[DeskItem]:
    rows = queries.visible_town_plans(actor).exclude(state=FilingState.ACCEPTED)
    out = []
    for row in rows.order_by("due_on", "pk")[:limit]:
        is_filed = row.state == FilingState.FILED
        if actor.may(permits.CHECK if is_filed else permits.FILE, at=row.path):
            step = _("Check") if is_filed else _("File again")
            url = reverse("plan:filing", args=[row.pk])
            out.append(DeskItem(row.title, url, row.due_on, _("Town plan"), step))
    return out


def _reports(actor: Actor, limit: int) -> list[DeskItem]:
    rows = queries.visible_reports(actor).exclude(state=FilingState.ACCEPTED)
    out = []
    for row in rows.select_related("task").order_by("pk")[:limit]:
        is_filed = row.state == FilingState.FILED
        if actor.may(permits.CHECK if is_filed else permits.FILE, at=row.path):
            step = _("Check") if is_filed else _("File again")
            url = reverse("plan:report", args=[row.pk])
            title = _("Task %(number)s: %(name)s") % {
                "number": row.task.number, "name": row.task.name,
            }  # fmt: skip
            out.append(DeskItem(title, url, None, _("Report on a task"), step))
    return out


def register() -> None:
    """Add the desk's entry and the rights on our tables."""
    DESK.add(
        DeskEntry(
            "plan", gettext_lazy("Plan"), "list-check", "plan:board",
            (permits.VIEW, permits.FILE, permits.CHECK, permits.SUPERVISE), order=400,
            items=due_work,
        )
    )  # fmt: skip
    TABLE_GRANTS.add(TableGrant("plan_correction", append_only=True))
    for table in ("plandocument", "call", "indicatorvalue"):
        PATH_COLUMNS.add(PathColumn(f"plan_{table}.path", merges=False))
    for table in ("plan_pilot_tasks", "plan_practice_tasks", "plan_visit_tasks"):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
