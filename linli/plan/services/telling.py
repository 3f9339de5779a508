"""Telling towns what the city asked of them and what became of what they filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.access.queries.rights import posts_that_may
from linli.kernel.permits import Actor, Permit, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.places import queries as places
from linli.plan import permits, queries
from linli.plan.models import Call, Report, TownPlan
from linli.plan.types import CallKind
from linli.ui.formats import day

CALL_WORDS = {
    CallKind.TOWN_PLAN: _("the town's own plan"),
    CallKind.REPORT: _("reports on its tasks"),
}
BY_JOB = "called by the job that follows the act, which required its own permit"


@open_to_all(BY_JOB)
@transaction.atomic
def tell_called(call_id: int, *, actor: Actor, now: datetime) -> int:
    """Tell every town that a call asks what is asked until when; return how many posts were told."""
    call = Call.objects.get(pk=call_id)
    towns = places.places_of_level("town", with_invented=True)
    paths = [town.path for town in towns if queries.is_asked(call.path, town)]
    values = {
        "what": CALL_WORDS[CallKind(call.kind)], "basis": call.basis,
        "day": day(call.due_on) if call.due_on else "—",
    }  # fmt: skip
    link = Link("plan:filings" if call.kind == CallKind.TOWN_PLAN else "plan:reports")
    return _tell("plan.called", permits.FILE, paths, values, link=link, actor=actor, now=now)


@open_to_all(BY_JOB)
def tell_town_plan(plan_id: int, *, is_returned: bool, actor: Actor, now: datetime) -> int:
    """Tell a town whether its plan was accepted."""
    filed = TownPlan.objects.get(pk=plan_id)
    template = "plan.town_plan_returned" if is_returned else "plan.town_plan_accepted"
    return _tell(
        template, permits.FILE, [filed.path], {"title": filed.title},
        link=Link("plan:filing", (filed.pk,)), actor=actor, now=now,
    )  # fmt: skip


@open_to_all(BY_JOB)
def tell_report(report_id: int, *, is_returned: bool, actor: Actor, now: datetime) -> int:
    """Tell a town whether its report was accepted."""
    report = Report.objects.select_related("task").get(pk=report_id)
    return _tell(
        "plan.report_returned" if is_returned else "plan.report_accepted",
        permits.FILE, [report.path], {"number": report.task.number, "reason": report.reason},
        link=Link("plan:report", (report.pk,)), actor=actor, now=now,
    )  # fmt: skip


@open_to_all(BY_JOB)
def tell_visit(visit_id: int, path: str, *, actor: Actor, now: datetime) -> int:
    """Tell a place that a visit expects its answer."""
    return _tell(
        "plan.visit_recorded", permits.FILE, [path], {}, link=Link("plan:visit", (visit_id,)),
        actor=actor, now=now,
    )  # fmt: skip


def _tell(
    template: str, permit: Permit, paths: Iterable[str], values: Mapping[str, Any], *,
    link: Link, actor: Actor, now: datetime,
) -> int:  # fmt: skip
    """Tell the posts that hold a permit at each place."""
    told = 0
    for path, posts in posts_that_may(permit, paths, now=now).items():
        notify.send_many(
            template, [(To(post_id=post, is_staff=True), values) for post in posts],
            actor=actor, now=now, about=About(path, link),
        )  # fmt: skip
        told += len(posts)
    return told
