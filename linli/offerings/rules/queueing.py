"""Who is called next, and how long others will wait. Plain functions of values."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from datetime import datetime
from statistics import median
from typing import Protocol

from linli.offerings.errors import CalledMeanwhile, GoneMeanwhile
from linli.offerings.rules.centres import Opening
from linli.offerings.types.tickets import Caller, Waiting

# so many who come first are called in a row while others wait
FIRST_IN_A_ROW = 2
LEAST_TOLD = 20


def in_order(waiting: Sequence[Waiting], *, now: datetime, streak: int = 0) -> list[Waiting]:
    """Return who waits in the order in which they will be called.

    Who was sent on from another window has waited already and comes first; then booked visits whose time
    has come; then old and disabled people, but after two of them one of the others; each by their number.
    `streak` is how many who come first were called in a row just now.
    """
    sent = [one for one in waiting if one.window_id is not None]
    due = [one for one in waiting if one.window_id is None and _is_due(one, now)]
    rest = [one for one in waiting if one.window_id is None and not _is_due(one, now)]
    first = sorted((one for one in rest if one.is_first), key=_came)
    others = sorted((one for one in rest if not one.is_first), key=_came)
    mixed: list[Waiting] = []
    while first or others:
        if first and (streak < FIRST_IN_A_ROW or not others):
            mixed.append(first.pop(0))
            streak += 1
        else:
            mixed.append(others.pop(0))
            streak = 0
    return [*sorted(sent, key=_came), *sorted(due, key=_due), *mixed]


def may_call(caller: Caller, one: Waiting) -> bool:
    """Say whether a window calls a ticket: one sent on to it, or one for what it does.

    A window that does everything calls all. Nobody waits for what is gone: a ticket sent on to a window that
    is not in use any more is called as if it had not been, one for an item or windows of which none is in use
    by each.
    """
    if _is_sent(one, caller):
        return one.window_id == caller.window_id
    if not caller.items:
        return True
    if one.item:
        is_gone = caller.served is not None and one.item not in caller.served
        return is_gone or one.item in caller.items
    return one.group_id not in caller.known or one.group_id in caller.group


def next_for(
    caller: Caller, waiting: Sequence[Waiting], *, now: datetime, streak: int = 0
) -> Waiting | None:
    """Return whom a window calls next: who waits for it or for any that serves what she came for."""
    own = [one for one in waiting if may_call(caller, one)]
    return next(iter(in_order(own, now=now, streak=streak)), None)


def rivals_of(
    one: Waiting, waiting: Sequence[Waiting], callers: Sequence[Caller]
) -> tuple[list[Waiting], frozenset[int]]:
    """Return who waits for a window that may call a ticket, and these windows: they alone make it wait."""
    mine = [caller for caller in callers if may_call(caller, one)]
    ids = frozenset(caller.window_id for caller in mine)
    if len(mine) == len(callers):
        return list(waiting), ids
    # windows of one group call the same
    each = {caller.group: caller for caller in mine}.values()
    return [other for other in waiting if _may_any_call(mine, each, other)], ids


def _may_any_call(
    callers: Sequence[Caller], one_of_each: Collection[Caller], other: Waiting
) -> bool:
    asked = callers if other.window_id is not None else one_of_each
    return any(may_call(caller, other) for caller in asked)


def _is_sent(one: Waiting, caller: Caller) -> bool:
    return one.window_id is not None and one.window_id in caller.known


def minutes_told(ahead: int, windows: int, seconds: float) -> int:
    """Return the minutes that somebody with so many before her is told to wait."""
    return math.ceil(ahead * seconds / max(windows, 1) / 60)


def minutes_until(work: int, minute: int, openings: Sequence[Opening]) -> int:
    """Return how long so many minutes of work take from a minute of the day on: nothing is done where all is shut.

    `openings` are those of the day, earliest first; what is left after the last goes on there as if it were open.
    """
    at, left = minute, work
    for opens, closes in openings:
        start = max(at, opens)
        if start >= closes:
            continue
        if left < closes - start:
            return start + left - minute
        at, left = closes, left - (closes - start)
    return at + left - minute


def opens_next(minute: int, openings: Sequence[Opening]) -> int | None:
    """Return the minute at which what is shut now opens again that day; None if it is open, or stays shut."""
    if any(opens <= minute < closes for opens, closes in openings):
        return None
    return min((opens for opens, _closes in openings if opens > minute), default=None)


def seconds_a_visit(lately: Sequence[float], usual: float) -> float:
    """Return how long a visit lasts at a centre: the median of the last ones, the usual if there are few."""
    return median(lately) if len(lately) >= LEAST_TOLD // 4 else usual


def median_error(told: Sequence[tuple[int, float]]) -> int | None:
    """Return by how many minutes half of the forecasts were off at most: (told, real) minutes of tickets.

    None where there are too few to say.
    """
    if len(told) < LEAST_TOLD:
        return None
    return math.ceil(median(abs(said - real) for said, real in told))


def _is_due(one: Waiting, now: datetime) -> bool:
    return one.due_at is not None and one.due_at <= now


def _came(one: Waiting) -> tuple[datetime, int]:
    return one.drawn_at, one.number


def _due(one: Waiting) -> tuple[datetime, int]:
    assert one.due_at is not None
    return one.due_at, one.number


class Standing(Protocol):
    """A ticket before a window: its handle, and the name by which it is called."""

    @property
    def handle(self) -> str: ...
    @property
    def name(self) -> str: ...


def refuse_stale(shown: str, here: Standing | None) -> None:
    """Refuse a page that does not show the ticket which stands at a window now, so that nobody vanishes.

    `shown` is the handle that the page had, empty for nobody. Refuses with CalledMeanwhile, GoneMeanwhile.
    """
    if shown.strip() == (here.handle if here else ""):
        return
    if here is not None:
        raise CalledMeanwhile(ticket=here.name)
    raise GoneMeanwhile()
