"""Applications by domain PS and the Licensing Law: every state with every move, terms, who may decide."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from linli.cases.errors import DecidesOwnWork, NotNow
from linli.cases.models import Case, CaseClock
from linli.cases.queries.kinds import newest_kind
from linli.cases.queries.reading import visible_cases
from linli.cases.rules.kinds import faults as lint
from linli.cases.services.sweeping import sweep
from linli.cases.testing import faults, move
from linli.cases.tests.offices import TOWN, VILLAGE, at, last_day, person, post_at
from linli.cases.tests.test_kind_tables import paths
from linli.cases.types import Stage
from linli.cases.types.moves import At
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import client_of, post_json
from linli.offerings import permits
from linli.offerings.errors import AskedBefore, FeeOpen, Incomplete
from linli.offerings.services import checking
from linli.offerings.testing import PERMIT, bring_papers, make_application
from linli.offerings.types.applications import Checked
from tests.each import each

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
TABLE = """
submitted: pre_check=pre_check accept=accepted deem_accepted=accepted ask_correction=correction
    refuse=not_accepted withdraw=withdrawn note_withdrawal=withdrawn
pre_check: accept=accepted deem_accepted=accepted ask_correction=correction refuse=not_accepted
    withdraw=withdrawn note_withdrawal=withdrawn
correction: supply=submitted take_supply=submitted lapse=lapsed withdraw=withdrawn
    note_withdrawal=withdrawn
accepted: distribute=at_departments grant=granted deny=denied withdraw=withdrawn
    note_withdrawal=withdrawn
at_departments: hold_hearing=hearing inspect=inspection ask_experts=experts grant=granted
    deny=denied withdraw=withdrawn note_withdrawal=withdrawn
hearing: resume=at_departments withdraw=withdrawn note_withdrawal=withdrawn
inspection: resume=at_departments withdraw=withdrawn note_withdrawal=withdrawn
experts: resume=at_departments withdraw=withdrawn note_withdrawal=withdrawn
granted: issue=ready deliver=delivered
denied: deliver_denial=denial_delivered
ready: deliver=delivered
delivered: close=closed
closed:
denial_delivered:
not_accepted:
withdrawn:
lapsed:
"""
CASES = [
    (state, name) for state in paths(TABLE) for name in newest_kind("application").machine.moves
]
GRANTED = {"public": {"text": "准予。"}}


def window(*posts: int, account_id: int = 1) -> Actor:
    return person(VILLAGE, permits.SEE, permits.RECEIVE, posts=posts, account_id=account_id)


def decider(*posts: int, account_id: int = 9) -> Actor:
    return person(TOWN, permits.SEE, permits.DECIDE, posts=posts, account_id=account_id)


def applied(day: str = "2026-08-10", **more: object) -> int:
    return make_application(now=at(day), **more).held.id  # type: ignore[arg-type]


def accepted(day: str = "2026-08-10", **more: object) -> int:
    case_id = applied(day, **more)
    bring_papers(case_id)
    move(case_id, "accept", window(), now=at(day))
    return case_id


def test_the_lint_has_nothing_to_say_and_the_states_are_these() -> None:
    kind = newest_kind("application")

    assert list(lint(kind)) == []
    assert set(kind.states) == set(paths(TABLE))
    assert {s for s, said in kind.states.items() if said.stage is Stage.SOLVED} == {
        "delivered",
        "closed",
    }
    assert not kind.may_be_released
    assert kind.floor == 4


@each(CASES, lambda *case: " ".join(case))
def test_a_move_leads_where_the_law_says_or_is_refused(state: str, name: str) -> None:
    machine, wanted = newest_kind("application").machine, paths(TABLE)[state].get(name)

    if wanted is None:
        with pytest.raises(WrongState):
            machine.after(state, name)
    else:
        assert machine.after(state, name) == wanted


def test_time_stands_still_only_for_hearing_inspection_and_experts() -> None:
    kind = newest_kind("application")

    assert {s for clock in kind.clocks for s in clock.pauses} == {
        "hearing",
        "inspection",
        "experts",
    }


def test_an_application_is_numbered_and_to_be_answered_in_five_working_days() -> None:
    case_id = applied("2026-08-10")

    case = Case.objects.get()
    assert (case.number, case.state, case.level) == ("BJ-2026-0001", "submitted", 4)
    # licensing law art. 32: Monday 2026-08-10, five working days
    assert last_day(case_id, "accept") == date(2026, 8, 17)
    assert faults() == []


def test_nobody_who_told_in_time_lets_it_count_as_accepted_from_the_day_it_came_in() -> None:
    case_id = applied("2026-08-10")

    sweep(actor=SYSTEM, now=at("2026-08-18", 0))

    case, clock = Case.objects.get(), CaseClock.objects.get(key="solve")
    assert case.state == "accepted"
    assert clock.started_at == at("2026-08-10")
    # ten working days as promised, from the day of receipt
    assert last_day(case_id, "solve") == date(2026, 8, 24)
    assert faults() == []


def test_without_a_limit_of_the_item_it_also_runs_from_the_day_it_came_in() -> None:
    case_id = applied("2026-08-10", item={**PERMIT, "statutory": None, "promised": None})

    sweep(actor=SYSTEM, now=at("2026-08-18", 0))

    assert CaseClock.objects.get(key="solve").started_at == at("2026-08-10")
    # licensing law art. 32 with 42: twenty working days, counted from receipt
    assert last_day(case_id, "solve") == date(2026, 9, 7)
    assert faults() == []


def test_the_decision_runs_by_the_limit_of_the_version_that_was_frozen() -> None:
    case_id = accepted("2026-08-10")

    clock = CaseClock.objects.get(key="solve")
    assert (clock.amount, clock.legal_amount, clock.unit) == (10, 15, "working_days")
    assert clock.law["named_by"] == "residence-permit/3"
    assert last_day(case_id, "solve") == date(2026, 8, 24)


def test_an_item_without_a_limit_runs_by_the_rulebook() -> None:
    case_id = accepted("2026-08-10", item={**PERMIT, "statutory": None, "promised": None})

    # licensing law art. 42: twenty working days
    assert last_day(case_id, "solve") == date(2026, 9, 7)


@pytest.mark.parametrize("name", ["hold_hearing", "inspect", "ask_experts"])
def test_what_the_law_names_stops_the_clock_by_the_working_days_it_took(name: str) -> None:
    case_id = accepted("2026-08-10")
    move(case_id, "distribute", window(), now=at("2026-08-11"), facts={"to": 1})

    move(case_id, name, decider(), now=at("2026-08-12"), **GRANTED)
    assert CaseClock.objects.get(key="solve").state == "paused"
    move(case_id, "resume", decider(), now=at("2026-08-19"))

    assert last_day(case_id, "solve") == date(2026, 8, 31)
    assert faults() == []


def test_who_received_it_may_not_decide_neither_as_a_person_nor_by_her_post() -> None:
    front, back = post_at(VILLAGE), post_at(TOWN)
    clerk = window(front, account_id=1)
    case_id = make_application(now=at("2026-08-10"), clerk=clerk).held.id
    bring_papers(case_id)
    move(case_id, "accept", clerk, now=at("2026-08-10"))
    same_person = decider(back, account_id=1)
    same_post = decider(front, account_id=2)

    for actor in (same_person, same_post):
        for name in ("grant", "deny"):
            with pytest.raises(DecidesOwnWork), transaction.atomic():
                given = {"facts": {"basis": "x"}} if name == "deny" else {}
                move(case_id, name, actor, now=at("2026-08-11"), **GRANTED, **given)
    assert Case.objects.get().state == "accepted"

    move(case_id, "grant", decider(back, account_id=3), now=at("2026-08-11"), **GRANTED)
    assert Case.objects.get().state == "granted"


def test_taking_it_in_at_the_window_alone_keeps_a_clerk_from_deciding() -> None:
    clerk = window(account_id=1)
    case_id = make_application(now=at("2026-08-10"), clerk=clerk).held.id
    bring_papers(case_id)
    move(case_id, "accept", window(account_id=2), now=at("2026-08-10"))

    with pytest.raises(DecidesOwnWork), transaction.atomic():
        move(case_id, "grant", decider(account_id=1), now=at("2026-08-11"), **GRANTED)
    assert Case.objects.get().state == "accepted"


def test_what_is_missing_is_told_once_and_later_only_that_may_be_asked_again() -> None:
    case_id = applied("2026-08-10")
    lease, both = Checked({"lease": "少签名页"}), Checked({"lease": "", "id-card": ""})

    checking.ask_correction(At(case_id), lease, actor=window(), now=at("2026-08-11"))
    assert Case.objects.get().state == "correction"
    assert last_day(case_id, "supply") == date(2026, 9, 21)
    checking.take_supply(At(case_id), ["lease"], actor=window(), now=at("2026-08-12"))

    with pytest.raises(AskedBefore):
        checking.ask_correction(At(case_id), both, actor=window(), now=at("2026-08-13"))
    assert Case.objects.get().state == "submitted"
    # five working days begin anew with what was brought
    assert last_day(case_id, "accept") == date(2026, 8, 19)
    checking.ask_correction(At(case_id), lease, actor=window(), now=at("2026-08-13"))
    assert Case.objects.get().state == "correction"
    assert faults() == []


@pytest.mark.parametrize("lacking", [{}, {"unknown": "?"}])
def test_a_notice_that_names_nothing_is_no_notice(lacking: dict[str, str]) -> None:
    case_id = applied()

    with pytest.raises((AskedBefore, Incomplete)):
        checking.ask_correction(At(case_id), Checked(lacking), actor=window(), now=at("2026-08-11"))
    assert Case.objects.get().state == "submitted"


def test_what_never_came_ends_the_application_by_itself() -> None:
    case_id = applied("2026-08-10")
    checking.ask_correction(
        At(case_id), Checked({"lease": ""}), actor=window(), now=at("2026-08-11")
    )

    sweep(actor=SYSTEM, now=at("2026-09-22", 0))

    assert Case.objects.get().state == "lapsed"
    assert faults() == []


def test_it_is_accepted_only_when_every_paper_is_there() -> None:
    case_id = applied()

    with pytest.raises(Incomplete) as refused:
        checking.accept_application(At(case_id), actor=window(), now=at("2026-08-11"))
    assert set(refused.value.fields) == {"paper_id-card", "paper_lease"}

    checking.tick_papers(case_id, ["id-card", "lease"], actor=window(), now=at("2026-08-11"))
    checking.accept_application(At(case_id), actor=window(), now=at("2026-08-11"))
    assert Case.objects.get().state == "accepted"


def granted(**more: object) -> int:
    case_id = accepted(**more)
    move(case_id, "grant", decider(), now=at("2026-08-11"), **GRANTED)
    return case_id


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("accept", {}, "paper_lease"),
        ("distribute", {}, "lead"),
        ("deliver", {"facts": {"evidence": 1, "way": "pigeon"}}, "way"),
        ("deliver", {"facts": {"evidence": 1, "way": "counter"}}, "proof"),
    ],
)
def test_no_way_to_a_move_passes_by_its_rules(
    name: str, given: dict[str, object], field: str
) -> None:
    """Papers complete, somebody who decides, what shows the hand-over: whoever makes the move."""
    case_id = {"accept": applied, "distribute": accepted, "deliver": granted}[name]()
    before = Case.objects.get().state

    with pytest.raises(Incomplete) as refused:
        move(case_id, name, window(), now=at("2026-08-12"), **given)

    assert field in refused.value.fields
    assert Case.objects.get().state == before


def test_nothing_is_handed_over_by_any_way_while_a_fee_is_open_but_a_denial_is() -> None:
    case_id, proof = granted(fee_fen=4000), {"internal": {"proof": "本人签收"}}
    facts = {"facts": {"evidence": 1, "way": "counter"}}

    with pytest.raises(FeeOpen):
        move(case_id, "deliver", window(), now=at("2026-08-12"), **facts, **proof)
    assert Case.objects.get().state == "granted"

    Case.objects.filter(pk=case_id).update(state="denied")
    move(case_id, "deliver_denial", window(), now=at("2026-08-12"), **facts, **proof)
    assert Case.objects.get().state == "denial_delivered"


def test_a_step_with_a_page_of_its_own_is_not_taken_by_a_bare_call() -> None:
    number = make_application(now=at("2026-08-10")).held.number
    clerk = client_of(person(VILLAGE, permits.SEE, permits.RECEIVE, account_id=1))

    called = post_json(clerk, f"/api/v1/cases/{number}/accept", {})
    sent = clerk.post(f"/zh-hans/desk/cases/{number}/accept", {"key": str(uuid4())})

    assert (called.status_code, called.json()["code"]) == (409, "own_page")
    assert sent.status_code == 409
    assert Case.objects.get().state == "submitted"


def test_somebody_without_the_permit_receives_and_decides_nothing_and_sees_nothing() -> None:
    case_id = applied()
    other = person(VILLAGE, account_id=5)

    for name in ("accept", "pre_check"):
        with pytest.raises(NotAllowed), transaction.atomic():
            move(case_id, name, other, now=at("2026-08-11"))
    with pytest.raises((NotAllowed, NotNow)), transaction.atomic():
        move(case_id, "grant", window(), now=at("2026-08-11"), **GRANTED)

    assert Case.objects.get().state == "submitted"
    assert not visible_cases(other).exists()
    assert visible_cases(window()).count() == 1
