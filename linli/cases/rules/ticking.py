"""What a move does to the clocks of a case: started, stopped, let go on, met or too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from linli.cases.rules.beside import is_beside
from linli.cases.rules.clocks import Ground, Span, Term, due
from linli.cases.types.kinds import CaseKind, ClockDef, Stage
from linli.cases.types.shapes import NEVER, ClockNow, Standing
from linli.cases.types.words import GOING, ClockState
from linli.kernel.clock import Unit
from linli.kernel.moments import moment
from linli.kernel.quick import changed

# (definition) → a clock with its term and law, not started yet
Fresh = Callable[[ClockDef], ClockNow]
# part of the frozen law of a clock: a last moment that another office set, such as the hotline
LAST = "last"
# and the move that took what was to be done from whoever had not done it yet
CUT = "cut"
_NONE = timedelta()
# by its word: to ask the class is two calls
UNITS = {unit.value: unit for unit in Unit}


def ticked(
    kind: CaseKind,
    standing: Standing,
    state: str,
    *,
    cycle: int,
    at: datetime,
    ground: Ground,
    fresh: Fresh,
) -> Iterator[ClockNow]:
    """Yield each clock that changes when a case comes to a state.

    A clock that was met and is needed again in the same cycle goes on: the time between counts as
    a pause, so that sending a case forth and back wins nobody any time. One that is `anew` begins
    again: another post has to do it.
    """
    is_void = kind.stage(state) is Stage.ENDED
    for definition in kind.clocks:
        now = standing.clocks.get((cycle, definition.key))
        if state in definition.runs:
            running = _run(now, definition, at, ground, fresh, cycle)
            if running != now:
                yield running
        elif now is not None and now.state == ClockState.RUNNING and state in definition.pauses:
            yield stopped(now, at)
        elif now is not None and _is_live(now) and state not in definition.pauses:
            yield ended(now, at, is_void=is_void)
    yield from _left_behind(standing, cycle, at)


def _left_behind(standing: Standing, cycle: int, at: datetime) -> Iterator[ClockNow]:
    for (number, key), clock in standing.clocks.items():
        if number != cycle and _is_live(clock) and not is_beside(key):
            yield ended(clock, at)


def _is_live(clock: ClockNow) -> bool:
    return clock.state in GOING


def _run(
    now: ClockNow | None,
    definition: ClockDef,
    at: datetime,
    ground: Ground,
    fresh: Fresh,
    cycle: int,
) -> ClockNow:
    if now is None or (definition.anew and not _is_live(now)):
        begun = changed(fresh(definition), cycle=cycle, started_at=at, state=ClockState.RUNNING)
        return recounted(begun, ground, warn=definition.warn)
    if now.state == ClockState.RUNNING:
        return now
    return recounted(going(now, at), ground, warn=definition.warn)


def going(clock: ClockNow, at: datetime) -> ClockNow:
    """Return a clock that stood still or was met as one that runs again; not counted anew yet."""
    if clock.state == ClockState.PAUSED:
        since = clock.pauses[-1][0]
        pauses = (*clock.pauses[:-1], (since, at))
    else:
        pauses = (*clock.pauses, (clock.ended_at or at, at))
    return changed(clock, pauses=pauses, state=ClockState.RUNNING, ended_at=None)


def stopped(clock: ClockNow, at: datetime) -> ClockNow:
    """Return a running clock that stands still from now on."""
    return changed(
        clock, pauses=(*clock.pauses, (at, None)), state=ClockState.PAUSED, next_at=NEVER
    )


def ended(clock: ClockNow, at: datetime, *, is_void: bool = False) -> ClockNow:
    """Return a clock whose aim was reached in time or late, or that lost its aim."""
    if is_void:
        state = ClockState.VOID
    else:
        in_time = clock.state == ClockState.PAUSED or at < clock.due_at
        state = ClockState.MET if in_time else ClockState.LATE
    pauses = clock.pauses
    if pauses and pauses[-1][1] is None:
        pauses = (*pauses[:-1], (pauses[-1][0], at))
    return changed(clock, state=state, pauses=pauses, ended_at=at, next_at=NEVER)


def cut(clock: ClockNow, at: datetime, move: str) -> ClockNow:
    """Return a clock whose aim somebody else takes over before it was reached: neither in time nor late."""
    return changed(ended(clock, at, is_void=True), law={**clock.law, CUT: move})


def recounted(clock: ClockNow, ground: Ground, *, warn: int) -> ClockNow:
    """Return a running clock with its moments counted anew: due, warning, next look."""
    pauses = [Span(since, until) for since, until in clock.pauses]
    term = Term(clock.amount, UNITS[clock.unit], clock.roll_over)
    found = due(ground, term, clock.started_at, pauses=pauses, extended=clock.extended)
    assert found is not None, "a running clock has no open pause"
    last = set_last(clock)
    is_cut = last is not None and last < found.at
    due_at = last if is_cut and last is not None else found.at
    warn_at = min(_warning(clock, ground, pauses, warn), due_at)
    if is_cut:
        warn_at = min(
            warn_at, clock.started_at + max(due_at - clock.started_at, _NONE) * warn / 100
        )
    is_overdue = clock.is_overdue and due_at <= clock.due_at
    is_warned = clock.is_warned and warn_at <= clock.warn_at
    return changed(
        clock,
        due_at=due_at,
        warn_at=warn_at,
        is_warned=is_warned,
        is_overdue=is_overdue,
        is_provisional=found.provisional and not is_cut,
        next_at=next_look(due_at, warn_at, is_warned=is_warned, is_overdue=is_overdue),
    )


def set_last(clock: ClockNow) -> datetime | None:
    """Return the last moment that another office set for this clock, if one did.

    It only shortens: the term of the law goes on beside it, and whichever ends first counts.
    """
    text = clock.law.get(LAST)
    return datetime.fromisoformat(text) if text else None


def with_last(clock: ClockNow, last: datetime | None) -> ClockNow:
    """Return a clock that another office gave a last moment, or gave it up; not counted anew yet."""
    kept = {name: value for name, value in clock.law.items() if name != LAST}
    return changed(clock, law=kept if last is None else {**kept, LAST: moment(last)})


def next_look(
    due_at: datetime, warn_at: datetime, *, is_warned: bool, is_overdue: bool
) -> datetime:
    """Return when the sweep has something to do: the warning, then the due moment, then nothing."""
    if is_overdue:
        return NEVER
    return due_at if is_warned else min(warn_at, due_at)


def _warning(clock: ClockNow, ground: Ground, pauses: list[Span], warn: int) -> datetime:
    """The moment after a share of the term, counted like the term itself."""
    part = (clock.amount + clock.extended) * warn // 100
    if part < 1:
        # a term of one day or hour: a warning in its middle would be noise, so it comes when due
        return NEVER
    found = due(ground, Term(part, UNITS[clock.unit]), clock.started_at, pauses=pauses)
    assert found is not None, "a running clock has no open pause"
    return found.at
