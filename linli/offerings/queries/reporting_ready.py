"""Whether a report may go out: its last day, what is asked of whom, and the villages it goes to."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.offerings.errors import NothingToAsk
from linli.offerings.models import ReportingColumn, ReportingTask
from linli.offerings.queries import reporting
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_binding import Fills


def ready(task: ReportingTask, *, now: datetime) -> tuple[list[ReportingColumn], list[str]]:
    """Return the columns of a report that may go out and the villages it goes to.

    Refuses with HeldAlready, NothingToAsk, Invalid for a last day that is over, and where villages are asked
    what a register likely holds without a word why.
    """
    if task.due_on < localdate(now):
        raise Invalid({"due_on": [_("Name the last day, today or later.")]})
    columns = reporting.bound_columns(task)
    bindings = reporting.as_bound(columns)
    values.refuse_held(bindings, task.list_key)
    values.refuse_unexplained(bindings)
    villages = [path for path, _code, _names in values.villages_of(task.path)]
    if not villages or not any(one.fills in (Fills.REGISTER, Fills.VILLAGE) for one in columns):
        raise NothingToAsk()
    return columns, villages
