"""When a venue is open, which pieces can be booked, how hours are read: without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.activities.rules import venues as rules
from linli.activities.rules.weekly import read_day_line
from linli.kernel.clock import WorkCalendar

# 2026-10-01 (Thu) is off, 2026-10-10 (Sat) is worked
CALENDAR = WorkCalendar.of([(date(2026, 10, 1), False), (date(2026, 10, 10), True)], [2026])
WEEK = [(0, 480, 720), (0, 840, 1320), (3, 480, 1320), (6, 540, 1080)]
TERMS = rules.Terms(step=60, most=120, ahead_days=28, notice=60)


def test_a_holiday_is_kept_like_a_sunday_and_a_make_up_day_like_a_monday() -> None:
    assert rules.open_spans(date(2026, 10, 1), WEEK, [], CALENDAR) == [(540, 1080)]
    assert rules.open_spans(date(2026, 10, 10), WEEK, [], CALENDAR) == [(480, 720), (840, 1320)]
    assert rules.open_spans(date(2026, 10, 1), WEEK, []) == [(480, 1320)]
    # a year that is not published yet goes by the days of the week alone
    assert rules.open_spans(date(2027, 10, 4), WEEK, [], CALENDAR) == [(480, 720), (840, 1320)]


def test_of_days_that_differ_the_last_entered_holds() -> None:
    on = date(2026, 10, 5)
    shut, short = rules.Differing(on, on, None), rules.Differing(on, on, (600, 660))

    assert rules.open_spans(on, WEEK, [shut]) == []
    assert rules.open_spans(on, WEEK, [shut, short]) == [(600, 660)]
    assert rules.open_spans(on + timedelta(days=7), WEEK, [shut]) == [(480, 720), (840, 1320)]


def test_what_is_left_at_the_end_of_an_opening_is_no_piece() -> None:
    assert rules.pieces([(480, 610)], 60) == [(480, 540), (540, 600)]
    assert rules.pieces([(480, 510)], 60) == []


@pytest.mark.parametrize(
    ("minutes", "until", "fault"),
    [((540, 600), (1, 1000), ""), ((540, 660), (1, 1000), ""), ((540, 540), (1, 1000), "order"),
     ((540, 600), (0, 0), "past"), ((540, 600), (0, 59), "late"), ((540, 600), (0, 60), ""),
     ((540, 600), (29, 40000), "far"), ((540, 600), (28, 40000), ""), ((540, 720), (1, 1000), "long"),
     ((550, 610), (1, 1000), "closed"), ((660, 780), (1, 1000), "closed"), ((1260, 1380), (1, 1000), "closed")],
)  # fmt: skip
def test_a_time_is_booked_in_whole_pieces_of_one_opening_in_time_and_not_too_long(
    minutes: tuple[int, int], until: tuple[int, int], fault: str
) -> None:
    spans = [(480, 720), (840, 1320)]

    assert rules.fault_of_time(minutes, date(2026, 8, 11), spans, TERMS, until=until) == fault


def test_a_piece_one_second_after_its_beginning_is_past_and_neighbours_do_not_touch() -> None:
    start = datetime(2026, 8, 11, 9, tzinfo=UTC)
    span, hour = (start, start + timedelta(hours=1)), timedelta(hours=1)
    today = date(2026, 8, 11)

    def state(now: datetime, *taken: tuple[datetime, datetime]) -> str:
        return rules.piece_state(span, taken, now=now, terms=TERMS, today=today)

    assert state(start) == "past"
    assert state(start - timedelta(seconds=1)) == "late"
    assert state(start - hour) == "free"
    assert state(start - hour, (start - hour, start), (start + hour, start + 2 * hour)) == "free"
    assert state(start - hour, (start, start + timedelta(minutes=1))) == "taken"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("8:00-12:00, 14:00-21:30", [(480, 720), (840, 1290)]), ("8-12", [(480, 720)]), ("", []),
     ("14：00－24:00", [(840, 1440)]), ("12-8", None), ("25:00-26:00", None), ("8:60-9", None),
     ("morning", None), ("8-12-14", None), ("８-12", None)],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(
    typed: str, read: list[tuple[int, int]] | None
) -> None:
    assert rules.read_spans(typed) == read


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 2)), max_size=4))
def test_what_is_written_of_hours_is_read_again_as_the_same(parts: list[tuple[int, int]]) -> None:
    spans = sorted({(hour * 60, min(hour + length, 24) * 60) for hour, length in parts})

    assert rules.read_spans(rules.write_spans(spans)) == spans


@pytest.mark.parametrize(
    ("rows", "fault"),
    [([(0, 480, 720), (0, 720, 800)], ""), ([(0, 480, 720), (0, 700, 800)], "overlap"),
     ([(0, 480, 500)], "short"), ([(0, 500, 480)], "order"), ([(7, 480, 720)], "order"),
     ([(0, 480, 1441)], "order")],
)  # fmt: skip
def test_a_week_whose_openings_cannot_be_is_refused(
    rows: list[tuple[int, int, int]], fault: str
) -> None:
    assert rules.fault_of_week(rows, 60) == fault


def test_a_share_of_nothing_is_unknown_and_not_zero() -> None:
    assert rules.use_share(90, 0) is None
    assert rules.use_share(0, 60) == 0
    assert rules.fee_of(90, 2000) == 3000


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("周一 19:00-21:00", (0, [(1140, 1260)])),
        ("星期天19：00至21：00", (6, [(1140, 1260)])),
        ("礼拜三：8:00-9:00，14:00——15:00", (2, [(480, 540), (840, 900)])),
        ("Wednesday 19:00-21:00", (2, [(1140, 1260)])),
        ("1 19:00~21:00", (0, [(1140, 1260)])),
        ("19:00-21:00", None),
        ("1:00-3:00", None),
        ("周八 19:00-21:00", None),
        ("周一", None),
        ("周一 21:00-19:00", None),
    ],
)
def test_a_day_with_its_hours_is_read_as_people_write_it(
    line: str, read: tuple[int, list[tuple[int, int]]] | None
) -> None:
    assert read_day_line(line) == read
