"""Reactions of people to events: each only defers a job."""

from __future__ import annotations

from linli.people import tasks
from linli.people.events import PeopleImported
from linli.places.events import PathsChanged, PlacesChanged


def look_for_pairs(event: PeopleImported) -> None:
    """A list that was taken may have brought entries twice."""
    tasks.find_pairs.defer(path=event.path)


def follow_paths(event: PathsChanged) -> None:
    """Heads carry the path of their village."""
    tasks.follow_places.defer(path=event.new_path)


def follow_merge(event: PlacesChanged) -> None:
    """Residents of merged villages live in the new one; a split is decided person by person."""
    if event.kind == "merge":
        tasks.merge_villages.defer(old_ids=list(event.old), new_id=event.new[0])
