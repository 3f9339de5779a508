"""Storms of one kind and name that meet on one ground are one: homes and numbers go on in the wider."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.grid.models import Storm, StormHome, StormSheet
from linli.grid.queries.storms import meeting_at, same_below
from linli.grid.services.ending_storms import close_storm
from linli.grid.types.storms import TYPED
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places
from linli.trail.services import record

COLUMNS = (*TYPED, "typed_at", "is_whole", "edition")


@open_to_all("part of declaring a storm, whose service asked for the permit, or the system's job")
def take_from_below(storm: Storm, *, actor: Actor, now: datetime) -> None:
    """Let those that go on below a storm, of its kind and name, end and go on in it."""
    for below in same_below(storm).select_for_update():
        StormHome.objects.filter(storm=below).update(storm=storm)
        joined = _take_sheets(storm, below)
        below.went_into = storm
        close_storm(below, actor=actor, now=now)
        record(
            "grid.storm_went_on", on=below, actor=actor, now=now, place=below.path, into=storm.pk,
            joined=joined,
        )  # fmt: skip


@open_to_all("a job after a change of places, which asked for its permit")
@transaction.atomic
def unite_storms(place_id: int, *, actor: Actor, now: datetime) -> None:
    """Make one of the storms of one kind and name that a merge or a move brought to one ground."""
    hold("grid.storms")
    for storm in meeting_at(places.place_of_id(place_id).path):
        # whoever types numbers meanwhile holds it: what she types is not lost
        held = Storm.objects.select_for_update().get(pk=storm.pk)
        if held.ended_on is None:
            take_from_below(held, actor=actor, now=now)


def _take_sheets(storm: Storm, below: Storm) -> int:
    """Take the numbers along; return how many villages have numbers in both, and so one of them."""
    there = {one.path: one for one in StormSheet.objects.filter(storm=storm)}
    theirs = StormSheet.objects.filter(storm=below)
    both = list(theirs.filter(path__in=list(there)).order_by("pk"))
    theirs.exclude(path__in=list(there)).update(storm=storm)
    for one in both:
        _join(there[one.path], one)
    StormSheet.objects.bulk_update((there[one.path] for one in both), COLUMNS, batch_size=500)
    return len(both)


def _join(kept: StormSheet, other: StormSheet) -> None:
    """Let two sheets of a village be one, so that nothing is lost and nothing counts twice.

    Numbers that came with villages which went into this one are each of a part of its ground: they add
    up. Numbers that were typed for all its ground count by themselves, the last ones typed.
    """
    if not kept.is_whole and not other.is_whole:
        for name in TYPED:
            setattr(kept, name, getattr(kept, name) + getattr(other, name))
        kept.typed_at = max(kept.typed_at, other.typed_at)
    elif (other.is_whole, other.typed_at) > (kept.is_whole, kept.typed_at):
        for name in (*TYPED, "typed_at", "is_whole"):
            setattr(kept, name, getattr(other, name))
    kept.edition += 1
