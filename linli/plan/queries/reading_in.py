"""Reading a file as a plan, without keeping anything."""

from __future__ import annotations

from linli.plan.errors import PlanUnreadable
from linli.plan.reading import UnreadableText, decode, read_plan
from linli.plan.reading.shape import PlanRead


def read_text(data: bytes) -> PlanRead:
    """Return what a file says as a plan. Refuses with PlanUnreadable."""
    try:
        read = read_plan(decode(data))
    except UnreadableText as fault:
        raise PlanUnreadable(fault.code) from fault
    if not read.tasks:
        raise PlanUnreadable("no_task")
    return read
