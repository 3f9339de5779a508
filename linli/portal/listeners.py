"""What the portal does when other apps tell something: it queues a job."""

from __future__ import annotations

from linli.portal import tasks
from linli.rulebook.events import CalendarLoaded


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Due days beyond the published years were provisional."""
    tasks.recount_due.defer()
