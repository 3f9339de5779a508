"""The line before a busy act: order, pace, and no line where none is needed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linli.runtime.middleware.line import FULL, LONGEST, SHORTEST, Line


def filled(now: float = 0.0) -> Line:
    line = Line()
    assert [line.come(now) for _ in range(FULL)] == [None] * FULL
    return line


def test_so_many_go_in_at_once_and_the_next_gets_a_moment() -> None:
    line = filled()

    first, second = line.come(0.0), line.come(0.0)

    assert first is not None and second is not None
    assert (first, second) == (line.step, 2 * line.step)
    assert (line.ahead(first, 0.0), line.ahead(second, 0.0)) == (0, 1)


def test_nobody_overtakes_those_who_have_a_place() -> None:
    line = filled()
    given = line.come(0.0)
    for _ in range(FULL):
        line.leave(0.01)

    assert given is not None and line.come(given / 2) is not None, "room, but somebody is before"
    assert line.come(10.0) is None, "the line is over: in at once"


def test_one_after_the_other_never_sees_a_line() -> None:
    line, now = Line(), 0.0
    for _ in range(1000):
        assert line.come(now) is None
        line.leave(0.5)
        now += 0.5


def test_the_pace_is_learnt_from_those_who_went_in() -> None:
    line = Line(share=0.5)
    for _ in range(400):
        line.enter()
        line.leave(0.004)

    assert abs(line.step - 0.008) < 0.0005


@given(st.lists(st.floats(0, 1e6), max_size=200))
def test_the_pace_stays_within_reason_whatever_is_told(told: list[float]) -> None:
    line = Line(share=0.5)
    for seconds in told:
        line.enter()
        line.leave(seconds)

    assert SHORTEST * 2 <= line.step <= LONGEST * 2


@given(st.lists(st.floats(0, 0.02), min_size=1, max_size=200))
def test_moments_follow_each_other_at_least_a_step_apart(gaps: list[float]) -> None:
    line, now, before = filled(), 0.0, 0.0
    for gap in gaps:
        now += gap
        moment = line.come(now)
        # nobody came out, so nobody goes in
        assert moment is not None and moment >= max(now, before) + line.step - 1e-9
        before = moment
