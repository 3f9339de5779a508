"""PIPL 47: whoever is erased leaves nothing under her account, also where no entry stands behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access.models import Account, DataRequest
from linli.access.queries.requests import waits_for_erasure
from linli.access.services import forgetting, requests
from linli.access.services.forgetting import erase_account
from linli.access.testing import (
    NOON,
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
)
from linli.activities.models import Booking, BookingVault, Enrolment, EnrolmentVault
from linli.activities.services import enrolling, events
from linli.activities.testing import at, make_venue
from linli.activities.testing import make_booking as book
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.cases.models import Case, PublicWords, Reporter
from linli.cases.testing import make_report
from linli.cases.types.filing import Contact
from linli.formkit.models import FormDraft
from linli.formkit.services.drafts import start_draft
from linli.formkit.testing import make_published
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import TOWN, VILLAGE, client_of, stop_clock
from linli.offerings.models import Application
from linli.offerings.services.applying import apply_for
from linli.offerings.testing import PERMIT, as_offered
from linli.offerings.types.applications import Applicant, Applying
from linli.people.services.forgetting import erase_person
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
PHONE = "+8613800138000"
SOON = timezone.localdate(NOON) + timedelta(days=9)
COURSE = EventFacts(
    "course", "Paper", "Scissors", "Fig lane", ((at(19, SOON), at(20, SOON)),), 3, waiting=3
)


def resident(**more: Any) -> Account:
    return make_account("r-1", kind="resident", phone=PHONE, display_name="李月", **more)


def leader() -> Actor:
    post = make_post("town_lead", path=TOWN)
    make_right(template="town_lead", post_id=post.pk, path=TOWN)
    account = make_account()
    make_holding(post, account)
    return actor_for(account)


def deletion(account: Account) -> DataRequest:
    return requests.file_request(
        "delete", "all of it", path=VILLAGE, actor=actor_for(account), now=NOON
    )


def run_jobs() -> None:
    """Run what was queued, also what that queues, as the workers would."""
    while jobs := list(ProcrastinateJob.objects.order_by("pk").exclude(pk__in=done)):
        for job in jobs:
            done.append(job.pk)
            app.tasks[job.task_name](**job.args)


done: list[int] = []


@pytest.fixture(autouse=True)
def no_jobs_before() -> None:
    done.clear()


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and jobs go by the moment at which she did all of it."""
    stop_clock(monkeypatch, NOON)


def lives_by_account(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """She reports, applies, books, takes part and begins a form by her account."""
    her = actor_for(account)
    told = Contact("李月", "13800138000")
    make_report("我家门口的灯", actor=her, is_mine=True, contact=told, now=NOON)
    as_offered(monkeypatch, PERMIT)
    who = Applicant("李月", "11010519491231002X", "13800138000")
    apply_for(
        Applying("residence-permit", "441900005001", who, {"whose": "rented"}, is_mine=True,
                 uuid=uuid4()),
        actor=her, now=NOON,
    )  # fmt: skip
    book(make_venue(), at(9, SOON), actor=her, now=NOON)
    event = events.add_event(make_village("441900005001"), COURSE, actor=SYSTEM, now=NOON)
    event = events.publish_event(event, actor=SYSTEM, now=NOON)
    enrolling.enrol(event, EnrolFacts((Taker("李月", 1980),), PHONE), actor=her, now=NOON)
    version = make_published(now=NOON)
    start_draft(version, purpose="test", actor=her, now=NOON)


def assert_nothing_left(but: int = 0) -> None:
    hers = Reporter.objects.exclude(pk=but)
    assert [row.account_id for row in hers] == [None, None]
    assert all(row.contact is None and row.forgotten_at for row in hers)
    assert not PublicWords.objects.filter(is_by_reporter=True).exclude(case_id=but).exists()
    assert {case.title for case in Case.objects.exclude(pk=but)} == {""}
    applied = Application.objects.get()
    assert (applied.sealed, applied.name_masked, applied.answers) == (None, "", {})
    booking, seat = Booking.objects.get(), Enrolment.objects.get()
    assert (booking.state, booking.account_id, booking.masked_name) == ("cancelled", None, "")
    assert (seat.state, seat.account_id, seat.masked_name) == ("withdrawn", None, "")
    assert not BookingVault.objects.exists() and not EnrolmentVault.objects.exists()
    assert not FormDraft.objects.exists()


def test_what_was_filed_before_she_was_tied_to_her_entry_goes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = resident()
    lives_by_account(account, monkeypatch)
    other = make_report("别人的灯", now=NOON)
    person = make_person("李月", until=NOON.date())
    Account.objects.filter(pk=account.pk).update(person=person)

    erase_person(person, "GR-2026-0001", actor=SYSTEM, now=NOON)
    run_jobs()

    assert Case.objects.get(pk=other.case_id).title == "别人的灯"
    assert_nothing_left(but=other.case_id)


def test_who_stands_in_no_register_is_erased_before_her_request_is_answered_as_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, lead = resident(), leader()
    lives_by_account(account, monkeypatch)
    request = deletion(account)
    requests.take_request(request, actor=lead, now=NOON)
    page = f"/en/access/data-requests/{request.number}/"

    assert "Erase the account" in client_of(lead).get(page).content.decode()
    with pytest.raises(Invalid) as refused:
        requests.answer_request(request, "done", is_refused=False, actor=lead, now=NOON)
    assert refused.value.fields.keys() == {"outcome"}
    assert DataRequest.objects.get().state == "working"

    answer = client_of(lead).post(f"{page}erase", {"key": str(uuid4())})
    run_jobs()

    assert answer.status_code == 303
    assert_nothing_left()
    left = Account.objects.get(pk=account.pk)
    assert (left.state, left.display_name, left.phone_index) == ("disabled", "", None)
    request = DataRequest.objects.get()
    assert not waits_for_erasure(request)
    answered = requests.answer_request(request, "done", is_refused=False, actor=lead, now=NOON)
    assert answered.state == "answered"


def test_the_account_is_erased_by_the_api_as_by_the_page() -> None:
    account, lead = resident(), leader()
    request = deletion(account)

    answer = client_of(lead).post(
        f"/api/v1/access/data-requests/{request.number}/erase", headers={"Idempotency-Key": "k1"}
    )

    assert answer.status_code == 200, answer.content
    assert Account.objects.get(pk=account.pk).disabled_reason == "erased"


def test_nobody_erases_an_account_without_the_permit_the_request_or_the_need() -> None:
    account, lead, clerk = resident(), leader(), actor_for(make_staff("clerk"))
    request = deletion(account)
    copy = requests.file_request("copy", "all", path=VILLAGE, actor=actor_for(account), now=NOON)
    staff = make_account("worker")
    hers = deletion(staff)

    with pytest.raises(NotAllowed):
        erase_account(request, actor=clerk, now=NOON)
    for no_deletion in (copy, hers):
        with pytest.raises(Invalid):
            erase_account(no_deletion, actor=lead, now=NOON)
    requests.withdraw_request(request, actor=actor_for(account), now=NOON)
    with pytest.raises(WrongState):
        erase_account(request, actor=lead, now=NOON)

    assert not waits_for_erasure(hers)
    assert not Account.objects.filter(state="disabled").exists()


def test_whose_entry_stands_is_erased_by_it_and_not_by_her_account() -> None:
    account, lead = resident(), leader()
    request = deletion(account)
    Account.objects.filter(pk=account.pk).update(person=make_person("李月"))

    assert waits_for_erasure(DataRequest.objects.get())
    with pytest.raises(Invalid):
        erase_account(request, actor=lead, now=NOON)
    assert Account.objects.get(pk=account.pk).state == "active"


def test_what_she_filed_for_somebody_else_stays_and_forgets_her_account() -> None:
    account, mother = resident(), make_person("陈母")
    filed = make_report("妈妈家的灯", actor=actor_for(account), is_mine=True, now=NOON)
    Reporter.objects.filter(pk=filed.case_id).update(person_id=mother.pk)
    erase_account(deletion(account), actor=SYSTEM, now=NOON)
    run_jobs()

    row = Reporter.objects.get()
    assert (row.person_id, row.account_id, row.forgotten_at) == (mother.pk, None, None)
    assert Case.objects.get().title == "妈妈家的灯"


def test_a_restored_backup_forgets_again_which_accounts_were_erased_since() -> None:
    account, other = resident(), make_account("r-2", kind="resident", display_name="陈")
    erased = [account.pk, other.pk + 40]

    assert forgetting.erase_again(erased, actor=SYSTEM, now=NOON) == 1
    assert forgetting.erase_again(erased, actor=SYSTEM, now=NOON) == 0

    assert Account.objects.get(pk=account.pk).display_name == ""
    assert Account.objects.get(pk=other.pk).display_name == "陈"
    assert make_account("r-3", kind="resident").pk > other.pk + 40
