"""Replaying what a phone did: whose clock counts, and when a move must be looked at by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from linli.grid.types.replay import KEPT, Act, Meanwhile, Moment, QueuedState

# clocks that differ by less are right enough: what happened is told by the minute
WRONG = timedelta(minutes=5)
# what waits longer for those before it may be decided: the phone may be lost
PATIENCE = timedelta(days=1)
# these add something and take nothing from anybody: they hold whatever happened meanwhile
ADDING = frozenset({Act.NOTE, Act.REPORT, Act.VISIT, Act.CHECK})


def happened(
    phone_at: datetime, *, offset: int | None, drift: int, received_at: datetime
) -> Moment:
    """Return when it happened by the server's clock, and whether the phone's is wrong.

    `drift` is how far the server was ahead when the phone sent, `offset` how far the phone believed
    it to be when it wrote the entry, in seconds: a clock that was set between the two tells nothing
    by `drift`. Nothing happens after it was received.
    """
    known = drift if offset is None else offset
    wrong = max(abs(drift), abs(known)) > WRONG.total_seconds()
    return Moment(min(_moved(phone_at, known, received_at), received_at), wrong)


def _moved(phone_at: datetime, seconds: int, received_at: datetime) -> datetime:
    try:
        return phone_at + timedelta(seconds=seconds)
    except OverflowError:
        return received_at


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
