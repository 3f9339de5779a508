"""Storms that nobody ended: their office is asked, and in the end they end by themselves.

As long as a storm is under way, who was moved is not forgotten.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.queries.hearing import nearest_that_hear
from linli.grid import permits
from linli.grid.models import Storm
from linli.grid.models.storm_writing import touch
from linli.grid.queries.quiet_storms import (
    QUIET,
    days_left,
    is_over_by_itself,
    quiet_days,
    under_way,
)
from linli.grid.queries.storms import page_of_storm
from linli.grid.rules.endings import refuse_over
from linli.grid.services.ending_storms import close_storm
from linli.kernel.each import Broke, each_done
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify import services as notify
from linli.notify.types import About, To
from linli.rulebook import queries as rulebook
from linli.trail.services import record

ASKED, ENDED = "grid.storm_quiet", "ended"


@transaction.atomic
def keep_storm(storm: Storm, *, actor: Actor, now: datetime) -> Storm:
    """Say that a storm goes on though nothing was entered. Refuses with NotAllowed, Over."""
    storm = Storm.objects.select_for_update().get(pk=storm.pk)
    require(actor, permits.DECLARE, at=storm.path)
    refuse_over(storm)
    touch(storm, now)
    record("grid.storm_kept", on=storm, actor=actor, now=now, place=storm.path)
    return storm


@open_to_all("the nightly job is the system")
def look_after_storms(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Ask who declares about quiet storms, and end those that were quiet too long; return both numbers.

    Raises Broke at the end if one of them could not be looked after: the others are.
    """
    done, broken = each_done(
        "grid.look_after_storms", under_way(), lambda storm_id: _look_after(storm_id, actor, now)
    )
    if broken:
        raise Broke(f"storms {broken}")
    return done.count(ASKED), done.count(ENDED)


@transaction.atomic
def _look_after(storm_id: int, actor: Actor, now: datetime) -> str:
    """Ask about one storm, or end it, or leave it alone; return which."""
    storm = Storm.objects.select_for_update().get(pk=storm_id)
    if storm.ended_on is not None:
        return ""
    if is_over_by_itself(storm, localdate(now)):
        close_storm(storm, actor=actor, now=now)
        return ENDED
    if not _is_to_be_asked(storm, localdate(now)):
        return ""
    _ask(storm, actor, now)
    return ASKED


def _is_to_be_asked(storm: Storm, today: date) -> bool:
    """Say whether it is quiet, and was not asked about in as many days."""
    if not quiet_days(storm, today):
        return False
    every = rulebook.lookup(QUIET, storm.path, today).number
    return storm.asked_on is None or (today - storm.asked_on).days >= every


def _ask(storm: Storm, actor: Actor, now: datetime) -> None:
    today = localdate(now)
    storm.asked_on = today
    storm.save(update_fields=["asked_on"])
    posts = nearest_that_hear(permits.DECLARE, storm.path, now=now)
    values = {
        "title": storm.title,
        "days": quiet_days(storm, today),
        "left": days_left(storm, today),
    }
    told = [(To(post_id=post, is_staff=True), values) for post in posts]
    about = About(storm.path, page_of_storm(storm, storm.path))
    notify.send_many(ASKED, told, actor=actor, now=now, about=about)
