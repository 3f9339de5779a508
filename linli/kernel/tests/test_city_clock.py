"""Moments as minutes of the city's day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linli.kernel.moments import minute_of, span_of_day

EIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "lasts", "told"),
    [(0, 2, (480, 600)), (-8, 1, (0, 60)), (-9, 2, (1380, 1500)), (15.5, 1, (1410, 1470))],
)
def test_a_time_is_counted_from_the_midnight_before_it_begins(
    hours: float, lasts: int, told: tuple[int, int]
) -> None:
    start = EIGHT + timedelta(hours=hours)
    assert span_of_day(start, start + timedelta(hours=lasts)) == told
    assert minute_of(start) == told[0]
