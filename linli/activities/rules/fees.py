"""What is owed for a time at a venue and for places at an event. Pure; money in fen."""

from __future__ import annotations

from linli.activities.types.events import SeatState
from linli.activities.types.venues import BookingState

# what was refused or cancelled, waits for a yes, or did not come about, owes nothing
OWING = (BookingState.HELD, BookingState.USED, BookingState.MISSED)


def owed_for_time(state: str, fee_fen: int) -> int:
    """Return what a booking owes where it stands."""
    return fee_fen if state in OWING else 0


def owed_for_places(state: str, people: int, fee_fen: int, *, is_off: bool) -> int:
    """Return what a family owes: for each who has a place at an event that takes place."""
    return people * fee_fen if state == SeatState.IN and not is_off else 0


def share_for_times(fee_fen: int, over: int, times: int) -> int:
    """Return what of a fee is for so many of its times, in whole yuan and never more than their share."""
    return fee_fen * over // times // 100 * 100 if times else 0


def owed_when_off(owed_fen: int, full_fen: int, stays_fen: int, *, has_left: bool) -> int:
    """Return what stays owed of an event called off halfway, where `stays_fen` of the full fee stays.

    Who left before owes no more than who stayed; off what the others owe comes what falls out.
    """
    if has_left:
        return min(owed_fen, stays_fen)
    return max(owed_fen - (full_fen - stays_fen), 0)
