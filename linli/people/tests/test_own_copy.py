"""The copy of all that is kept about a person, from every app, for herself alone (PIPL 45)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.access.models import Mandate
from linli.access.testing import make_account
from linli.activities.testing import at, make_booking, make_venue
from linli.cases.testing import make_report
from linli.cases.types.filing import Contact
from linli.kernel.errors import Invalid, TooMany
from linli.kernel.own_data import OWN_DATA
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Message, MessageConsent
from linli.offerings.models import Benefit
from linli.offerings.services.applying import apply_for
from linli.offerings.testing import PERMIT, as_offered
from linli.offerings.types.applications import Applicant, Applying
from linli.people.models import Person
from linli.people.services.own_data import own_copy
from linli.people.testing import VILLAGE, make_person, path_of
from linli.people.tests.samples import post
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"
NOW = timezone.now()
SOON = timezone.localdate() + timedelta(days=9)


@pytest.fixture
def her() -> Person:
    return make_person("李月", number=NUMBER, born_on=date(1949, 12, 31), sex="female")


@pytest.fixture
def actor(her: Person) -> Actor:
    account = make_account(
        "r-1", kind="resident", phone="+8613800138000", display_name="李月", person_id=her.pk
    )
    return make_actor("李月", account_id=account.pk, person_id=her.pk)


def lives(actor: Actor, her: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something of hers and the same of somebody else stands in every app."""
    other = make_person("陈文")
    clerk = make_account("clerk")
    for who, account, person in (("李月", actor.account_id, her), ("陈文", clerk.pk, other)):
        one = make_actor(who, account_id=account, person_id=person.pk)
        told = Contact(who, "13800138000")
        make_report(f"{who}的灯", actor=one, is_mine=True, contact=told, now=NOW)
        as_offered(monkeypatch, PERMIT)
        applicant = Applicant(who, NUMBER, "13800138000")
        apply_for(
            Applying("residence-permit", VILLAGE, applicant, {"whose": "rented"}, is_mine=True,
                     person_id=person.pk),
            actor=one, now=NOW,
        )  # fmt: skip
        hour = 9 if person == her else 12
        make_booking(make_venue(name=f"{who}厅"), at(hour, SOON), actor=one, now=NOW, name=who)
        Benefit.objects.create(person_id=person.pk, path=path_of(VILLAGE), kind="allowance",
                               name=f"{who}津贴", since=date(2025, 1, 1))  # fmt: skip
        Message.objects.create(code=f"m{person.pk}", template="t", purpose="p", account_id=account,
                               language="en", subject=f"to {who}", body="b", level=1,
                               created_at=NOW)  # fmt: skip
        MessageConsent.objects.create(account_id=account, purpose="p", version=1, given_at=NOW)
        Mandate.objects.create(
            principal=person, agent=clerk, starts_at=NOW, ends_at=NOW + timedelta(days=9),
            basis=f"paper of {who}", recorded_by=clerk,
        )  # fmt: skip


def test_the_copy_has_all_of_hers_from_every_app_and_nothing_of_others(
    actor: Actor, her: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives(actor, her, monkeypatch)

    copy = own_copy(her, NUMBER, actor=actor, now=NOW)

    assert set(copy) >= {one.key for one in OWN_DATA} | {"documents", "readings"}
    assert copy["accounts"][0]["phone"] == "+8613800138000"
    assert [one["contact"]["name"] for one in copy["reports"]] == ["李月", "李月"]
    assert copy["applications"][0]["applicant"]["id_number"] == NUMBER
    assert [one["name"] for one in copy["bookings"]] == ["李月"]
    assert [one["name"] for one in copy["benefits"]] == ["李月津贴"]
    assert [one["basis"] for one in copy["mandates"]] == ["paper of 李月"]
    assert "to 李月" in [one["subject"] for one in copy["messages"]]
    assert len(copy["consents"]) == 1
    assert "陈文" not in str({**copy, "readings": []})


@pytest.mark.parametrize("number", ["", "110105194912310038", "李月"])
def test_whoever_has_her_telephone_alone_gets_no_copy(
    actor: Actor, her: Person, number: str
) -> None:
    """A number is given to somebody else by the carrier: it opens her page, not her numbers."""
    before = Entry.objects.filter(outcome="read").count()

    sent = post(client_of(actor), "/en/me/data/copy", number=number)

    assert sent.status_code == 422
    assert "This is not the number of a document of yours" in sent.content.decode()
    assert NUMBER not in sent.content.decode()
    assert Entry.objects.filter(outcome="read").count() == before
    assert post(client_of(actor), "/en/me/data/copy", number=NUMBER).status_code == 200


def test_numbers_are_not_tried_through(actor: Actor, her: Person) -> None:
    tried: list[Any] = []
    for _n in range(6):
        try:
            own_copy(her, "110105194912310038", actor=actor, now=NOW)
        except (Invalid, TooMany) as refusal:
            tried.append(type(refusal))

    assert tried == [Invalid] * 5 + [TooMany]
    with pytest.raises(TooMany):
        own_copy(her, NUMBER, actor=actor, now=NOW)


def test_a_number_with_a_small_x_and_spaces_is_hers(actor: Actor, her: Person) -> None:
    assert own_copy(her, "110105 19491231 002x", actor=actor, now=NOW)["name"] == "李月"
