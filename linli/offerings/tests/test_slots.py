"""Which times a window has: weekly hours, working days of the year, changes of single days, kept times."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.clock import WorkCalendar
from linli.offerings.rules.opening_times import read_times, write_times
from linli.offerings.rules.slots import (
    closed_by,
    faults_of,
    kept_for,
    slots_on,
    spans_on,
)
from linli.offerings.types.visits import DayChange, Kept, Span

# Thursday 1 and Friday 2 October are days off; Saturday 10 October is worked
CALENDAR = WorkCalendar.of(
    [(date(2026, 10, 1), False), (date(2026, 10, 2), False), (date(2026, 10, 10), True),
     (date(2026, 9, 20), True)],
    [2026],
)  # fmt: skip
MONDAY, FRIDAY, SATURDAY = date(2026, 9, 28), date(2026, 9, 25), date(2026, 9, 26)
WEEK = [Span(day, 510 + day, 720, 30) for day in range(5)]


def starts(on: date, *changes: DayChange, spans: list[Span] = WEEK) -> list[int]:
    return [one.opens for one in slots_on(spans, changes, on, CALENDAR)]


def test_a_day_is_cut_into_whole_visits_and_the_rest_is_left() -> None:
    assert starts(MONDAY) == [510, 540, 570, 600, 630, 660, 690]
    assert starts(date(2026, 9, 29))[-1] == 661  # 691 would end after closing


def test_a_day_off_has_no_times_and_a_make_up_saturday_those_of_friday_and_sunday_of_monday() -> (
    None
):
    # TIM-05
    assert starts(date(2026, 10, 1)) == []
    assert starts(SATURDAY) == []
    assert starts(date(2026, 10, 10)) == starts(FRIDAY)
    assert starts(date(2026, 9, 20)) == starts(MONDAY)


def test_a_window_with_own_saturday_hours_keeps_them_on_a_make_up_saturday() -> None:
    own = [*WEEK, Span(5, 540, 600, 30)]

    assert starts(SATURDAY, spans=own) == starts(date(2026, 10, 10), spans=own) == [540, 570]


def test_hours_hold_from_their_first_day_to_the_day_before_their_last() -> None:
    old = Span(0, 510, 570, 30, until=MONDAY)
    new = Span(0, 600, 660, 30, since=MONDAY)

    assert [one.opens for one in spans_on([old, new], MONDAY, CALENDAR)] == [600]
    assert [one.opens for one in spans_on([old, new], date(2026, 9, 21), CALENDAR)] == [510]


def test_a_closing_takes_every_time_that_it_touches_and_an_opening_adds_only_what_is_free() -> None:
    storm = DayChange(MONDAY, 555, 1440)
    evening = DayChange(MONDAY, 700, 780, is_open=True, step=20)

    assert starts(MONDAY, storm) == [510]
    assert starts(MONDAY, evening)[-3:] == [690, 720, 740] or starts(MONDAY, evening)[-1] == 760
    assert starts(SATURDAY, DayChange(SATURDAY, 540, 600, is_open=True, step=30)) == [540, 570]
    assert starts(date(2026, 9, 29), storm) == starts(date(2026, 9, 29))
    assert closed_by([evening, storm], MONDAY) == storm


@given(st.integers(1, 60), st.integers(0, 30), st.integers(0, 30))
def test_as_many_times_are_kept_as_were_said_and_they_are_spread(
    of: int, phone: int, counter: int
) -> None:
    kept = [kept_for(number, of, phone, counter) for number in range(of)]

    wanted = min(phone + counter, of)
    assert sum(one is not Kept.ALL for one in kept) == wanted
    if phone + counter <= of:
        assert kept.count(Kept.PHONE) == phone and kept.count(Kept.COUNTER) == counter
    places = [number for number, one in enumerate(kept) if one is not Kept.ALL]
    gaps = [after - before for before, after in zip(places, places[1:], strict=False)]
    assert not gaps or max(gaps) - min(gaps) <= 1


@given(st.lists(st.builds(Span, st.integers(0, 6), st.integers(0, 1380), st.integers(60, 1440),
                          st.integers(5, 90), st.integers(0, 4), st.integers(0, 4)), max_size=6))  # fmt: skip
def test_sound_hours_give_times_that_never_overlap(spans: list[Span]) -> None:
    wrong = {number for number, _what in faults_of(spans)}
    sound = [one for number, one in enumerate(spans) if number not in wrong]
    sound = sound if not faults_of(sound) else []

    for day in range(20, 28):
        found = slots_on(sound, (), date(2026, 9, day), CALENDAR)
        assert all(one.closes <= other.opens for one, other in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(("span", "what"), [
    (Span(0, 600, 600, 20), "order"), (Span(0, 600, 1500, 20), "order"), (Span(0, 600, 660, 4), "step"),
    (Span(0, 600, 660, 90), "step"), (Span(0, 600, 660, 30, 2, 1), "kept"),
])  # fmt: skip
def test_impossible_hours_are_named(span: Span, what: str) -> None:
    assert faults_of([span]) == [(0, what)]
    assert faults_of([Span(0, 500, 620, 20), Span(0, 600, 660, 20)]) == [(1, "overlap")]


@pytest.mark.parametrize(("text", "spans"), [
    ("08:30-12:00, 14:00-17:30", [(510, 720), (840, 1050)]),
    ("８：３０－１２：００　１４：００～１７：３０", [(510, 720), (840, 1050)]),
    ("8:30至12:00、14点-17:30", [(510, 720), (840, 1050)]),
    ("9-12", [(540, 720)]), ("", []), ("14:00-24:00", [(840, 1440)]),
])  # fmt: skip
def test_opening_times_are_read_as_an_office_types_them(
    text: str, spans: list[tuple[int, int]]
) -> None:
    assert read_times(text) == spans
    assert read_times(write_times(spans)) == spans


@pytest.mark.parametrize(
    "text", ["12:00-08:30", "25:00-26:00", "08:75-10:00", "mornings", "8:30", "24:30-25:00"]
)
def test_what_is_no_opening_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        read_times(text)
