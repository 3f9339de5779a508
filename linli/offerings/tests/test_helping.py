"""Somebody applies for another: both are named, the helper is reached, the applicant stays the applicant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from linli.access.testing import make_account
from linli.cases import permits as cases
from linli.cases.models import Case, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.offices import person
from linli.cases.types import Channel
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, post_json
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.clients.applicants import opened
from linli.offerings.models import Application
from linli.offerings.services.applying import apply_for
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.services.window import take_in
from linli.offerings.testing import PENSION, SYSTEM, as_offered
from linli.offerings.types.applications import Applicant, Applying
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CODE, APPLY = "441900005001", "/zh-hans/items/residence-permit/apply/"
MOTHER = Applicant("陈桂英", "11010519491231002X")
HELPED = replace(MOTHER, agent_name="陈小文", agent_phone="13800001234")
DESK = (cases.SEE, cases.HANDLE, cases.DISPATCH)
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, *DESK, account_id=7)


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village(CODE)
    as_offered(monkeypatch, PENSION)


def wish(applicant: Applicant = HELPED, **more: Any) -> Applying:
    given = {"answers": {"whose": "other"}, "agent_relation": "family", "by_sms": True, **more}
    return Applying("residence-permit", CODE, applicant, **given)


def test_both_are_kept_sealed_and_what_becomes_of_it_goes_to_the_helper() -> None:
    apply_for(wish(), actor=NOBODY, now=NOON)

    row, reporter = Application.objects.get(), Reporter.objects.get()
    kept = opened(row.sealed, row.pk)
    assert (kept.name, kept.agent_name, kept.agent_phone) == ("陈桂英", "陈小文", "+8613800001234")
    assert (row.agent_relation, row.name_masked) == ("family", "陈某某")
    assert row.agent_masked == "陈某某 138****1234"
    assert contact_of(reporter).name == "陈小文"
    assert Delivery.objects.get(template="offerings.applied").masked.endswith("1234")
    assert faults() == []


@pytest.mark.parametrize(
    ("applicant", "more", "field"),
    [
        (replace(HELPED, agent_name=""), {}, "agent_name"),
        (replace(HELPED, name=""), {}, "name"),
        (replace(HELPED, agent_phone=""), {}, "agent_phone"),
        (replace(HELPED, agent_phone="12"), {}, "agent_phone"),
        (replace(HELPED, agent_id="1101051949"), {}, "agent_id"),
        (HELPED, {"agent_relation": ""}, "agent_relation"),
        (HELPED, {"agent_relation": "nosuch"}, "agent_relation"),
    ],
)
def test_what_is_missing_of_either_is_told_at_its_field_and_nothing_is_kept(
    applicant: Applicant, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused, transaction.atomic():
        apply_for(wish(applicant, **more), actor=NOBODY, now=NOON)

    assert list(refused.value.fields) == [field]
    assert not Case.objects.exists()


def test_the_window_asks_who_stands_there_and_reaches_her() -> None:
    here = {"channel": Channel.COUNTER, "agent_relation": "", "brought": frozenset({"id-card"})}
    with pytest.raises(Invalid) as refused, transaction.atomic():
        take_in(wish(MOTHER, **here), actor=CLERK, now=NOON)
    assert list(refused.value.fields) == ["agent_name"]
    assert not Case.objects.exists()

    mother = make_person(name="陈桂英")
    told = {**here, "agent_basis": "书面委托书", "person_id": mother.pk}
    take_in(wish(HELPED, **told), actor=CLERK, now=NOON)

    assert contact_of(Reporter.objects.get()).phone == "+8613800001234"
    assert Application.objects.get().person_id == mother.pk
    # at every step the helper is told, though the register has a number of the applicant
    assert {one.masked[-4:] for one in Delivery.objects.all()} == {"1234"}


@pytest.mark.parametrize("known_by", [{"agreed": "phone"}, {"is_looked_at": True}])
def test_who_helps_is_not_asked_where_an_office_does(known_by: dict[str, Any]) -> None:
    alone = replace(MOTHER, phone="13800001234")
    channel = Channel.PHONE if "agreed" in known_by else Channel.PAGE
    apply_for(
        wish(alone, channel=channel, agent_relation="", **known_by), actor=CLERK, now=NOON
    )  # fmt: skip

    assert Application.objects.get().agent_masked == ""


def test_who_is_forgotten_takes_her_helper_along() -> None:
    mother = make_person(name="陈桂英")
    told = {"channel": Channel.COUNTER, "agent_basis": "委托书", "person_id": mother.pk}
    take_in(wish(HELPED, **told), actor=CLERK, now=NOON)

    forget_applicant(mother.pk, actor=SYSTEM, now=NOON)

    row = Application.objects.get()
    assert (row.sealed, row.agent_masked, row.name_masked, row.agent_relation) == (None, "", "", "")


def test_a_daughter_fills_it_in_for_her_mother_and_both_stand_on_receipt_and_sheet() -> None:
    client, typed = Client(), {
        "place": CODE, "whose": "other", "name": "陈桂英", "id_number": "", "agent_name": "陈小文",
        "agent_relation": "family", "agent_phone": "13800001234", "delivery": "counter",
        "address": "", "uuid": str(uuid4()), "key": str(uuid4()),
    }  # fmt: skip
    hers = client.get(APPLY, {"place": CODE, "whose": "self"}).content.decode()
    shown = client.get(APPLY, {"place": CODE, "whose": "other"}).content.decode()
    assert "您的姓名" in hers and 'name="agent_name"' not in hers and "whose=other" in hers
    assert "给谁办" in shown and "您本人的姓名" in shown and 'name="phone"' not in shown

    lacking = client.post(APPLY, {**typed, "agent_name": ""})
    assert lacking.status_code == 422 and "id_agent_name-err" in lacking.content.decode()
    got = client.post(APPLY, {**typed, "key": str(uuid4())})

    for extra in ("", "&paper=1"):
        receipt = client.get(got["Location"] + extra).content.decode()
        assert "陈某某" in receipt and "138****1234" in receipt and "家人" in receipt
    sheet = (
        client_of(CLERK).get(f"/zh-hans/desk/cases/{Case.objects.get().number}/").content.decode()
    )
    assert "陈某某" in sheet and "尚未出示委托书" in sheet


def test_a_program_names_both_and_a_known_caller_is_the_helper() -> None:
    mine = make_account(kind="resident", display_name="陈小文")
    known = make_person(name="陈小文")
    caller = Actor(mine.pk, known.pk, "son", ())
    body = {"item": "residence-permit", "place": CODE, "answers": {"whose": "other"},
            "applicant": {"name": "陈桂英"}}  # fmt: skip

    refused = post_json(client_of(caller), "/api/v1/applications/", body)
    taken = post_json(
        client_of(caller), "/api/v1/applications/", {**body, "agent_relation": "family"}
    )

    assert refused.status_code == 422 and "agent_relation" in refused.json()["fields"]
    assert taken.status_code == 201
    row = Application.objects.get()
    assert opened(row.sealed, row.pk).agent_name == "陈小文"
    assert (row.person_id, Reporter.objects.get().account_id) == (None, mine.pk)
    told = client_of(caller).get(f"/api/v1/applications/{taken.json()['number']}/").json()
    assert told["agent_relation"] == "family"


def test_the_form_of_the_window_asks_for_the_agent_and_her_paper_where_it_is_for_another() -> None:
    window = "/zh-hans/window/residence-permit/"
    given = {
        "person": "0", "whose": "other", "place": CODE, "name": "陈桂英", "delivery": "counter",
        "uuid": str(uuid4()), "key": str(uuid4()), "brought_id-card": "on",
    }  # fmt: skip

    lacking = client_of(CLERK).post(window, given)
    page = lacking.content.decode()

    assert lacking.status_code == 422 and not Case.objects.exists()
    assert "id_agent_name-err" in page and "id_agent_basis-err" in page
    agent = {"agent_name": "陈小文", "agent_phone": "13800001234", "agent_basis": "书面委托书"}
    taken = client_of(CLERK).post(window, {**given, **agent, "key": str(uuid4())})
    assert taken.status_code == 303
    assert Application.objects.get().agent_masked == "陈某某 138****1234"
