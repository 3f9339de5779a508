"""Twice on a working day, and no stretch of time is told twice or lost (BU-25)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from linli.cases.rules.clocks import SHANGHAI
from linli.cases.rules.rounds_of_news import stretch
from linli.kernel.tests.test_clock import YEAR_2026


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-08-11T08:40", "2026-08-10T14:40", "2026-08-11T08:40"),
        ("2026-08-11T11:40", "2026-08-10T14:40", "2026-08-11T08:40"),
        ("2026-08-11T16:40", "2026-08-11T08:40", "2026-08-11T14:40"),
        # over the weekend, over the National Day, and a Saturday on which people work
        ("2026-08-10T09:00", "2026-08-07T14:40", "2026-08-10T08:40"),
        ("2026-10-08T08:40", "2026-09-30T14:40", "2026-10-08T08:40"),
        ("2026-10-10T08:40", "2026-10-09T14:40", "2026-10-10T08:40"),
    ],
)
def test_a_stretch_ends_with_the_last_moment_that_has_passed(
    now: str, since: str, until: str
) -> None:
    assert stretch(local(now), YEAR_2026) == (local(since), local(until))


@pytest.mark.parametrize("now", ["2026-08-11T08:39", "2026-08-15T10:00", "2026-10-02T10:00"])
def test_nothing_is_told_before_the_office_opens_and_on_days_off(now: str) -> None:
    assert stretch(local(now), YEAR_2026) is None


def test_stretches_follow_each_other_without_a_gap_all_year() -> None:
    now, last = local("2026-02-02T08:40"), local("2026-01-30T14:40")
    while now < local("2026-11-01T00:00"):
        found = stretch(now, YEAR_2026)
        if found is not None and found[1] != last:
            assert found[0] == last
            last = found[1]
        now += timedelta(hours=1)
