"""Reading a file as a plan, without keeping anything."""

from __future__ import annotations

from linli.plan.errors import PlanUnreadable
from linli.plan.reading import UnreadableText, decode, read_plan
from linli.plan.reading.shape import PlanRead
from linli.plan.rules.contents import suggested


def contents_of(data: bytes) -> dict[str, str]:
    """Return title, number and the six contents that a town's text shows. Refuses as read_text."""
    read = read_text(data)
    return {
        "title": read.title,
        "document_number": read.document_number,
        **suggested(read),
    }


def read_text(data: bytes) -> PlanRead:
    """Return what a file says as a plan. Refuses with PlanUnreadable."""
    try:
        read = read_plan(decode(data))
    except UnreadableText as fault:
        raise PlanUnreadable(fault.code) from fault
    if not read.tasks:
        raise PlanUnreadable("no_task")
    return read
