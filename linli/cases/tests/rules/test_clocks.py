"""Due dates against a naive walk through days and minutes, and the law's own examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.rules.clocks import SHANGHAI, Due, Ground, Span, Term, due
from linli.kernel.clock import Unit, WorkCalendar
from linli.kernel.hours import OfficeHours
from linli.kernel.tests.test_clock import YEAR_2026

HALVES = OfficeHours(((time(8, 30), time(12)), (time(14), time(17, 30))))
GROUND = Ground(YEAR_2026, HALVES)
FIRST = datetime(2026, 1, 5, tzinfo=SHANGHAI)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def local(day: str, at: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=SHANGHAI)


def last_day(found: Due | None) -> date:
    assert found is not None
    return (found.at.astimezone(SHANGHAI) - MINUTE).date()


def naive_days(term: Term, start: datetime, pauses: list[Span], calendar: WorkCalendar) -> date:
    """Walk day by day: a day counts unless the clock stood still when it ended."""
    day, left = start.date(), term.amount
    while left:
        day += DAY
        night = datetime.combine(day, time(23, 59, 59), SHANGHAI)
        stands = any(p.since <= night and p.until is not None and night < p.until for p in pauses)
        works = term.unit is Unit.DAYS or calendar.is_work(day)
        left -= works and not stands
    while term.roll_over and not calendar.is_work(day):
        day += DAY
    return day


def naive_minutes(hours: int, start: datetime, pauses: list[Span], office: bool) -> datetime:
    """Walk minute by minute."""
    at, left = start, hours * 60
    while left:
        counts = not any(p.since <= at and p.until is not None and at < p.until for p in pauses)
        if office:
            opens = any(a <= at.time() < b for a, b in HALVES.spans)
            counts = counts and opens and GROUND.calendar.is_work(at.date())
        left -= counts
        at += MINUTE
    return at


minutes = st.integers(0, 200 * 24 * 60).map(lambda n: FIRST + n * MINUTE)
spans = st.lists(
    st.tuples(minutes, st.integers(1, 15 * 24 * 60)).map(
        lambda p: Span(p[0], p[0] + p[1] * MINUTE)
    ),
    max_size=4,
)


@settings(max_examples=400, deadline=None)
@given(
    minutes,
    spans,
    st.integers(1, 40),
    st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]),
    st.booleans(),
)
def test_days_agree_with_a_walk_through_the_days(
    start: datetime, pauses: list[Span], amount: int, unit: Unit, roll: bool
) -> None:
    term = Term(amount, unit, roll_over=roll and unit is Unit.DAYS)

    found = due(GROUND, term, start, pauses=pauses)

    assert last_day(found) == naive_days(term, start, pauses, GROUND.calendar)


@settings(max_examples=150, deadline=None)
@given(minutes, spans, st.integers(1, 30), st.booleans())
def test_hours_agree_with_a_walk_through_the_minutes(
    start: datetime, pauses: list[Span], amount: int, office: bool
) -> None:
    term = Term(amount, Unit.WORKING_HOURS if office else Unit.HOURS)

    found = due(GROUND, term, start, pauses=pauses)

    assert found is not None
    assert found.at == naive_minutes(amount, start, pauses, office)


@pytest.mark.parametrize(
    ("rule", "term", "start", "wanted"),
    [
        ("AP-01", Term(15, Unit.DAYS), "2026-03-02", "2026-03-17"),
        ("AP-03", Term(5, Unit.WORKING_DAYS), "2026-09-28", "2026-10-10"),
        ("AP-04", Term(60, Unit.DAYS), "2026-08-10", "2026-10-09"),
        ("TIM-03", Term(15, Unit.DAYS, roll_over=True), "2026-09-16", "2026-10-08"),
        ("10.3", Term(15, Unit.WORKING_DAYS), "2026-09-18", "2026-10-15"),
    ],
)
def test_examples_of_the_law(rule: str, term: Term, start: str, wanted: str) -> None:
    assert last_day(due(GROUND, term, local(start))) == date.fromisoformat(wanted)


def test_an_extension_is_counted_in_the_units_of_the_clock() -> None:
    found = due(GROUND, Term(60, Unit.DAYS), local("2026-08-10"), extended=30)

    assert last_day(found) == date(2026, 11, 8)


def test_a_clock_that_stands_still_has_no_due_day() -> None:
    pauses = [Span(local("2026-08-11"))]

    assert due(GROUND, Term(5, Unit.WORKING_DAYS), local("2026-08-10"), pauses=pauses) is None


def test_a_pause_after_the_last_day_changes_nothing() -> None:
    pause = Span(local("2026-08-25"), local("2026-09-25"))
    term = Term(5, Unit.WORKING_DAYS)

    assert due(GROUND, term, local("2026-08-10"), pauses=[pause]) == due(
        GROUND, term, local("2026-08-10")
    )


def test_beyond_the_published_calendar_a_day_is_provisional() -> None:
    found = due(GROUND, Term(30, Unit.WORKING_DAYS), local("2026-12-20"))

    assert found is not None
    assert found.provisional


def test_an_hour_clock_that_starts_at_night_begins_when_the_office_opens() -> None:
    found = due(GROUND, Term(2, Unit.WORKING_HOURS), local("2026-08-10", "22:00"))

    assert found == Due(local("2026-08-11", "10:30").astimezone(UTC))
