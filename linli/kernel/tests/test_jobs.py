"""Cron lines are written in Shanghai's time and queued in UTC."""

from __future__ import annotations

import pytest

from linli.kernel.jobs import in_utc


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("17 3 * * *", "17 19 * * *"),
        ("0 8 * * *", "0 0 * * *"),
        ("*/10 * * * *", "*/10 * * * *"),
        ("0 7-9 * * *", "0 0,1,23 * * *"),
        ("0 6,18 * * *", "0 10,22 * * *"),
        ("0 */6 * * *", "0 4,10,16,22 * * *"),
        ("0 20/2 * * *", "0 12,14 * * *"),
        ("30 9 * * 1", "30 1 * * 1"),
        ("0 8 1 1,4,7,10 *", "0 0 1 1,4,7,10 *"),
        ("* * * * * */2", "* * * * * */2"),
    ],
)
def test_a_line_means_the_same_moment_in_utc(here: str, there: str) -> None:
    assert in_utc(here) == there


@pytest.mark.parametrize(
    "line",
    ["0 3 * * 1", "0 0 1 * *", "* * * * 1", "0 24 * * *", "0 3 * * * 5", "0 3 *", "0 x * * *"],
)
def test_what_would_be_another_day_is_refused_at_import(line: str) -> None:
    with pytest.raises(ValueError):
        in_utc(line)
