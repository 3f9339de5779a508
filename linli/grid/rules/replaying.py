"""Replaying what a phone did: when a move must be looked at by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from linli.grid.types.replay import KEPT, Act, Meanwhile, QueuedState

# what waits longer for those before it may be decided: the phone may be lost
PATIENCE = timedelta(days=1)
# these add something and take nothing from anybody: they hold whatever happened meanwhile
ADDING = frozenset({Act.NOTE, Act.REPORT, Act.VISIT, Act.CHECK})


def must_decide(act: str, events: Sequence[Meanwhile]) -> bool:
    """Say whether others changed what a move rests on: the state of the case, or who has it.

    `events` begin with the one that the phone had seen last. Its own moves are no surprise to it.
    """
    if act in ADDING:
        return False
    return any(
        not after.is_own and (after.state != before.state or after.has_parts)
        for before, after in zip(events, events[1:], strict=False)
    )


def is_open(state: str, received_at: datetime, now: datetime) -> bool:
    """Say whether a person may decide about an entry: kept, or left waiting for longer than a day."""
    is_left = state == QueuedState.WAITING and received_at < now - PATIENCE
    return is_left or state in {str(one) for one in KEPT}
