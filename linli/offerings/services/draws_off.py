"""Draws that are called off by themselves: nobody made them in time, or their centre closes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from linli.kernel.each import each
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import DrawRound
from linli.offerings.queries.rounds_due import over
from linli.offerings.services.draw_news import tell
from linli.offerings.services.rounds import call_off

BY_JOB = "run by its job alone, which acts for the system"


@open_to_all(BY_JOB)
def call_off_over(*, actor: Actor, now: datetime) -> int:
    """Call draws off that nobody made while their days lasted, and tell who entered; return how many."""
    return call_off_each(over(now), actor=actor, now=now)


@open_to_all(BY_JOB)
def call_off_each(rounds: Sequence[DrawRound], *, actor: Actor, now: datetime) -> int:
    """Call draws off, each by itself: one that breaks holds up none of the others; return how many."""
    off: list[bool] = []
    each(
        "offerings.call_off",
        rounds,
        lambda one: off.append(call_off_told(one, actor=actor, now=now)),
    )
    return sum(off)


@open_to_all(BY_JOB)
def call_off_told(one: DrawRound, *, actor: Actor, now: datetime) -> bool:
    """Call a draw off and tell who entered; say whether it was still to be made."""
    with suppress(WrongState), transaction.atomic():
        call_off(one, actor=actor, now=now)
        entered = one.entries.filter(withdrawn_at__isnull=True, told_at__isnull=True)
        for entry in entered:
            tell(entry, "off", actor=actor, now=now)
        entered.update(told_at=now)
        return True
    return False
