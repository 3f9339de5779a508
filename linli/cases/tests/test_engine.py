"""The one door: what a move writes, what it refuses, and that nothing else happens."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from linli.cases.errors import Missing, MovedMeanwhile
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords
from linli.cases.services.perform import perform, perform_many
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import Given, Wish
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
STRANGER = clerk_of("441900/441900006/")


def test_a_report_is_numbered_and_timed() -> None:
    opened = make_case()

    case = Case.objects.get()
    assert case.number == "JB-2026-0001"
    assert (case.state, case.stage, case.is_open, case.seq) == ("filed", "open", True, 1)
    assert case.path == VILLAGE
    assert case.due_clock == "accept"
    assert case.due_at == CaseClock.objects.get(key="accept").due_at
    assert sorted(CaseClock.objects.values_list("key", "state")) == [
        ("accept", "running"),
        ("solve", "running"),
    ]
    assert PublicWords.objects.get().said == {"text": "The street lamp at the bus stop is dark."}
    assert opened.held.number == case.number
    assert opened.code not in str(case.follow_digest)
    assert faults() == []


def test_a_life_from_filed_to_closed_is_what_its_events_say() -> None:
    case_id = make_case().held.id
    at = NOON
    life = [
        ("accept", {}),
        ("ask_back", {"public": {"text": "Which lamp?"}}),
        ("resume", {}),
        ("answer", {"public": {"text": "It is mended tomorrow."}, "internal": {"note": "crew 3"}}),
        ("finish", {"public": {"text": "Mended."}, "facts": {"files": ["f1"]}}),
    ]
    for name, given in life:
        at += timedelta(hours=20)
        move(case_id, name, CLERK, now=at, **given)

    case = Case.objects.get()
    assert (case.state, case.stage, case.is_open, case.seq) == ("done", "solved", False, 6)
    assert case.closed_at == at
    assert InternalWords.objects.get().said == {"note": "crew 3"}
    assert faults() == []


@pytest.mark.parametrize(
    ("name", "actor", "given", "refusal"),
    [
        ("accept", STRANGER, {}, NotAllowed),
        ("accept", NOBODY, {}, NotAllowed),
        ("finish", CLERK, {"public": {"text": "x"}, "facts": {"files": ["f"]}}, WrongState),
        ("refuse", CLERK, {"public": {"text": "  "}, "facts": {"basis": "art. 2"}}, Missing),
        ("refuse", CLERK, {"public": {"text": "No."}}, Missing),
        ("withdraw", CLERK, {}, NotAllowed),
        ("lapse", CLERK, {}, NotAllowed),
    ],
)
def test_a_refused_move_changes_nothing(name, actor, given, refusal) -> None:  # type: ignore[no-untyped-def]
    case_id = make_case().held.id

    with pytest.raises(refusal):
        move(case_id, name, actor, **given)

    assert CaseEvent.objects.count() == 1
    assert Case.objects.get().state == "filed"
    assert faults() == []


def test_the_same_key_moves_once() -> None:
    case_id, key = make_case().held.id, uuid4()
    wish = Wish(case_id, "accept", key=key)

    with transaction.atomic():
        first = perform(wish, actor=CLERK, now=NOON)
    with transaction.atomic():
        again = perform(wish, actor=CLERK, now=NOON + timedelta(hours=1))

    assert (first.is_repeated, again.is_repeated) == (False, True)
    assert first.seq == again.seq == 2
    assert CaseEvent.objects.count() == 2


def test_a_move_on_an_older_sight_is_refused_with_where_it_stands() -> None:
    case_id = make_case().held.id
    move(case_id, "accept", CLERK)

    with pytest.raises(MovedMeanwhile) as refused, transaction.atomic():
        perform(Wish(case_id, "refer", Given(), expected_seq=1), actor=CLERK, now=NOON)

    assert refused.value.details["seq"] == 2
    assert CaseEvent.objects.count() == 2


def test_many_cases_move_at_once_or_not_at_all() -> None:
    ids = [make_case().held.id for _ in range(3)]
    move(ids[2], "accept", CLERK)

    with pytest.raises(WrongState), transaction.atomic():
        perform_many([Wish(i, "accept") for i in ids], actor=CLERK, now=NOON)
    assert set(Case.objects.filter(pk__in=ids[:2]).values_list("state", flat=True)) == {"filed"}

    with transaction.atomic():
        perform_many([Wish(i, "accept") for i in ids[:2]], actor=CLERK, now=NOON)
    assert set(Case.objects.values_list("state", flat=True)) == {"at_work"}
    assert faults() == []


def test_a_case_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        move(999, "accept", CLERK)


def test_the_reporter_takes_a_report_back() -> None:
    case_id = make_case().held.id

    with transaction.atomic():
        perform(Wish(case_id, "withdraw"), actor=NOBODY, now=NOON, hand=REPORTER)

    assert Case.objects.get().stage == "ended"
    assert set(CaseClock.objects.values_list("state", flat=True)) == {"void"}


@pytest.mark.parametrize(
    "statement", ["UPDATE cases_caseevent SET cycle = 9", "DELETE FROM cases_caseevent"]
)
def test_an_event_is_never_changed(statement: str) -> None:
    make_case()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert faults() == []


def test_a_head_that_lies_is_found() -> None:
    make_case()
    Case.objects.update(state="at_work", lead_post_id=5, level=2)

    found = {fault.fault for fault in faults()}

    assert found == {
        "state is not what the events say",
        "columns level is not what the events say",
    }


def test_words_that_were_changed_are_found() -> None:
    make_case()
    PublicWords.objects.update(said={"text": "All is well."})

    assert [fault.fault for fault in faults()] == ["words changed"]


def test_an_unknown_state_is_refused_by_the_database() -> None:
    make_case()

    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.update(state="somewhere")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
