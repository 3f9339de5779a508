"""What was referred, or is said to be beyond the office, may be objected to in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from linli.cases import permits
from linli.cases.errors import DecidesOwnWork, TooLateToObject
from linli.cases.kinds.report import REPORT
from linli.cases.kinds.report_earlier import REPORT_1
from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.queries.following import followed
from linli.cases.rules.kinds import checksum, faults
from linli.cases.services import following as acts
from linli.cases.services.sweeping import Swept, sweep
from linli.cases.testing import NOON, VILLAGE, make_report, move
from linli.cases.testing import faults as faults_of_cases
from linli.cases.tests.test_following import CLERK
from linli.cases.types.moves import At
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import make_actor

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
CHIEF = make_actor("chief", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=9)
OTHER_CHIEF = make_actor("other", permits.SUPERVISE, permits.SEE, at=VILLAGE, account_id=10)
GIVEN: dict[str, Any] = {"public": {"text": "The city does it."}, "internal": {"reason": "r"}}
# the table of the first version, as it was published
PUBLISHED = "440c96d731abd0c31d8c118deb4c498d5f33e41ecf3b9db06bfd9a4defcd8333"


def ended(how: str) -> Any:
    filed = make_report()
    move(filed.case_id, "accept", CLERK)
    move(filed.case_id, how, CHIEF if how == "beyond" else CLERK, **GIVEN)
    return filed


@pytest.mark.parametrize("how", ["beyond", "refer"])
def test_an_end_without_a_result_is_objected_to_in_time_and_another_decides(how: str) -> None:
    filed = ended(how)
    case = Case.objects.get(pk=filed.case_id)
    it = followed(case, NOON)
    assert not case.is_open and "ask_reopen" in it.moves
    assert it.own_time is not None

    page = Client().get(f"/en/follow/{filed.number}/?code={filed.code}").content.decode()
    assert f"/en/follow/{filed.number}/reopen" in page and "You have time until" in page
    acts.ask_to_reopen(At(filed.case_id), "They say it is yours.", actor=NOBODY, now=NOON)

    case.refresh_from_db()
    assert (case.state, case.is_open) == ("reopen_asked", True)
    if how == "beyond":
        with pytest.raises(DecidesOwnWork):
            move(filed.case_id, "reopen", CHIEF)
    move(filed.case_id, "reopen", OTHER_CHIEF)
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
