"""What a new calendar may move is found at columns: never too few, and nothing if nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.rules.clocks import SHANGHAI, Ground
from linli.cases.rules.moved import LONGEST, Counted, may_move
from linli.cases.rules.ticking import recounted, with_last
from linli.cases.tests.rules.toy import GROUND
from linli.cases.types.shapes import ClockNow
from linli.kernel.clock import Unit

FIRST, LAST = date(2026, 1, 5).toordinal(), date(2026, 12, 20).toordinal()
WARN = 80
days = st.integers(FIRST, LAST)
pauses = st.lists(st.tuples(days, st.integers(1, 30)), max_size=3)
clocks = st.lists(st.tuples(days, st.integers(1, 60), pauses), min_size=1, max_size=12)
weekdays = st.sets(days.map(date.fromordinal).filter(lambda d: d.weekday() < 5), max_size=12)


def at(day: int, hour: int = 9) -> datetime:
    return datetime.combine(date.fromordinal(day), time(hour), SHANGHAI)


def clock(start: int, amount: int, still: list[tuple[int, int]], unit: str) -> ClockNow:
    spans = tuple((at(first), at(first + length)) for first, length in sorted(still))
    begun = ClockNow("solve", 1, "running", unit, amount, amount, at(start), pauses=spans)
    return recounted(begun, GROUND, warn=WARN)


def counted(number: int, now: ClockNow) -> Counted:
    is_plain = now.unit == Unit.WORKING_DAYS and not now.law
    spans = [(since, until) for since, until in now.pauses if until is not None]
    return Counted(number, is_plain, WARN, now.started_at, now.amount, spans,
                   now.due_at, now.warn_at, now.is_provisional)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(clocks, weekdays, st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS]))
def test_no_clock_that_moves_is_missed(
    told: list[tuple[int, int, list[tuple[int, int]]]], off: set[date], unit: Unit
) -> None:
    standing = [clock(start, amount, still, unit) for start, amount, still in told]
    old = GROUND.calendar
    calendar = replace(old, days_off=old.days_off ^ frozenset(off))
    ground = Ground(calendar, GROUND.office)

    named = may_move(calendar, [counted(n, now) for n, now in enumerate(standing)])

    moved = {n for n, now in enumerate(standing) if recounted(now, ground, warn=WARN) != now}
    assert moved <= named
    if unit is Unit.WORKING_DAYS:
        assert moved == named


def test_by_the_same_calendar_nothing_is_named() -> None:
    standing = [
        clock(day, 1 + day % 40, [(day + 3, 5)], "working_days") for day in range(FIRST, LAST)
    ]

    assert not may_move(GROUND.calendar, [counted(n, c) for n, c in enumerate(standing)])
    assert not may_move(GROUND.calendar, [])


def test_what_cannot_be_counted_in_columns_is_named_to_be_counted_alone() -> None:
    plain = clock(FIRST, 5, [], "working_days")
    rows = [
        counted(1, plain),
        counted(2, with_last(plain, at(FIRST + 2))),
        counted(3, plain)._replace(amount=LONGEST),
        counted(4, plain)._replace(started_at=plain.started_at - timedelta(days=20_000)),
    ]

    assert may_move(GROUND.calendar, rows) == {2, 3, 4}
