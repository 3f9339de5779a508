"""Letting go of what is over its term, app by app, in steps that each commit with their entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from linli.kernel import scope
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.registries import Retention
from linli.trail.services.recording import record

# a step locks its rows for a moment only; what is left after the last step goes the next night
A_STEP, MOST_STEPS = 2000, 500


@open_to_all("the nightly job is the system")
def let_go(entry: Retention, *, actor: Actor, clock: Callable[[], datetime]) -> int:
    """Let everything of one entry go that is over its term, and return how many rows went.

    Broken off, it goes on where it stopped: each step and its count stand or fall together.
    """
    assert actor.is_system, "retention runs as a job"
    total = 0
    for _step in range(MOST_STEPS):
        with scope.acting(actor), transaction.atomic():
            now = clock()
            gone = entry.going.step(now, A_STEP)
            if gone:
                record("retention.let_go", on=("retention", entry.key), actor=actor, now=now,
                       rows=gone)  # fmt: skip
        total += gone
        if not gone:
            break
    return total
