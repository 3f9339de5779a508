"""Rules of runtime."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.runtime import rules
from linli.runtime.types import Rate

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
FIVE_AN_HOUR = Rate(5, timedelta(hours=1))


def tries(rate: Rate, moments: list[datetime]) -> list[bool]:
    arrival, allowed = None, []
    for moment in moments:
        verdict = rules.gcra(arrival, interval=rate.interval, tolerance=rate.tolerance, now=moment)
        arrival = verdict.arrival if verdict.is_allowed else arrival
        allowed.append(verdict.is_allowed)
    return allowed


def test_five_an_hour_may_come_at_once_and_the_sixth_waits_twelve_minutes() -> None:
    assert tries(FIVE_AN_HOUR, [NOON] * 6) == [True] * 5 + [False]
    later = NOON + timedelta(minutes=12)
    assert tries(FIVE_AN_HOUR, [NOON] * 5 + [later, later]) == [True] * 6 + [False]


def test_a_refusal_tells_exactly_how_long_to_wait() -> None:
    arrival = NOON + timedelta(hours=1)

    verdict = rules.gcra(
        arrival, interval=FIVE_AN_HOUR.interval, tolerance=FIVE_AN_HOUR.tolerance, now=NOON
    )

    assert verdict.wait == timedelta(minutes=12)
    assert rules.whole_seconds(verdict.wait) == 720


def test_burst_one_lets_nothing_come_early() -> None:
    one_a_minute = Rate(60, timedelta(hours=1), burst=1)
    moments = [NOON, NOON + timedelta(seconds=59), NOON + timedelta(seconds=60)]
    assert tries(one_a_minute, moments) == [True, False, True]


def test_a_clock_that_jumped_back_a_day_does_not_lock_anybody_out() -> None:
    assert tries(FIVE_AN_HOUR, [NOON, NOON - timedelta(days=1)]) == [True, True]


@given(
    st.lists(st.integers(0, 7200), min_size=1, max_size=60),
    st.integers(1, 10),
    st.integers(1, 3600),
)
def test_no_window_holds_more_than_the_burst_and_what_trickles_in(
    seconds: list[int], count: int, per: int
) -> None:
    rate = Rate(count, timedelta(seconds=per))
    moments = [NOON + timedelta(seconds=s) for s in sorted(seconds)]
    passed = [m for m, ok in zip(moments, tries(rate, moments), strict=True) if ok]
    for i, first in enumerate(passed):
        for j in range(i, len(passed)):
            span = passed[j] - first
            assert j - i + 1 <= count + span / rate.interval + 1e-9


@pytest.mark.parametrize(
    ("value", "text"), [(1, "SF-2026-0001"), (9999, "SF-2026-9999"), (10000, "SF-2026-10000")]
)
def test_a_number_has_at_least_four_digits(value: int, text: str) -> None:
    assert rules.number_text("SF", 2026, value) == text


def test_fields_do_not_run_into_one_another() -> None:
    one = rules.fingerprint("POST", "/a/", [("x", b"1"), ("y", b"2")])
    other = rules.fingerprint("POST", "/a/", [("x", b"1y2")])
    assert one != other
    assert one == rules.fingerprint("POST", "/a/", [("x", b"1"), ("y", b"2")])
    assert one != rules.fingerprint("POST", "/b/", [("x", b"1"), ("y", b"2")])


@pytest.mark.parametrize(
    ("key", "expected"),
    [("a", True), ("8f0c-1", True), ("x" * 200, True), ("x" * 201, False), ("", False), ("a b", False), ("键", False)],
)  # fmt: skip
def test_a_key_is_visible_ascii(key: str, expected: bool) -> None:
    assert rules.is_key(key) is expected


def test_time_left_follows_the_pace_so_far() -> None:
    began = NOON - timedelta(minutes=2)
    assert rules.time_left(50, 200, began=began, now=NOON) == timedelta(minutes=6)
    assert rules.time_left(0, 200, began=began, now=NOON) is None
    assert rules.time_left(50, None, began=began, now=NOON) is None


def test_a_hundred_percent_only_when_all_is_done() -> None:
    assert rules.percent_done(9999, 10000) == 99
    assert rules.percent_done(10000, 10000) == 100
    assert rules.percent_done(3, None) is None


def test_a_saved_view_keeps_filters_and_not_the_place_in_the_list() -> None:
    assert (
        rules.clean_query("?state=late&cursor=abc&q=&kind=a&kind=b") == "state=late&kind=a&kind=b"
    )
