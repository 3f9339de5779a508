"""What is entered through the pages of the register, and a list of whatever length."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.people.models import (
    Dwelling,
    Household,
    Person,
    Residency,
    Roll,
)
from linli.people.testing import (
    FAR,
    VILLAGE,
    make_number,
    make_person,
    make_villages,
)
from linli.people.tests.samples import ALL, CLERK, PATH, post


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


@pytest.fixture
def clerk() -> Client:
    return client_of(CLERK)


def test_a_name_is_shown_as_text_never_as_markup(clerk: Client) -> None:
    person = make_person("陈晓明", employer="<b>x</b>")

    text = clerk.get(reverse("people:person", args=[person.pk])).content.decode()

    assert "<b>x</b>" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


def test_a_list_has_the_same_number_of_queries_whatever_its_length(
    clerk: Client, django_assert_max_num_queries: object
) -> None:
    names = [f"陈{sign}" for sign in "一二三四五六七八九十甲乙丙丁"]
    for name in names:
        make_person(name, address=f"江南路{name}号")
    clerk.get(reverse("people:list"))

    with django_assert_max_num_queries(6):
        page = clerk.get(reverse("people:list")).content.decode()

    assert all(name in page for name in names)


NEW = {
    "place": VILLAGE, "name": "李丽", "document_kind": "resident_id", "standing": "non_local_resident",
    "sex": "unknown",
}  # fmt: skip


def test_somebody_is_entered_through_the_page(clerk: Client) -> None:
    number = make_number(date(1992, 2, 2), "female")

    answer = post(clerk, reverse("people:new"), document_number=number, phone="13900000000", **NEW)

    person = Person.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("people:person", args=[person.pk]),
    )
    assert (person.name, person.sex, person.born_on) == ("李丽", "female", date(1992, 2, 2))


def test_what_was_typed_stays_when_something_is_wrong(clerk: Client) -> None:
    answer = post(clerk, reverse("people:new"), document_number="123", phone="13900000000", **NEW)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="李丽"' in text and 'value="123"' in text and 'value="13900000000"' in text
    assert 'href="#id_document_number"' in text
    assert Person.objects.count() == 0


def test_the_same_form_sent_twice_enters_one_person(clerk: Client) -> None:
    data = {**NEW, "document_number": make_number(), "key": str(uuid4())}

    first, second = (clerk.post(reverse("people:new"), data) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Person.objects.count() == 1


def test_a_dwelling_a_household_and_a_roll_are_made(clerk: Client) -> None:
    post(clerk, reverse("people:dwelling_new"), place=VILLAGE, address="江北路1号", kind="empty")
    post(
        clerk, reverse("people:household_new"), place=VILLAGE, kind="collective", number="J1",
        name="宏达", address="宏达宿舍1栋",
    )  # fmt: skip
    post(
        clerk, reverse("people:roll_new"), place=VILLAGE, kind="owner", name="业主", basis="登记",
        opened_on="2026-11-01",
    )  # fmt: skip

    assert set(Dwelling.objects.values_list("kind", flat=True)) == {"empty", "dormitory"}
    assert Household.objects.get().kind == "collective"
    assert Roll.objects.get().name == "业主"


def test_a_moving_in_enters_its_dwelling(clerk: Client) -> None:
    person = make_person("陈晓明", FAR)
    to = reverse("people:stay_new", args=[person.pk])
    seen = make_actor("town", *ALL, at="441900/", ceiling=VAULT)

    answer = post(
        client_of(seen), to, place=VILLAGE, standing="non_local_resident", basis="declared",
        address="江南路9号",
    )  # fmt: skip

    assert answer.status_code == 303
    home = Residency.objects.get(person=person, path=PATH).dwelling
    assert home is not None and home.address == "江南路9号"
