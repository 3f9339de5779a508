"""Office hours: limits in working hours (GR-01)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.hours import OfficeHours
from linli.kernel.tests.test_clock import YEAR_2026

OFFICE = OfficeHours(((time(8, 30), time(12)), (time(14), time(17, 30))))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-24T09:00", 120, "2026-11-24T11:00"),
        ("2026-11-24T11:30", 60, "2026-11-24T14:30"),
        ("2026-11-24T17:00", 60, "2026-11-25T09:00"),
        ("2026-11-27T17:30", 240, "2026-11-30T14:30"),
        ("2026-09-30T16:30", 240, "2026-10-08T11:30"),
        ("2026-10-09T17:30", 30, "2026-10-10T09:00"),
        ("2026-11-24T06:00", 0, "2026-11-24T08:30"),
        ("2026-11-24T12:30", 210, "2026-11-24T17:30"),
    ],
)
def test_office_hours_count_only_while_the_office_is_open(
    start: str, minutes: int, end: str
) -> None:
    """GR-01: limits in working hours."""
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC)

    found = OFFICE.after(YEAR_2026, begin, minutes * 60)[0]

    assert found == datetime.fromisoformat(end).replace(tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 3000))
def test_office_minutes_agree_with_counting_minute_by_minute(offset: int, minutes: int) -> None:
    start = datetime(2026, 9, 20, tzinfo=UTC) + timedelta(minutes=offset)
    end = OFFICE.after(YEAR_2026, start, minutes * 60)[0]

    span_minutes = int((end - start) / timedelta(minutes=1))
    passed = [start + timedelta(minutes=i) for i in range(span_minutes)]
    counted = sum(
        YEAR_2026.is_work(m.date()) and any(a <= m.time() < b for a, b in OFFICE.spans)
        for m in passed
    )
    assert counted == minutes


@pytest.mark.parametrize(
    "spans", [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(17)))]
)
def test_office_hours_that_overlap_are_refused(spans: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="overlap or are empty"):
        OfficeHours(spans)


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 3000))
def test_seconds_between_are_the_seconds_that_were_added(offset: int, minutes: int) -> None:
    start = datetime(2026, 9, 20, tzinfo=UTC) + timedelta(minutes=offset)

    end, _ = OFFICE.after(YEAR_2026, start, minutes * 60)

    assert OFFICE.between(YEAR_2026, start, end) == minutes * 60
