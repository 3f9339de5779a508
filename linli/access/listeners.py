"""What access does when places or the calendar change: it queues the job that follows."""

from __future__ import annotations

from linli.access import tasks
from linli.people.events import PersonErased
from linli.places.events import PathsChanged, PlacesChanged
from linli.rulebook.events import CalendarLoaded


def on_paths_changed(event: PathsChanged) -> None:
    """Rows carry the path of their place."""
    tasks.follow_path.defer(old=event.old_path, new=event.new_path)


def on_places_changed(event: PlacesChanged) -> None:
    """What hung on merged places hangs on the one that took them up."""
    if event.kind == "merge":
        tasks.follow_merge.defer(old_ids=list(event.old), new_id=event.new[0])


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Days by which requests are answered fell into these years as Monday to Friday alone."""
    tasks.recount_due.defer(years=list(event.years))


def on_person_erased(event: PersonErased) -> None:
    """An account of somebody erased is closed and forgets her too."""
    tasks.forget_person.defer(person_id=event.person_id)
