"""The lint of kinds refuses what no case may be caught in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.cases.rules.kinds import checksum, faults
from linli.cases.tests.rules.toy import CLOCKS, MOVES, STATES, Toy, state, toy
from linli.cases.types.kinds import ByForm, ClockDef, Keep, Stage
from linli.kernel.states import Machine


def test_a_sound_kind_has_no_faults() -> None:
    assert list(faults(toy())) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"states": {**STATES, "answered": state(Stage.ANSWERED)}}, "without a clock"),
        ({"states": {**STATES, "refused": state(Stage.OPEN)}}, "is an end but open"),
        ({"states": {k: v for k, v in STATES.items() if k != "new"}}, "differ"),
        ({"clocks": (replace(CLOCKS[0], escalate="agree"),)}, "escalates"),
        ({"clocks": (*CLOCKS, ClockDef("x", "X", "t", frozenset({"gone"})))}, "unknown"),
        ({"clocks": (*CLOCKS, ClockDef("x", "X", "t", frozenset({"new"}), warn=0))}, "warns"),
        ({"opens_at": frozenset({"street"})}, "level"),
        ({"floor": 9}, "confidentiality"),
        ({"series": "jb"}, "series"),
        ({"comes_in": None}, "how a case of it comes in"),
        ({"comes_in": ByForm("x", icon="x", order=1, form=object, open=print)}, "by a permit"),
        ({"keep": None}, "how long its words are kept"),
        ({"keep": Keep("app.feedback_keep", "", "BU-17")}, "how long its words are kept"),
    ],
)
def test_a_fault_is_named(changes: dict[str, object], word: str) -> None:
    assert any(word in fault for fault in faults(toy(**changes)))


@pytest.mark.parametrize(
    ("move", "change", "word"),
    [
        ("finish", {"asks": ()}, "without evidence"),
        ("refuse", {"asks": ()}, "without a basis"),
        ("accept", {"permit": None}, "no permit"),
        ("accept", {"title": ""}, "no title"),
    ],
)
def test_a_faulty_move_is_named(move: str, change: dict[str, object], word: str) -> None:
    moves = [replace(m, **change) if m.name == move else m for m in MOVES]
    machine = Machine(Toy.NEW, moves, ends={Toy.REFUSED, Toy.WITHDRAWN})

    assert any(word in fault for fault in faults(toy(machine=machine)))


def test_a_state_from_which_no_way_leads_to_an_end_is_named() -> None:
    moves = [m for m in MOVES if m.name not in ("reopen",)]
    circle = [
        replace(m, source=(Toy.NEW,)) if m.name in ("refuse", "withdraw") else m for m in moves
    ]
    circle = [
        replace(m, target=Toy.AT_WORK) if m.name in ("agree", "finish") else m for m in circle
    ]
    machine = Machine(
        Toy.NEW,
        [
            *circle,
            replace(MOVES[7], source=(Toy.AT_WORK,), target=Toy.DONE, name="loop"),
            replace(MOVES[7], name="back"),
        ],
        ends={Toy.REFUSED, Toy.WITHDRAWN},
    )

    named = [fault for fault in faults(toy(machine=machine)) if "no way leads" in fault]

    assert {fault.split(":")[0] for fault in named} == {
        "toy/1.answered",
        "toy/1.asked_back",
        "toy/1.at_work",
        "toy/1.done",
    }


def test_a_clock_that_stands_still_times_nothing() -> None:
    still = {**STATES, "asked_back": replace(STATES["asked_back"], without_clock="")}

    assert list(faults(toy(states=still))) == [
        "toy/1.asked_back: waits without a clock and says no reason"
    ]


def test_words_may_be_mended_and_a_table_may_not() -> None:
    worded = toy(title="Other words")
    other = toy(clocks=(replace(CLOCKS[0], term="toy.other"), CLOCKS[1]))

    assert checksum(worded) == checksum(toy())
    assert checksum(other) != checksum(toy())
