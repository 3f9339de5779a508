"""Random lives of a case: what was written step by step is what the events give again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.rules import chain, projecting, ticking
from linli.cases.rules.facts import clock_fact
from linli.cases.tests.rules.toy import CLERK, GROUND, MONDAY, UUID, fresh, nothing, toy
from linli.cases.types.shapes import NEVER, Chained, Standing, Step

KIND = toy()


def step(standing: Standing, move: str, at: datetime) -> Chained:
    """Make a step of the toy kind as the engine does."""
    if move == "open":
        state, cycle = KIND.start, 1
    else:
        state = str(KIND.machine.after(standing.state, move))
        cycle = standing.cycle + KIND.move(move).opens_cycle
    clocks = ticking.ticked(KIND, standing, state, cycle=cycle, at=at, ground=GROUND, fresh=fresh)
    facts = {"clocks": [clock_fact(clock) for clock in clocks]}
    return chain.chain(
        UUID, standing.seq, standing.head, Step(move, at, state, cycle, CLERK, facts)
    )


def lived(choices: list[tuple[int, int]]) -> tuple[Standing, list[Chained]]:
    """Return a case that lived by these choices of move and hours between."""
    at = MONDAY
    events = [step(nothing(), "open", at)]
    standing = projecting.after(nothing(), events[0], KIND)
    for choice, hours in choices:
        possible = KIND.machine.moves_from(standing.state)
        if not possible:
            break
        at += timedelta(hours=hours)
        events.append(step(standing, possible[choice % len(possible)].name, at))
        standing = projecting.after(standing, events[-1], KIND)
    return standing, events


lives = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 200)), max_size=14)


@settings(max_examples=200, deadline=None)
@given(lives)
def test_a_head_is_rebuilt_from_its_events(choices: list[tuple[int, int]]) -> None:
    standing, events = lived(choices)

    again = projecting.rebuilt(nothing(), events, KIND)

    assert again == standing
    assert projecting.head_columns(again, KIND) == projecting.head_columns(standing, KIND)
    assert chain.faults(UUID, events) == []


@settings(max_examples=200, deadline=None)
@given(lives)
def test_clocks_run_exactly_in_their_states(choices: list[tuple[int, int]]) -> None:
    standing, _ = lived(choices)

    for definition in KIND.clocks:
        clock = standing.clock(definition.key)
        runs = clock is not None and clock.state == "running"
        assert runs == (standing.state in definition.runs)
        assert runs == (clock is not None and clock.next_at != NEVER)


@settings(max_examples=60, deadline=None)
@given(lives.filter(lambda choices: len(choices) > 2), st.data())
def test_a_changed_or_missing_event_is_found(
    choices: list[tuple[int, int]], data: st.DataObject
) -> None:
    _, events = lived(choices)
    index = data.draw(st.integers(0, len(events) - 1))
    changed = replace(events[index], step=replace(events[index].step, cycle=99))

    assert (index + 1, "changed") in chain.faults(
        UUID, [*events[:index], changed, *events[index + 1 :]]
    )
    if index < len(events) - 1:
        found = chain.faults(UUID, [*events[:index], *events[index + 1 :]])
        assert (index + 1, "missing") in found


def test_sending_a_case_forth_and_back_wins_no_time() -> None:
    at = MONDAY
    events = [step(nothing(), "open", at)]
    standing = projecting.after(nothing(), events[0], KIND)
    plain = standing.clock("solve")
    for move, hours in [("accept", 1), ("ask_back", 1), ("tell", 0)]:
        at += timedelta(hours=hours)
        standing = projecting.after(standing, step(standing, move, at), KIND)

    clock = standing.clock("solve")

    assert plain is not None
    assert clock is not None
    assert clock.due_at == plain.due_at


def test_a_new_cycle_has_clocks_of_its_own() -> None:
    at = MONDAY
    standing = projecting.after(nothing(), step(nothing(), "open", at), KIND)
    for move in ("accept", "finish", "reopen"):
        at += timedelta(days=1)
        standing = projecting.after(standing, step(standing, move, at), KIND)

    assert standing.cycle == 2
    assert standing.clocks[1, "solve"].state == "met"
    assert standing.clocks[2, "solve"].started_at == at
    assert standing.closed_at is None


@pytest.mark.parametrize(("days", "state"), [(1, "met"), (20, "late")])
def test_a_clock_is_met_or_late(days: int, state: str) -> None:
    standing = projecting.after(nothing(), step(nothing(), "open", MONDAY), KIND)
    standing = projecting.after(standing, step(standing, "accept", MONDAY), KIND)

    done = projecting.after(standing, step(standing, "finish", MONDAY + timedelta(days)), KIND)

    clock = done.clock("solve")
    assert clock is not None
    assert clock.state == state
    assert done.closed_at == MONDAY + timedelta(days)


def test_a_withdrawn_case_voids_its_clocks() -> None:
    standing = projecting.after(nothing(), step(nothing(), "open", MONDAY), KIND)

    gone = projecting.after(standing, step(standing, "withdraw", MONDAY), KIND)

    assert {clock.state for clock in gone.clocks.values()} == {"void"}
