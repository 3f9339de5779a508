"""Jobs of people."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import NIGHT
from linli.kernel.permits import system_actor
from linli.people.services import duplicates, moving


@job("people.find_pairs")
def find_pairs(path: str) -> None:
    """Look for entries that may be one person, below a place."""
    duplicates.find_pairs(path, actor=system_actor("people.find_pairs"), now=timezone.now())


@periodic("40 2 * * *")
@job("people.find_pairs_nightly", queue=NIGHT, queueing_lock="people.find_pairs_nightly")
def find_pairs_nightly(timestamp: int) -> None:
    """Look for pairs in the whole city."""
    duplicates.find_pairs("", actor=system_actor("people.find_pairs"), now=timezone.now())


@job("people.follow_places")
def follow_places(path: str) -> None:
    """Bring paths up to date after a place was moved."""
    moving.follow_places(path, actor=system_actor("people.follow_places"))


@job("people.merge_villages")
def merge_villages(old_ids: list[int], new_id: int) -> None:
    """Let residents follow their villages into the one that took them up."""
    for old_id in sorted(old_ids):
        if old_id != new_id:
            moving.merge_village(old_id, new_id, actor=system_actor("people.merge_villages"))
