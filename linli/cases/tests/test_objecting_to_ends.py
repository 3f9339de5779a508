"""What was referred, or is said to be beyond the office, may be objected to in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from linli.cases import permits
from linli.cases.errors import DecidesOwnWork, TooLateToObject
from linli.cases.kinds.property_complaint import PROPERTY_COMPLAINT
from linli.cases.kinds.property_earlier import PROPERTY_COMPLAINT_1
from linli.cases.kinds.report import REPORT
from linli.cases.kinds.report_earlier import REPORT_1
from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.queries.following import followed
from linli.cases.rules.kinds import checksum, faults
from linli.cases.services import following as acts
from linli.cases.services.property import open_property_complaint
from linli.cases.services.sweeping import Swept, sweep
from linli.cases.testing import NOON, VILLAGE, make_report, move
from linli.cases.testing import faults as faults_of_cases
from linli.cases.tests.test_following import CLERK
from linli.cases.types.moves import At
from linli.cases.types.openings import Complaining
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=9)
OTHER_CHIEF = make_actor("other", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=10)
GIVEN: dict[str, Any] = {"public": {"text": "The city does it."}, "internal": {"reason": "r"}}
# the table of the first version, as it was published
PUBLISHED = "440c96d731abd0c31d8c118deb4c498d5f33e41ecf3b9db06bfd9a4defcd8333"
PUBLISHED_PROPERTY = "f111fe6f0def9692139dcf5be5fd7a20344ebdcdd62d6cab9ff6c7bd65456890"


def complaint() -> Any:
    make_village("441900005001")
    given = Complaining("441900005001", "The lift stands still.", "Invented Estates")
    return open_property_complaint(given, actor=CLERK, now=NOON)


def ended(how: str, now: datetime = NOON) -> Any:
    filed = make_report(now=now)
    move(filed.case_id, "accept", CLERK, now=now)
    move(filed.case_id, how, CHIEF if how == "beyond" else CLERK, now=now, **GIVEN)
    return filed


@pytest.mark.parametrize("how", ["beyond", "refer"])
def test_an_end_without_a_result_is_objected_to_in_time_and_another_decides(how: str) -> None:
    now = timezone.now()  # the page asks whether there is time yet
    filed = ended(how, now)
    case = Case.objects.get(pk=filed.case_id)
    it = followed(case, now)
    assert not case.is_open and "ask_reopen" in it.moves
    assert it.own_time is not None

    page = Client().get(f"/en/follow/{filed.number}/?code={filed.code}").content.decode()
    assert f"/en/follow/{filed.number}/reopen" in page and "You have time until" in page
    acts.ask_to_reopen(At(filed.case_id), "They say it is yours.", actor=NOBODY, now=now)

    case.refresh_from_db()
    assert (case.state, case.is_open) == ("reopen_asked", True)
    if how == "beyond":
        with pytest.raises(DecidesOwnWork):
            move(filed.case_id, "reopen", CHIEF, now=now)
    move(filed.case_id, "reopen", OTHER_CHIEF, now=now)
    case.refresh_from_db()
    assert (case.state, case.cycle) == ("at_work", 2)
    assert faults_of_cases() == []


@pytest.mark.parametrize("how", ["beyond", "refer"])
def test_once_the_time_is_over_it_stays_ended_as_it_was(how: str) -> None:
    filed = ended(how)
    due = CaseClock.objects.get(case_id=filed.case_id, key="object_end").due_at
    before = Case.objects.get(pk=filed.case_id).state

    with pytest.raises(TooLateToObject):
        acts.ask_to_reopen(At(filed.case_id), "Still.", actor=NOBODY, now=due)
    # nor does the page offer what would be refused, whether or not a sweep has looked
    assert "ask_reopen" not in followed(Case.objects.get(pk=filed.case_id), due).moves
    sweep(actor=SYSTEM, now=due + timedelta(minutes=1))

    case = Case.objects.get(pk=filed.case_id)
    assert (case.state, case.is_open) == (before, False)
    it = followed(case, due)
    assert "ask_reopen" not in it.moves
    # no clock runs on for ever, and no day long past stands on her page
    assert it.own_time is None
    clock = CaseClock.objects.get(case_id=filed.case_id, key="object_end")
    assert (clock.state, clock.is_overdue) == ("void", False)
    assert CaseEvent.objects.filter(case=case).latest("seq").facts["over"] == ["object_end"]
    assert sweep(actor=SYSTEM, now=due + timedelta(days=1)) == Swept()
    assert "ring" not in [one.move for one in it.story]
    assert not CaseEvent.objects.filter(case=case, move="ask_reopen").exists()
    assert faults_of_cases() == []


def test_who_handled_it_does_not_say_that_it_is_beyond_the_office() -> None:
    both = make_actor(
        "both", permits.SUPERVISE, permits.SEE, permits.HANDLE, at=VILLAGE, account_id=11
    )
    filed = make_report()
    move(filed.case_id, "accept", both)
    steps = CaseEvent.objects.count()

    with pytest.raises(DecidesOwnWork):
        move(filed.case_id, "beyond", both, **GIVEN)

    assert CaseEvent.objects.count() == steps
    move(filed.case_id, "beyond", CHIEF, **GIVEN)
    assert Case.objects.get(pk=filed.case_id).state == "beyond"


def test_what_was_opened_before_keeps_its_table() -> None:
    filed = ended("refer")
    Case.objects.filter(pk=filed.case_id).update(version=1)

    with pytest.raises(WrongState), transaction.atomic():
        acts.ask_to_reopen(At(filed.case_id), "Still.", actor=NOBODY, now=NOON)

    assert "ask_reopen" not in followed(Case.objects.get(pk=filed.case_id), NOON).moves
    assert list(faults(REPORT)) == [] and list(faults(REPORT_1)) == []
    assert checksum(REPORT_1) == PUBLISHED


def test_a_complaint_about_a_company_that_was_referred_is_objected_to_in_time_too() -> None:
    opened = complaint()
    referred = {"public": {"text": "The court decides."}, "internal": {"reason": "r"}}
    move(opened.held.id, "refer", SYSTEM, **referred)
    due = CaseClock.objects.get(case_id=opened.held.id, key="object_end").due_at

    assert "ask_reopen" in followed(Case.objects.get(pk=opened.held.id), NOON).moves
    with pytest.raises(TooLateToObject), transaction.atomic():
        acts.ask_to_reopen(At(opened.held.id), "It is theirs.", actor=NOBODY, now=due)
    assert Case.objects.get(pk=opened.held.id).state == "referred"
    acts.ask_to_reopen(At(opened.held.id), "It is theirs.", actor=NOBODY, now=NOON)

    move(opened.held.id, "reopen", OTHER_CHIEF)
    case = Case.objects.get(pk=opened.held.id)
    assert (case.state, case.is_open, case.cycle) == ("coordinated", True, 2)
    assert faults_of_cases() == []


def test_a_complaint_of_before_keeps_its_table_and_its_end() -> None:
    opened = complaint()
    Case.objects.filter(pk=opened.held.id).update(version=1)
    move(opened.held.id, "refer", SYSTEM, public={"text": "x"}, internal={"reason": "r"})

    with pytest.raises(WrongState), transaction.atomic():
        acts.ask_to_reopen(At(opened.held.id), "Still.", actor=NOBODY, now=NOON)

    assert Case.objects.get(pk=opened.held.id).state == "referred"
    assert list(faults(PROPERTY_COMPLAINT)) == [] and list(faults(PROPERTY_COMPLAINT_1)) == []
    assert checksum(PROPERTY_COMPLAINT_1) == PUBLISHED_PROPERTY


def test_a_clock_that_lapses_is_none_by_which_something_is_due_and_escalates_nothing() -> None:
    clocks = [replace(one, lapses=True) for one in REPORT.clocks]

    said = "\n".join(faults(replace(REPORT, clocks=tuple(clocks))))

    assert "report/2.filed: waits without a clock" in said
    assert "report/2.reply: is over without anything, and escalates" in said
