"""What plan does when places change: it queues the job that brings its heads along."""

from __future__ import annotations

from linli.places.events import PathsChanged
from linli.plan import tasks


def on_paths_changed(event: PathsChanged) -> None:
    """Queue the following of heads."""
    tasks.follow_places.defer()
