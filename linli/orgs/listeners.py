"""What orgs does when places change: it queues the job that brings its heads along."""

from __future__ import annotations

from procrastinate.exceptions import AlreadyEnqueued

from linli.orgs import tasks
from linli.places.events import PathsChanged


def on_paths_changed(event: PathsChanged) -> None:
    """Queue the following of heads, once for however many changes."""
    try:
        tasks.follow_places.defer()
    except AlreadyEnqueued:
        return
