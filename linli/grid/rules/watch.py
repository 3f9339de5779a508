"""Duty rosters: which shifts must be filled, which are open, and a fair order of posts."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from linli.grid.types.watch import Days, Seat, ShiftOn

IsWork = Callable[[date], bool]


def days_of_month(month: date) -> list[date]:
    """Return every day of the month that a day lies in."""
    first = month.replace(day=1)
    return [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]


def is_needed(days: str, day: date, is_work: IsWork) -> bool:
    """Say whether somebody must be on duty on a day."""
    return days == Days.EVERY or is_work(day) == (days == Days.WORK)


def needed(
    days: str, shifts: Sequence[str], span: Iterable[date], is_work: IsWork
) -> list[ShiftOn]:
    """Return the shifts that must be filled, in the order of days and shifts."""
    return [ShiftOn(day, one) for day in span if is_needed(days, day, is_work) for one in shifts]


def gaps(wanted: Iterable[ShiftOn], filled: Mapping[ShiftOn, int], seats: int) -> list[ShiftOn]:
    """Return the shifts with fewer held posts than seats; a vacant post fills nothing."""
    return [one for one in wanted if filled.get(one, 0) < seats]


def rotation(
    wanted: Sequence[ShiftOn], posts: Sequence[int], taken: Iterable[Seat], seats: int
) -> list[Seat]:
    """Return who fills the open seats: posts in turn, nobody twice on a day while others are free."""
    known = list(taken)
    made: list[Seat] = []
    turn = 0
    for one in wanted:
        there = [seat for seat in (*known, *made) if seat.on == one.on]
        held = Counter((seat.shift, seat.post_id) for seat in there)
        missing = seats - sum(seat.shift == one.shift for seat in there)
        for _seat in range(max(0, missing)):
            found = _next(posts, turn, {seat.post_id for seat in there}, one.shift, held)
            if found is None:
                break
            turn, seat = found + 1, Seat(one.on, one.shift, posts[found % len(posts)])
            made.append(seat)
            there.append(seat)
            held[one.shift, seat.post_id] += 1
    return made


def _next(
    posts: Sequence[int], turn: int, busy: set[int], shift: str, held: Counter[tuple[str, int]]
) -> int | None:
    """Return the place in the order of the next post that is free that day, or at least that shift."""
    order = range(turn, turn + len(posts))
    free = [at for at in order if posts[at % len(posts)] not in busy]
    spare = [at for at in order if not held[shift, posts[at % len(posts)]]]
    return next(iter([*free, *spare]), None)
