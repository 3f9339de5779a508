"""A resident acts for who gave her a mandate: what she sends is hers who gave it, or it is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.models import Account, Mandate
from linli.access.testing import make_account
from linli.cases.models import Case, Reporter
from linli.cases.queries.own import own_cases
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, post_json
from linli.notify.models import Message
from linli.offerings.models import Application
from linli.offerings.testing import PERMIT, as_offered
from linli.people.models import Person
from linli.people.testing import VILLAGE, make_person, make_villages

pytestmark = pytest.mark.django_db
APPLY = "/zh-hans/items/residence-permit/apply/"
API = "/api/v1/applications/"
TOLD = "offerings.applied_for_you"


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    make_villages()
    as_offered(monkeypatch, PERMIT)


@pytest.fixture
def son() -> Account:
    return make_account(kind="resident", display_name="陈小文", phone="+8613800138000")


@pytest.fixture
def mandate(mother: Person, son: Account) -> Mandate:
    now = timezone.now()
    return Mandate.objects.create(
        principal_id=mother.pk, agent=son, starts_at=now, ends_at=now + timedelta(30),
        basis="委托书", recorded_by=make_account(),
    )  # fmt: skip


@pytest.fixture
def acting(mandate: Mandate, mother: Person, monkeypatch: pytest.MonkeyPatch) -> Client:
    codes: list[str] = []
    told = "linli.access.clients.messages.send_code"
    monkeypatch.setattr(told, lambda _phone, code, **_more: codes.append(code))
    client = Client()
    asked = client.post("/zh-hans/access/sign-in/resident/", {"phone": "13800138000"})
    ticket = re.search(r'name="ticket" value="([^"]+)"', asked.content.decode())
    assert ticket is not None
    client.post("/zh-hans/access/sign-in/code/", {"ticket": ticket[1], "code": codes[0]})
    given = {"person": mother.pk, "reason": "母亲请我代办", "key": str(uuid4())}
    assert client.post("/zh-hans/access/posts/act", given).status_code in (302, 303)
    return client


def form(**more: Any) -> dict[str, Any]:
    return {
        "place": VILLAGE, "whose": "own", "phone": "13800001234", "delivery": "counter",
        "address": "", "uuid": str(uuid4()), "key": str(uuid4()), **more,
    }  # fmt: skip


def body(**more: Any) -> dict[str, Any]:
    return {
        "item": "residence-permit", "place": VILLAGE, "answers": {"whose": "own"},
        "applicant": {"phone": "13800001234"}, **more,
    }  # fmt: skip


def test_by_page_her_application_is_hers_stands_with_both_and_she_is_told(
    acting: Client, mother: Person, son: Account, mandate: Mandate
) -> None:
    shown = acting.get(APPLY, {"whose": "own"}).content.decode()
    assert "陈阿婆" in shown and 'name="name"' not in shown

    assert acting.post(APPLY, form()).status_code == 303

    row, asker = Application.objects.get(), Reporter.objects.get()
    assert (row.person_id, row.mandate_id) == (mother.pk, mandate.pk)
    assert (asker.person_id, asker.account_id) == (mother.pk, son.pk)
    for owner in (Actor(son.pk, None, ""), Actor(1, mother.pk, "")):
        assert [one.number for one in own_cases(owner, 9)] == [Case.objects.get().number]
    told = Message.objects.get(template=TOLD)
    assert told.person_id == mother.pk and "陈小文" in told.body


def test_over_the_api_it_is_the_same(acting: Client, mother: Person, mandate: Mandate) -> None:
    assert post_json(acting, API, body(agent_relation="family")).status_code == 201

    row = Application.objects.get()
    assert (row.person_id, row.mandate_id) == (mother.pk, mandate.pk)
    assert row.agent_relation == ""


@pytest.mark.parametrize("end", ["revoked", "died", "died_joined"])
def test_once_the_mandate_ended_nothing_is_filed_while_the_page_says_that_she_acts(
    end: str, mother: Person, son: Account, mandate: Mandate
) -> None:
    """Civil Code art. 173: the authority ends with the death of whoever gave it."""
    if end == "revoked":
        Mandate.objects.update(revoked_at=timezone.now())
    elif end == "died":
        Person.objects.filter(pk=mother.pk).update(died_on=date(2026, 11, 20))
    else:
        kept = make_person("陈阿婆", born_on=date(1946, 11, 5))
        Person.objects.filter(pk=kept.pk).update(died_on=date(2026, 11, 20))
        Person.objects.filter(pk=mother.pk).update(merged_into_id=kept.pk)

    acting = client_of(Actor(son.pk, None, "son", (), acting_for=mother.pk))
    page = acting.post(APPLY, form(name="陈阿婆"))
    assert page.status_code == 422 and "没有今天有效的委托" in page.content.decode()
    assert post_json(acting, API, body()).status_code == 422
    assert not Case.objects.exists() and not Message.objects.filter(template=TOLD).exists()
