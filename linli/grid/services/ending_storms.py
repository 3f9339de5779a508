"""A storm ends: by who declared it, by itself, or because it goes on in that of a wider place."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from linli.grid.models import Storm
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("part of ending a storm, whose service asked for the permit or is the nightly job's")
def close_storm(storm: Storm, *, actor: Actor, now: datetime) -> Storm:
    """End a held storm today."""
    storm.ended_on, storm.edition = max(localdate(now), storm.began_on), storm.edition + 1
    storm.save(update_fields=["ended_on", "went_into", "edition"])
    record("grid.storm_ended", on=storm, actor=actor, now=now, place=storm.path)
    return storm
