"""Hours of a window as an office wants them, looked at before they are set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.offerings.models import ServiceWindow
from linli.offerings.queries.hours import posts_at
from linli.offerings.rules.slots import faults_of
from linli.offerings.types.visits import Span, WeekPlan


def refuse_plan(window: ServiceWindow, plan: WeekPlan, now: datetime) -> None:
    """Refuse with Invalid hours that cannot be set: of past days, out of order, of posts that are not there."""
    if plan.since < localdate(now):
        raise Invalid({"since": [_("Hours of past days stay as they were.")]})
    _check(plan.spans)
    _check_posts(window, plan, localdate(now))


def _check(spans: Sequence[Span]) -> None:
    said = {
        "order": _("It ends before it begins."),
        "step": _("A visit takes 5 to 240 minutes and fits into the opening."),
        "kept": _("More times are kept than there are."),
        "overlap": _("Two openings of a weekday overlap."),
    }
    faults = faults_of(spans)
    if faults:
        raise Invalid({f"span-{number}": [said[what]] for number, what in faults})


def _check_posts(window: ServiceWindow, plan: WeekPlan, today: date) -> None:
    known = {int(pk) for pk, _title in posts_at(window.centre_id, today)} | {None}
    faults = {
        f"span-{number}": [_("Choose one of these.")]
        for number, one in enumerate(plan.spans)
        if one.post_id not in known
    }
    if faults:
        raise Invalid(faults)
