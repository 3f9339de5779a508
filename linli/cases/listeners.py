"""Reactions of cases to events: each only defers a job."""

from __future__ import annotations

from linli.cases import tasks
from linli.places.events import PathsChanged


def on_paths_changed(event: PathsChanged) -> None:
    """Heads carry the ids of their town and village."""
    tasks.follow_places.defer(path=event.new_path)
