"""Jobs of cases."""

from __future__ import annotations

from django.utils import timezone

from linli.cases.services import moving, recounting, sweeping
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor


@periodic("* * * * *")
@job("cases.sweep", queueing_lock="cases.sweep", lock="cases.sweep")
def sweep(timestamp: int) -> None:
    """Ring the clocks that came due."""
    sweeping.sweep(actor=system_actor("cases.sweep"), now=timezone.now())


@job("cases.follow_places")
def follow_places(path: str) -> None:
    """Let heads follow a place that was moved or went into another."""
    moving.follow_places(path, actor=system_actor("cases.follow_places"))


@job("cases.recount", lock="cases.recount")
def recount(years: list[int]) -> None:
    """Count running clocks anew by the working days of these years."""
    actor = system_actor("cases.recount")
    recounting.recount(tuple(years), actor=actor, now=timezone.now())


@periodic("40 3 * * *")
@job("cases.recount_all", queueing_lock="cases.recount_all", lock="cases.recount")
def recount_all(timestamp: int) -> None:
    """Go over all running clocks at night: what a stopped job left is made up for."""
    recounting.recount(actor=system_actor("cases.recount"), now=timezone.now())
