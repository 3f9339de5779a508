"""A last day given by hand: its end is when it is due, and what stands still is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.errors import DayGone, Missing
from linli.cases.rules import ticking
from linli.cases.rules.clocks import SHANGHAI, end_of, local_day
from linli.cases.rules.given_days import day_in, until_day
from linli.cases.rules.kinds import checksum, faults
from linli.cases.tests.rules.test_clocks import naive_days
from linli.cases.tests.rules.toy import CLOCKS, GROUND, MONDAY, Toy, nothing, toy
from linli.cases.types.kinds import ClockDef
from linli.cases.types.shapes import ClockNow, Standing
from linli.kernel.clock import Unit

BY_DAY = ClockDef("finish", "Finish", "", frozenset({"new", "at_work"}), by_day=True)
moments = st.integers(0, 300 * 24 * 60).map(lambda n: MONDAY + timedelta(minutes=n))


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(0, 400))
def test_it_is_due_at_the_end_of_the_day_whatever_the_hour(start: datetime, days: int) -> None:
    day = local_day(start) + timedelta(days=days)

    clock = ticking.recounted(until_day(BY_DAY, day, at=start, cycle=1), GROUND, warn=80)

    assert clock.due_at == end_of(day)
    assert clock.warn_at <= clock.due_at
    assert not clock.is_provisional


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(0, 60), st.lists(st.integers(0, 30 * 24), min_size=2, max_size=4))
def test_time_that_stood_still_is_added_as_a_walk_through_the_days_adds_it(
    start: datetime, days: int, hours: list[int]
) -> None:
    day = local_day(start) + timedelta(days=days)
    points = [start + timedelta(hours=n) for n in sorted(hours)]
    pauses = tuple(zip(points[::2], points[1::2], strict=False))
    clock = replace(until_day(BY_DAY, day, at=start, cycle=1), pauses=pauses)

    found = ticking.recounted(clock, GROUND, warn=80)

    spans = [
        ticking.Span(since.astimezone(SHANGHAI), until.astimezone(SHANGHAI))
        for since, until in pauses
    ]
    term = ticking.Term(days, Unit.DAYS)
    walked = naive_days(term, start.astimezone(SHANGHAI), spans, GROUND.calendar)
    assert found.due_at == end_of(walked)


@pytest.mark.parametrize(
    ("day", "refusal"), [(None, Missing), (date(2026, 8, 9), DayGone), (date(1999, 1, 1), DayGone)]
)
def test_no_day_and_a_day_that_has_passed_are_refused(day: date | None, refusal: type) -> None:
    with pytest.raises(refusal) as refused:
        until_day(BY_DAY, day, at=MONDAY, cycle=1)

    assert list(refused.value.fields) == ["due_on"]


def test_a_day_is_read_from_the_facts_of_a_step() -> None:
    assert day_in({"due_on": "2026-09-01"}) == date(2026, 9, 1)
    assert day_in({}) is None


@pytest.mark.parametrize(
    ("clock", "word"),
    [
        (replace(BY_DAY, by_day=False), "neither a term nor a day"),
        (replace(BY_DAY, runs=frozenset({"at_work"})), "given at opening"),
        (replace(BY_DAY, escalate="refuse", runs=frozenset({"new"})), "asks for something"),
    ],
)
def test_the_lint_names_clocks_without_end(clock: ClockDef, word: str) -> None:
    assert any(word in fault for fault in faults(toy(clocks=(*CLOCKS, clock))))


def test_a_clock_by_day_or_anew_is_another_table_and_others_keep_theirs() -> None:
    assert checksum(toy(clocks=(*CLOCKS, BY_DAY))) != checksum(toy())
    assert checksum(toy(clocks=(replace(CLOCKS[0], anew=True), CLOCKS[1]))) != checksum(toy())


def _at(state: str, clocks: dict[tuple[int, str], ClockNow]) -> Standing:
    return replace(nothing(), state=state, clocks=clocks)


@pytest.mark.parametrize(("anew", "started"), [(True, 9), (False, 0)])
def test_a_clock_that_is_anew_begins_again_and_another_goes_on(anew: bool, started: int) -> None:
    definition = replace(CLOCKS[0], anew=anew)
    kind = toy(clocks=(definition,))

    def fresh(_definition: ClockDef) -> ClockNow:
        return ClockNow("accept", 1, "running", Unit.DAYS, 5, 5, MONDAY)

    def ticked(standing: Standing, state: str, days: int) -> ClockNow:
        at = MONDAY + timedelta(days=days)
        (clock,) = ticking.ticked(kind, standing, state, cycle=1, at=at, ground=GROUND, fresh=fresh)
        return clock

    first = ticked(nothing(), Toy.NEW, 0)
    met = ticked(_at(Toy.NEW, {(1, "accept"): first}), Toy.AT_WORK, 2)
    again = ticked(_at(Toy.AT_WORK, {(1, "accept"): met}), Toy.NEW, 9)

    assert again.started_at == MONDAY + timedelta(days=started)
    assert len(again.pauses) == (0 if anew else 1)
    assert again.due_at == end_of(local_day(MONDAY) + timedelta(days=5 + (9 if anew else 7)))
    assert again.state == "running"
