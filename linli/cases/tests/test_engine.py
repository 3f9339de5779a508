"""The one door: what a move writes, what it refuses, and that nothing else happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from linli.cases.errors import Missing, MovedMeanwhile, NoSuchMove
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords
from linli.cases.queries.kinds import all_kinds
from linli.cases.queries.references import cases_at
from linli.cases.services import moving
from linli.cases.services.perform import perform, perform_many
from linli.cases.testing import NOON, REPORTER, VILLAGE, clerk_of, faults, make_case, move
from linli.cases.types.moves import Given, Wish
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.places.models import Place
from linli.places.testing import make_village
from linli.rulebook import queries as rulebook

pytestmark = pytest.mark.django_db
CLERK = clerk_of()
SYSTEM = system_actor("test")
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
        ("release/1", "running"),
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


def test_two_moves_of_one_case_are_never_made_at_once() -> None:
    case_id = make_case().held.id

    with pytest.raises(AssertionError, match="one move a case"), transaction.atomic():
        perform_many([Wish(case_id, "accept"), Wish(case_id, "accept")], actor=CLERK, now=NOON)

    assert CaseEvent.objects.count() == 1


def test_a_move_that_the_kind_does_not_have_is_refused() -> None:
    case_id = make_case().held.id

    with pytest.raises(NoSuchMove):
        move(case_id, "fly", CLERK)

    assert CaseEvent.objects.count() == 1


def test_the_year_of_a_number_is_that_of_the_place() -> None:
    """00:30 of New Year's Day in Shanghai is still the old year in UTC."""
    make_case(now=datetime(2026, 12, 31, 16, 30, tzinfo=UTC))

    assert Case.objects.get().number == "JB-2027-0001"


def test_every_term_of_every_kind_stands_in_the_rulebook() -> None:
    keys = {
        key
        for kind in all_kinds()
        for clock in kind.clocks
        for key in (
            clock.term, clock.roll_over, clock.extend_most, clock.extend_times,
            *(term for _, term in clock.terms),
        )
        if key
    }  # fmt: skip

    assert {rulebook.get_parameter(key).key for key in keys} == keys


def test_heads_follow_a_village_that_moves_or_goes_into_another() -> None:
    make_case()
    other = make_village("441900006001")
    Case.objects.update(town_id=0)

    moving.follow_places(VILLAGE, actor=SYSTEM)
    assert Case.objects.get().town_id == Place.objects.get(code="441900005").pk
    old = Place.objects.get(code="441900005001")
    assert cases_at(old.pk) == 1
    assert moving.rehouse(old.pk, other.pk, actor=SYSTEM) == 1

    case = Case.objects.get()
    assert (case.path, case.village_id, case.town_id) == (other.path, other.pk, other.town_id)
    assert (cases_at(old.pk), cases_at(other.pk)) == (0, 1)
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
        "lead_post_id does not follow from the events",
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
