"""What notices does when something happened: it queues a job."""

from __future__ import annotations

from linli.notices import tasks
from linli.notices.events import PostingPublished, PostingWithdrawn
from linli.rulebook.events import CalendarLoaded


def on_posting_published(event: PostingPublished) -> None:
    """What is public goes into the log."""
    tasks.log_version.defer(posting_id=event.posting_id, number=event.version)


def on_posting_withdrawn(event: PostingWithdrawn) -> None:
    """What was printed of it is not valid any more."""
    tasks.withdraw_papers.defer(posting_id=event.posting_id)


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Last days beyond the published years were provisional."""
    tasks.recount_ends.defer()
