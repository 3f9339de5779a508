"""Once a day both sides count the same day, and every row in which they differ is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction

from linli.exchange.clients import hall, payments
from linli.exchange.clients.wire import Line
from linli.exchange.models import Comparison
from linli.exchange.queries.connections import days_to_compare
from linli.exchange.queries.hall import told_of_day
from linli.exchange.queries.payments import sums_of_day
from linli.exchange.rules.going_on import going_on
from linli.exchange.rules.hall import compared
from linli.exchange.services.linking import over
from linli.exchange.types.connections import System
from linli.kernel.permits import Actor, open_to_all

# a day that differed is compared again for so long: letters may still be on their way
BACK = 14
BY_JOB = "run by its job alone"
Counted = Mapping[str, str]


@open_to_all(BY_JOB)
def compare_hall(*, actor: Actor, now: datetime) -> int:
    """Compare the last days with the hall, those that differed anew; return how many."""
    return _compare(
        System.HALL, lambda line, day: hall.day_at_hall(line, day, now=now).states, told_of_day,
        actor, now,
    )  # fmt: skip


@open_to_all(BY_JOB)
def compare_payments(*, actor: Actor, now: datetime) -> int:
    """Compare what was paid and went back in the last days; return how many days."""
    return _compare(
        System.PAYMENTS, lambda line, day: payments.day_at_payments(line, day, now=now).sums,
        sums_of_day, actor, now,
    )  # fmt: skip


def _compare(
    system: System, ask: Callable[[Line, date], Counted], count: Callable[[date], Counted],
    actor: Actor, now: datetime,
) -> int:  # fmt: skip
    done, clock = 0, going_on(now)
    for day in days_to_compare(system, now, BACK):
        theirs = over(system, lambda line, day=day: ask(line, day), actor=actor, now=clock())  # type: ignore[misc]
        if theirs is None:
            break
        _keep(system, day, theirs, count(day), now)
        done += 1
    return done


@transaction.atomic
def _keep(system: System, day: date, theirs: Counted, ours: Counted, now: datetime) -> None:
    Comparison.objects.update_or_create(
        system=system, on=day,
        defaults={
            "theirs": len(theirs), "ours": len(ours), "made_at": now,
            "differences": [list(row) for row in compared(theirs, ours)],
        },
    )  # fmt: skip
