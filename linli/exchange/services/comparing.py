"""Once a day both sides count the same day, and every row in which they differ is written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from linli.exchange.clients import hall
from linli.exchange.models import Comparison
from linli.exchange.queries.connections import days_to_compare
from linli.exchange.queries.hall import told_of_day
from linli.exchange.rules.hall import compared
from linli.exchange.services.linking import over
from linli.exchange.types.connections import System
from linli.exchange.types.hall import HallDay
from linli.kernel.permits import Actor, open_to_all

# a day that differed is compared again for so long: letters may still be on their way
BACK = 14


@open_to_all("run by its job alone")
def compare_hall(*, actor: Actor, now: datetime) -> int:
    """Compare the last days with the hall, those that differed anew; return how many."""
    count = 0
    for day in days_to_compare(System.HALL, now, BACK):
        theirs = over(
            System.HALL, lambda line, day=day: hall.day_at_hall(line, day, now=now),  # type: ignore[misc]
            actor=actor, now=now,
        )  # fmt: skip
        if theirs is None:
            break
        _keep(day, theirs, now)
        count += 1
    return count


@transaction.atomic
def _keep(day: date, theirs: HallDay, now: datetime) -> None:
    ours = told_of_day(day)
    Comparison.objects.update_or_create(
        system=System.HALL, on=day,
        defaults={
            "theirs": len(theirs.states), "ours": len(ours), "made_at": now,
            "differences": [list(row) for row in compared(theirs.states, ours)],
        },
    )  # fmt: skip
