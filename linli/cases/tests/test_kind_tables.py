"""Every state of every kind with every move: what the law's paths are, written down a second time.

A move that is not named for a state is refused there. The tables here were written from the rules
(AP-01 to AP-10, task 11, BU-22), not from the code.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from linli.cases.forms.acts import FORMS, form_of
from linli.cases.forms.sheet import title_of
from linli.cases.queries.kinds import all_kinds, newest_kind
from linli.cases.queries.openings import forms_of_kinds
from linli.cases.rules.kinds import faults
from linli.cases.types.kinds import Stage
from linli.kernel.errors import WrongState
from linli.kernel.registries import RETENTION
from linli.rulebook.queries import get_parameter
from tests.each import each

PETITION = """
registered: transfer=transferred accept=accepted not_accept=not_accepted no_more=no_more
    refer=referred withdraw=withdrawn note_withdrawal=withdrawn
transferred: accept=accepted not_accept=not_accepted no_more=no_more refer=referred object=objected
    settle_competence=received withdraw=withdrawn note_withdrawal=withdrawn
received: accept=accepted not_accept=not_accepted no_more=no_more refer=referred
    withdraw=withdrawn note_withdrawal=withdrawn
objected: take_back=registered insist=received withdraw=withdrawn note_withdrawal=withdrawn
accepted: reply=replied finish=done terminate=terminated withdraw=withdrawn note_withdrawal=withdrawn
replied: finish=done agree=done ask_review=in_review stand=stands
done: ask_review=in_review close=settled
in_review: redo=accepted stand=stands
settled:
stands:
not_accepted:
no_more:
referred:
terminated:
withdrawn:
"""
REVIEW = """
asked: hear=hearing uphold=upheld change=changed not_accept=not_accepted
hearing: heard=asked
upheld: ask_recheck=recheck_asked stand=stands
changed:
not_accepted:
recheck_asked:
stands:
"""
RECHECK = """
asked: hear=hearing uphold=upheld change=changed not_accept=not_accepted
hearing: heard=asked
upheld:
changed:
not_accepted:
"""
VISIT = """
noted: forward=forwarded tell_at_once=told withdraw=taken_back note_withdrawal=noted_back
forwarded:
told:
taken_back:
noted_back: bring_again=noted
"""
PROPERTY = """
with_company: answer=answered finish=done take_over=coordinated coordinate=coordinated
    refuse=refused refer=referred withdraw=withdrawn merge=merged
coordinated: answer=answered finish=done to_town=at_town ask_town=at_town refuse=refused
    refer=referred withdraw=withdrawn merge=merged
at_town: answer=answered finish=done refuse=refused refer=referred withdraw=withdrawn merge=merged
answered: finish=done agree=done withdraw=withdrawn ask_reopen=reopen_asked let_stand=answer_stands
done: ask_reopen=reopen_asked close=closed
refused: ask_reopen=reopen_asked stand=stands
reopen_asked: reopen=coordinated keep_closed=stands
merged: unmerge=with_company
closed:
answer_stands:
stands:
referred: ask_reopen=reopen_asked
withdrawn:
"""
DIRECTIVE = """
sent: sign=at_work object=objected cancel=cancelled
at_work: object=objected feed_back=fed_back cancel=cancelled
objected: insist=at_work cancel=cancelled
fed_back: send_back=at_work strike_off=struck_off cancel=cancelled
struck_off:
cancelled:
"""
ROUND = """
out: complete=complete cancel=cancelled
complete:
cancelled:
"""
INCOMING = """
registered: circulate=circulating hand_out=at_work seen=handled return_paper=returned
circulating: hand_out=at_work seen=handled
at_work: handle=handled
handled: file=filed
filed:
returned:
"""
TABLES = {
    "petition": PETITION,
    "petition_review": REVIEW,
    "petition_recheck": RECHECK,
    "visit": VISIT,
    "property_complaint": PROPERTY,
    "directive": DIRECTIVE,
    "directive_round": ROUND,
    "incoming": INCOMING,
}


def paths(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        state, _colon, moves = line.partition(":")
        found[state] = dict(move.split("=") for move in moves.split())
    return found


CASES = [
    (key, state, move)
    for key, text in TABLES.items()
    for state in paths(text)
    for move in newest_kind(key).machine.moves
]


@pytest.mark.parametrize("key", TABLES)
def test_the_lint_has_nothing_to_say_and_the_states_are_these(key: str) -> None:
    kind = newest_kind(key)

    assert list(faults(kind)) == []
    assert set(kind.states) == set(paths(TABLES[key]))


@each(CASES, lambda *case: " ".join(case))
def test_a_move_leads_where_the_rules_say_or_is_refused(key: str, state: str, move: str) -> None:
    machine, wanted = newest_kind(key).machine, paths(TABLES[key])[state].get(move)

    if wanted is None:
        with pytest.raises(WrongState):
            machine.after(state, move)
    else:
        assert machine.after(state, move) == wanted


@pytest.mark.parametrize("key", TABLES)
def test_nothing_is_called_solved_but_what_was_shown_or_agreed(key: str) -> None:
    kind = newest_kind(key)

    solved = {s for s, said in kind.states.items() if said.stage is Stage.SOLVED}

    assert solved == {
        "petition": {"done", "settled"},
        "property_complaint": {"done", "closed"},
        "directive": {"struck_off"},
        "directive_round": {"complete"},
    }.get(key, set())


def test_petitions_are_never_released_and_open_at_town_level_or_above() -> None:
    for key in ("petition", "petition_review", "petition_recheck"):
        kind = newest_kind(key)
        assert not kind.may_be_released
        assert kind.floor == 4
        assert kind.opens_at == {"town", "city"}
    assert newest_kind("visit").opens_at == {"village"}
    assert not any(newest_kind(key).may_be_released for key in TABLES)


def test_every_kind_of_every_app_says_how_it_comes_in_and_how_long_its_words_are_kept() -> None:
    """The pure lint asks for words; here addresses and terms are looked up."""
    for kind in all_kinds():
        assert list(faults(kind)) == [], kind.name
        way, keep = kind.comes_in, kind.keep
        assert way is not None and keep is not None
        if way.url_name:
            assert reverse(way.url_name)
        if keep.term:
            assert get_parameter(keep.term).unit == "years"
        assert (RETENTION.get(f"cases.{kind.key}") is not None) is bool(keep.term)


def test_staff_find_the_kinds_in_their_order_on_the_common_page() -> None:
    assert [kind.key for kind, _way in forms_of_kinds()] == [
        "visit", "petition", "property_complaint", "directive", "incoming",
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_act_that_has_a_form_has_the_words_of_its_button() -> None:
    for kind in all_kinds():
        for name in {*FORMS, *kind.machine.moves}:
            if form_of(kind, name) is not None:
                assert title_of(kind, name), f"{kind.key}: {name}"
