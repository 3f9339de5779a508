"""What a register has is looked up, not asked for: once, on a ground, on record, and without it one goes on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.types.moves import At
from linli.exchange.models import Connection
from linli.exchange.rules.base_data import read_answer
from linli.exchange.rules.hall import NoSense
from linli.exchange.types.base_data import FromRecord
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.clients.applicants import sealed
from linli.offerings.kinds import sections
from linli.offerings.models import Application, RecordQuestion
from linli.offerings.services.asking_records import ask_record, fetch_answer
from linli.offerings.services.checking import accept_application, tick_papers
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.testing import make_application
from linli.offerings.types.applications import Applicant
from linli.people.testing import make_person
from linli.trail.models import Entry

CLERK = make_actor("clerk", permits.RECEIVE, permits.SEE, cases.SEE, at=VILLAGE)
RECORDS = system_actor("offerings.records")
LAW = "政务服务条例第七条"
# by the last figure but one: the simulator's habits
NUMBER = "1101051949123100{}X"


def applied(habit: str = "9", **more: Any) -> int:
    """Return an application of somebody whose number makes the register behave so."""
    case_id = make_application(**more).held.id
    who = Applicant("陈大文", NUMBER.format(habit) if habit else "", "13800001234")
    Application.objects.filter(pk=case_id).update(sealed=sealed(who, case_id))
    return case_id


def asked(case_id: int, who: Actor = CLERK) -> RecordQuestion:
    row = ask_record(case_id, "hukou", "law", LAW, actor=who, now=NOON)
    fetch_answer(row.pk, actor=RECORDS, now=NOON)
    row.refresh_from_db()
    return row


def test_an_answer_is_yes_no_or_unclear_and_nothing_else() -> None:
    assert read_answer({"answer": "no", "more": "left out"}) == FromRecord("no", None)
    for wrong in (
        None,
        [],
        {},
        {"answer": True},
        {"answer": "perhaps"},
        {"answer": "yes", "as_of": "soon"},
    ):
        with pytest.raises(NoSense):
            read_answer(wrong)


@pytest.fixture
def connected(settings: Any) -> None:
    settings.LINLI_DEMO = True


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_a_register_is_asked_once_and_the_person_can_see_who_asked_and_for_what() -> None:
    person = make_person(VILLAGE)
    case_id = applied(person_id=person.pk)

    row = asked(case_id)
    again = ask_record(case_id, "hukou", "consent", "口头同意", actor=CLERK, now=NOON)
    fetch_answer(row.pk, actor=RECORDS, now=NOON)

    assert (row.state, row.answer, row.ground, again.pk) == ("answered", "yes", "law", row.pk)
    read = Entry.objects.get(verb="read", person_id=person.pk)
    assert read.details["reason"].endswith(LAW) and read.details["fields"] == ["户籍信息"]
    assert read.label == "clerk" and Connection.objects.get(system="base_data").fault == ""
    forget_applicant(person.pk, actor=system_actor("offerings.forget"), now=NOON)
    assert not RecordQuestion.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    ("habit", "fault"),
    [("0", "no_answer"), ("1", "half"), ("4", "not_ours"), ("5", "says:not_for_this_purpose")],
)
def test_where_no_answer_comes_the_clerk_is_told_and_the_application_goes_on(
    habit: str, fault: str
) -> None:
    case_id = applied(habit)

    row = asked(case_id)

    assert (row.state, row.answer, row.fault) == ("failed", "", fault)
    again = asked(case_id)
    assert (again.pk, again.tries, again.state) == (row.pk, 2, "failed")
    tick_papers(case_id, ["id-card", "lease"], actor=CLERK, now=NOON)
    accept_application(At(case_id), actor=CLERK, now=NOON)
    assert Application.objects.get(pk=case_id).case.state == "accepted"


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_nothing_is_asked_without_a_right_a_ground_a_number_and_a_material_that_a_register_has() -> (
    None
):
    case_id, nameless = applied(), applied("")
    stranger = make_actor("stranger", permits.RECEIVE, at="441900/441900006/")

    with pytest.raises(NotAllowed):
        ask_record(case_id, "hukou", "law", LAW, actor=stranger, now=NOON)
    with pytest.raises(NotFound):
        ask_record(case_id, "lease", "law", LAW, actor=CLERK, now=NOON)
    for ground, basis in (("curiosity", LAW), ("law", " ")):
        with pytest.raises(Invalid):
            ask_record(case_id, "hukou", ground, basis, actor=CLERK, now=NOON)
    with pytest.raises(Invalid):
        ask_record(nameless, "hukou", "law", LAW, actor=CLERK, now=NOON)
    for state in ("withdrawn", "not_accepted", "granted"):
        Case.objects.filter(pk=case_id).update(state=state)
        with pytest.raises(WrongState):
            ask_record(case_id, "hukou", "law", LAW, actor=CLERK, now=NOON)
        case = Case.objects.get(pk=case_id)
        assert (sections.sheet(CLERK, case) or {})["may_ask"] is False

    assert not RecordQuestion.objects.exists() and not Entry.objects.filter(verb="read").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("connected")
def test_the_sheet_leads_to_the_question_and_shows_what_the_register_said() -> None:
    case_id = applied("2")
    number = Application.objects.get(pk=case_id).case.number
    client, ask = client_of(CLERK), f"/en/applications/{number}/ask/hukou/"

    assert ask in client.get(f"/en/desk/cases/{number}/").content.decode()
    assert client.get(f"/en/applications/{number}/ask/lease/").status_code == 404
    assert client.post(ask, {"key": str(uuid4()), "ground": "law", "basis": ""}).status_code == 422
    assert client.post(ask, {"key": str(uuid4()), "ground": "law", "basis": LAW}).status_code == 303
    assert "being asked" in client.get(f"/en/desk/cases/{number}/").content.decode()
    fetch_answer(RecordQuestion.objects.get().pk, actor=RECORDS, now=NOON)

    shown = client.get(f"/en/desk/cases/{number}/").content.decode()
    assert "on record: no" in shown and ask not in shown and NUMBER.format("2") not in shown


@pytest.mark.django_db
def test_without_a_connection_the_sheet_asks_nothing() -> None:
    case_id = applied()

    row = asked(case_id)

    assert (row.state, row.fault) == ("failed", "not_connected") and not Connection.objects.exists()
