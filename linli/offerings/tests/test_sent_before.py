"""The same application sent again within minutes is asked about once, and taken when it is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import post_json
from linli.offerings import permits
from linli.offerings.errors import SentBefore
from linli.offerings.models import Application
from linli.offerings.services.applying import apply_for
from linli.offerings.testing import PERMIT, as_offered
from linli.offerings.types.applications import SAME_WITHIN, Applicant, Applying
from linli.places.testing import make_village
from linli.runtime.testing import at_once

CODE = "441900005001"
WHO = Applicant("陈大文", "11010519491231002X", "13800001234")
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, account_id=7)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village(CODE)
    as_offered(monkeypatch, PERMIT)


def send(who: Applicant = WHO, now: Any = NOON, **more: Any) -> str:
    given = Applying("residence-permit", CODE, who, {"whose": "rented"}, **more)
    actor = CLERK if more.get("channel") else NOBODY
    return apply_for(given, actor=actor, now=now).number


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_who_applies_for_two_others_from_one_account_is_asked_of_neither() -> None:
    daughter = Actor(41, None, "daughter")
    for who in (WHO, replace(WHO, name="陈桂英", id_number="", phone="13800005678")):
        given = Applying(
            "residence-permit",
            CODE,
            who,
            {"whose": "rented"},
            is_mine=True,
            agent_relation="family",
        )
        apply_for(given, actor=daughter, now=NOON)

    assert Case.objects.count() == 2
    with pytest.raises(SentBefore):
        apply_for(given, actor=daughter, now=NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_who_sent_it_lately_is_asked_and_nothing_is_taken_until_she_means_it() -> None:
    first = send()
    with pytest.raises(SentBefore) as fault:
        send(replace(WHO, name="陈 大文"), now=NOON + timedelta(minutes=5))
    assert fault.value.details["number"] == first and Case.objects.count() == 1

    send(is_sure=True)
    send(replace(WHO, id_number="", phone="13800001234"))
    with pytest.raises(SentBefore):
        send(replace(WHO, id_number=""))
    send(now=NOON + SAME_WITHIN + timedelta(minutes=1))
    send(channel="counter")
    send(channel="counter")
    marks = [bytes(one) for one in Application.objects.values_list("sent_mark", flat=True) if one]
    assert len(marks) == 4 and not any(b"11010519491231002X" in one for one in marks)


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_of_two_the_one_that_came_in_last_is_named_whatever_its_id() -> None:
    last, first = send(), send(is_sure=True)
    Case.objects.filter(number=first).update(opened_at=NOON - timedelta(minutes=1))

    with pytest.raises(SentBefore) as fault:
        send()

    assert fault.value.details["number"] == last and Case.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_the_page_asks_without_a_script_and_programs_are_refused_unless_they_say_so() -> None:
    client, to = Client(), "/en/items/residence-permit/apply/"

    def post(**more: str) -> Any:
        typed = {
            "place": CODE, "whose": "rented", "name": "陈大文", "id_number": "", "phone": "13800001234",
            "delivery": "counter", "address": "", "uuid": str(uuid4()), "key": str(uuid4()), **more,
        }  # fmt: skip
        return client.post(to, typed)

    assert post().status_code == 303
    number = Case.objects.get().number
    asked = post()
    page = asked.content.decode()
    assert asked.status_code == 409 and number in page and 'name="sure"' in page
    assert f"/en/follow/{number}/" in page and "陈大文" in page and Case.objects.count() == 1
    assert post(sure="1").status_code == 303 and Case.objects.count() == 2
    given = {
        "item": "residence-permit", "place": CODE, "answers": {"whose": "rented"},
        "applicant": {"name": "陈大文", "phone": "13800001234"},
    }  # fmt: skip
    refused = post_json(client, "/api/v1/applications/", given)
    assert (refused.status_code, refused.json()["code"]) == (409, "sent_before")
    assert post_json(client, "/api/v1/applications/", {**given, "is_sure": True}).status_code == 201


@pytest.mark.django_db
@pytest.mark.usefixtures("offered")
def test_whoever_knows_only_the_number_of_her_card_does_not_hear_that_she_applied() -> None:
    first = send()

    assert send(replace(WHO, phone="13900000000")) != first

    marks = Application.objects.values_list("sent_mark", flat=True)
    assert len({bytes(one) for one in marks if one}) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("offered")
def test_sent_twice_at_once_it_is_one() -> None:
    told = at_once(send, send)

    assert sorted(told) == ["", "sent_before"] and Case.objects.count() == 1
