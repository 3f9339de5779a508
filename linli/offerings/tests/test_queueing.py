"""Who is called next and how long others wait: plain rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.offerings.rules.queueing import (
    in_order,
    median_error,
    minutes_told,
    next_for,
    rivals_of,
    seconds_a_visit,
)
from linli.offerings.types.tickets import Caller, Waiting

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def ticket(number: int, *, first: bool = False, due: int | None = None, window: int | None = None,
           item: str = "", group: int | None = None) -> Waiting:  # fmt: skip
    due_at = None if due is None else NOW + timedelta(minutes=due)
    return Waiting(
        number, NOW - timedelta(minutes=60 - number), number, first, due_at, window, item, group
    )


def ids(line: list[Waiting]) -> list[int]:
    return [one.id for one in line]


def test_old_and_disabled_people_come_first_but_after_two_of_them_one_of_the_others() -> None:
    # AC-11
    line = [ticket(1), ticket(2), *[ticket(n, first=True) for n in (3, 4, 5, 6)]]

    assert ids(in_order(line, now=NOW)) == [3, 4, 1, 5, 6, 2]
    assert ids(in_order(line, now=NOW, streak=2)) == [1, 3, 4, 2, 5, 6]
    assert ids(in_order(line[2:], now=NOW, streak=2)) == [3, 4, 5, 6]


def test_a_booked_visit_is_called_when_its_time_has_come_and_waits_in_the_line_before() -> None:
    line = [ticket(1), ticket(2, due=10), ticket(3, due=0), ticket(4, due=-5)]

    assert ids(in_order(line, now=NOW)) == [4, 3, 1, 2]


def test_who_was_sent_on_comes_first_at_that_window_and_is_not_called_at_another() -> None:
    line = [ticket(1), ticket(2, window=7), ticket(3, first=True)]

    both = frozenset({7, 8})
    sent = next_for(Caller(7, known=both), line, now=NOW)
    other = next_for(Caller(8, known=both), line, now=NOW)

    assert sent and sent.id == 2 and other and other.id == 3


def test_a_window_calls_only_for_what_it_serves() -> None:
    line = [ticket(1, item="insurance"), ticket(2)]

    for items, wanted in ((("permit",), 2), (("insurance",), 1), ((), 1)):
        found = next_for(Caller(1, items), line, now=NOW)
        assert found and found.id == wanted
    assert next_for(Caller(1, ("permit",)), line[:1], now=NOW) is None


def test_who_waits_for_a_window_that_is_gone_or_for_what_none_does_any_more_is_called_by_all() -> (
    None
):
    known, served = frozenset({1, 2}), frozenset({"permit", "wages"})
    callers = [
        Caller(number, (item,), frozenset({number}), known, served)
        for number, item in ((1, "permit"), (2, "wages"))
    ]
    gone = [ticket(1, item="insurance"), ticket(2, window=9), ticket(3, window=9, item="wages")]

    calling = [
        [one.window_id for one in callers if next_for(one, [asked], now=NOW)] for asked in gone
    ]

    assert calling == [[1, 2], [1, 2], [2]]
    for asked in gone:
        assert asked in rivals_of(asked, gone, callers)[0]
    assert rivals_of(gone[2], gone, callers) == (gone, frozenset({2}))


# windows 1 and 2 do all, 3 and 4 insurance, 5 permits
KNOWN = frozenset({1, 2, 3, 4, 5})
CALLERS = [
    Caller(number, items, group, KNOWN)
    for items, group in (
        ((), frozenset({1, 2})), (("insurance",), frozenset({3, 4})), (("permit",), frozenset({5})),
    )
    for number in sorted(group)
]  # fmt: skip


def test_who_chose_what_some_windows_do_is_called_by_them_and_by_those_that_do_all() -> None:
    calling = {
        group: [
            one.window_id for one in CALLERS if next_for(one, [ticket(1, group=group)], now=NOW)
        ]
        for group in (None, 1, 4, 5, 99)
    }

    # a window that is not in use any more keeps nobody waiting
    assert calling == {None: [1, 2, 3, 4, 5], 1: [1, 2], 4: [1, 2, 3, 4], 5: [1, 2, 5], 99: [1, 2, 3, 4, 5]}  # fmt: skip


def test_a_ticket_waits_behind_those_that_its_own_windows_call() -> None:
    line = [ticket(1, group=1), ticket(2, group=3), ticket(3, item="permit"), ticket(4, window=5), ticket(5)]  # fmt: skip

    rivals, windows = rivals_of(line[2], line, CALLERS)

    # windows 1 and 2 do all, so whoever they may call stands in the way
    assert (ids(rivals), windows) == ([1, 2, 3, 4, 5], frozenset({1, 2, 5}))
    rivals, windows = rivals_of(line[2], line, CALLERS[2:])
    assert (ids(rivals), windows) == ([3, 4, 5], frozenset({5}))
    assert rivals_of(line[4], line, CALLERS)[0] == line


@given(st.lists(st.builds(ticket, st.integers(0, 59), first=st.booleans(),
                          due=st.none() | st.integers(-30, 30), window=st.none() | st.integers(1, 3)),
                unique_by=lambda one: one.id, max_size=25), st.integers(0, 3))  # fmt: skip
def test_nobody_is_lost_nobody_stands_twice_and_equals_keep_their_order(
    line: list[Waiting], streak: int
) -> None:
    found = in_order(line, now=NOW, streak=streak)

    assert sorted(ids(found)) == sorted(ids(line))
    plain = [
        one.id for one in found if not one.is_first and one.due_at is None and one.window_id is None
    ]
    assert plain == sorted(plain)


def test_the_wait_is_told_in_whole_minutes_and_never_too_short() -> None:
    assert minutes_told(0, 3, 480) == 0
    assert minutes_told(5, 2, 480) == 20
    assert minutes_told(1, 3, 100) == 1
    assert minutes_told(4, 0, 60) == 4
    assert seconds_a_visit([60.0] * 4, 480) == 480
    assert seconds_a_visit([60.0, 120.0, 120.0, 300.0, 900.0], 480) == 120.0


def test_how_far_forecasts_were_off_is_told_only_when_there_are_enough() -> None:
    told = [(10, 10.0 + n % 5) for n in range(19)]

    assert median_error(told) is None
    assert median_error([*told, (10, 30.0)]) == 2
