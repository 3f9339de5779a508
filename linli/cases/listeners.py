"""Reactions of cases to events: each only defers a job."""

from __future__ import annotations

from linli.cases import tasks
from linli.places.events import PathsChanged
from linli.rulebook.events import CalendarLoaded


def on_paths_changed(event: PathsChanged) -> None:
    """Heads carry the ids of their town and village."""
    tasks.follow_places.defer(path=event.new_path)


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Terms in working days run by the calendar that was told."""
    tasks.recount.defer(years=list(event.years))
