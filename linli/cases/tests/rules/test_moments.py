"""Moments as chained events write them: one way only, exact, and read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.moments import moment, read_moment

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(
    st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(9999, 12, 30), timezones=ZONES)
)
def test_a_moment_is_read_back_exactly(at: datetime) -> None:
    assert read_moment(moment(at)) == at
    assert read_moment(moment(at)).tzinfo is UTC
    assert moment(at) == at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-10T04:00:00Z", "2026-08-10T04:00:00.000000+00:00", "2026-08-10 04:00:00.000000",
        "2026-08-10T04:00:00.000000z", "2026-13-10T04:00:00.000000Z", "", "Z" * 27,
    ],
)  # fmt: skip
def test_a_moment_written_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S|^$"):
        read_moment(text)
