"""TIM-01 to TIM-06 and the working-day examples of the years 2017 and 2026."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.clock import (
    DayCount,
    DueDate,
    Unit,
    WorkCalendar,
    add_hours,
    add_months,
    age_on,
    days_before,
    period_end,
)


def span(first: str, last: str) -> list[tuple[date, bool]]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(begin + timedelta(days=i), False) for i in range((end - begin).days + 1)]


def work(*days: str) -> list[tuple[date, bool]]:
    return [(date.fromisoformat(day), True) for day in days]


YEAR_2026 = WorkCalendar.of(
    [
        *span("2026-01-01", "2026-01-03"),
        *span("2026-02-15", "2026-02-23"),
        *span("2026-04-04", "2026-04-06"),
        *span("2026-05-01", "2026-05-05"),
        *span("2026-06-19", "2026-06-21"),
        *span("2026-09-25", "2026-09-27"),
        *span("2026-10-01", "2026-10-07"),
        *work("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ],
    [2026],
)
YEAR_2017 = WorkCalendar.of(
    [
        *span("2017-01-01", "2017-01-02"),
        *span("2017-01-27", "2017-02-02"),
        *span("2017-04-02", "2017-04-04"),
        *span("2017-05-01", "2017-05-01"),
        *span("2017-05-28", "2017-05-30"),
        *span("2017-10-01", "2017-10-08"),
        *work("2017-01-22", "2017-02-04", "2017-04-01", "2017-05-27", "2017-09-30"),
    ],
    [2017],
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("calendar", "start", "n", "due"),
    [
        (YEAR_2026, "2026-09-28", 5, "2026-10-10"),
        (YEAR_2026, "2026-02-13", 5, "2026-02-27"),
        (YEAR_2026, "2026-09-18", 15, "2026-10-15"),
        (YEAR_2017, "2017-09-29", 5, "2017-10-12"),
        (YEAR_2026, "2026-02-13", 1, "2026-02-14"),
        (YEAR_2017, "2017-04-28", 1, "2017-05-02"),
        (YEAR_2026, "2026-02-14", -1, "2026-02-13"),
        (YEAR_2026, "2026-10-10", -5, "2026-09-28"),
        (YEAR_2026, "2026-02-15", 0, "2026-02-15"),
    ],
)
def test_the_working_days_of_the_published_years(
    calendar: WorkCalendar, start: str, n: int, due: str
) -> None:
    """TIM-05: the day of receipt is not counted, make-up days are."""
    assert calendar.add_working_days(day(start), n) == DueDate(day(due), provisional=False)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "roll", "last"),
    [
        ("2026-08-10", 60, Unit.DAYS, True, "2026-10-09"),
        ("2026-01-31", 1, Unit.MONTHS, True, "2026-02-28"),
        ("2026-09-16", 15, Unit.DAYS, True, "2026-10-08"),
        ("2026-09-16", 15, Unit.DAYS, False, "2026-10-01"),
        ("2026-10-09", 30, Unit.DAYS, False, "2026-11-08"),
        ("2026-10-09", 30, Unit.DAYS, True, "2026-11-09"),
        ("2026-03-02", 15, Unit.DAYS, False, "2026-03-17"),
        ("2026-03-01", 30, Unit.DAYS, True, "2026-03-31"),
        ("2026-11-28", 5, Unit.DAYS, False, "2026-12-03"),
        ("2026-12-03", 3, Unit.DAYS, False, "2026-12-06"),
        ("2026-12-20", 10, Unit.DAYS, True, "2026-12-30"),
        ("2026-11-30", 1, Unit.QUARTERS, False, "2027-02-28"),
        ("2024-02-29", 1, Unit.YEARS, False, "2025-02-28"),
        ("2026-09-28", 5, Unit.WORKING_DAYS, False, "2026-10-10"),
    ],
)
def test_periods_of_days_months_and_years(
    start: str, amount: int, unit: Unit, roll: bool, last: str
) -> None:
    """TIM-01 to TIM-04, AP-01, AP-04, MD-05, VE-24, VE-71."""
    found = period_end(day(start), amount, unit, calendar=YEAR_2026, roll_over_holiday=roll)

    assert found == DueDate(day(last))


def test_a_roll_beyond_the_published_calendar_is_provisional() -> None:
    found = period_end(day("2026-12-23"), 10, Unit.DAYS, calendar=YEAR_2026, roll_over_holiday=True)

    assert found == DueDate(day("2027-01-04"), provisional=True)


def test_a_calendar_period_needs_no_calendar() -> None:
    found = period_end(day("2026-12-30"), 10, Unit.DAYS, calendar=YEAR_2026)

    assert found == DueDate(day("2027-01-09"), provisional=False)


def test_hours_are_not_counted_in_days() -> None:
    with pytest.raises(ValueError, match="add_hours"):
        period_end(day("2026-11-24"), 24, Unit.HOURS, calendar=YEAR_2026)


def test_hours_run_at_once() -> None:
    """TIM-01."""
    start = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)

    assert add_hours(start, 24) == datetime(2026, 11, 25, 22, 30, tzinfo=UTC)


def test_twenty_days_before_the_election_day() -> None:
    """TIM-06, VE-23."""
    assert days_before(day("2026-12-20"), 20) == day("2026-11-30")


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2008-12-20", "2026-12-20", 18),
        ("2008-12-21", "2026-12-20", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_at_election_day(born: str, on: str, age: int) -> None:
    """VE-20."""
    assert age_on(day(born), day(on)) == age


def test_a_due_date_beyond_the_published_year_is_provisional() -> None:
    assert YEAR_2026.add_working_days(day("2026-12-30"), 1) == DueDate(day("2026-12-31"))
    assert YEAR_2026.add_working_days(day("2026-12-30"), 2) == DueDate(day("2027-01-01"), True)
    assert YEAR_2026.add_working_days(day("2027-01-05"), 0).provisional


def test_a_day_is_published_only_inside_the_published_years() -> None:
    assert YEAR_2026.is_published(day("2026-12-31"))
    assert not YEAR_2026.is_published(day("2027-01-01"))
    assert not YEAR_2026.is_published(day("2025-12-31"))


def test_years_with_a_gap_are_a_mistake() -> None:
    with pytest.raises(AssertionError, match="gap"):
        WorkCalendar.of([], [2024, 2026])


days_around = st.dates(date(2025, 6, 1), date(2027, 6, 30))
exceptions = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.booleans()), max_size=60
).map(lambda rows: list(dict(rows).items()))


def naive_step(rows: dict[date, bool], published: set[int], start: date, n: int) -> DueDate:
    """Count day by day, straight from the words of the rule."""
    step, left, provisional = (1 if n > 0 else -1), abs(n), False
    current = start
    while left:
        current += timedelta(days=step)
        provisional |= current.year not in published
        left -= rows.get(current, current.weekday() < 5)
    return DueDate(current, provisional if n else start.year not in published)


@given(exceptions, days_around, st.integers(-300, 300))
def test_adding_agrees_with_counting_day_by_day(
    rows: list[tuple[date, bool]], start: date, n: int
) -> None:
    calendar = WorkCalendar.of(rows, [2025, 2026])

    assert calendar.add_working_days(start, n) == naive_step(dict(rows), {2025, 2026}, start, n)


@given(exceptions, days_around, days_around)
def test_days_between_agree_with_counting_day_by_day(
    rows: list[tuple[date, bool]], start: date, end: date
) -> None:
    calendar = WorkCalendar.of(rows, [2025, 2026])
    first, last = (start, end) if start <= end else (end - timedelta(1), start - timedelta(1))
    counted = [first + timedelta(days=i) for i in range(1, (last - first).days + 1)]
    days = sum(dict(rows).get(d, d.weekday() < 5) for d in counted)
    unpublished = any(d.year not in {2025, 2026} for d in counted)

    assert calendar.working_days_between(start, end) == DayCount(
        days if start <= end else -days, unpublished
    )


@given(exceptions, days_around, st.integers(1, 200))
def test_what_was_added_lies_between(rows: list[tuple[date, bool]], start: date, n: int) -> None:
    calendar = WorkCalendar.of(rows, [2025, 2026])

    due = calendar.add_working_days(start, n)

    assert calendar.is_work(due.day)
    assert calendar.working_days_between(start, due.day).days == n


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 600))
def test_months_land_on_the_same_day_or_the_last_of_the_month(start: date, months: int) -> None:
    """TIM-02."""
    end = add_months(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(1)).day == 1)
