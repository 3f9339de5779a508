"""The register at the window: found by card or name, two steps, nothing saved before the resident says yes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.people import permits
from linli.people.models import Person, Residency
from linli.people.testing import FAR, VILLAGE, make_number, make_person, make_villages
from linli.people.tests.samples import PATH, post
from linli.ui.context import Shell

CLERK = make_actor(
    "clerk", permits.VIEW, permits.EDIT, permits.LOOK_UP, permits.REVEAL, at=PATH, ceiling=VAULT
)
READER = make_actor("reader", permits.VIEW, at=PATH, ceiling=VAULT)
NUMBER = "44190019900101001X"


@pytest.fixture(autouse=True)
def _at_counter(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shell, "is_at_counter", property(lambda shell: True))
    make_villages()


def find(client: Client, words: str) -> Any:
    return post(client, reverse("people:counter"), q=words)


def version_in(page: Any) -> str:
    return re.findall(r'name="version" value="(\d+)"', page.content.decode())[0]


def test_a_card_on_the_reader_opens_the_entry_and_the_number_is_in_no_address() -> None:
    person = make_person("陈晓明", number=NUMBER)

    answer = find(client_of(CLERK), NUMBER.lower())

    assert (answer.status_code, answer["Location"]) == (
        303, reverse("people:person", args=[person.pk]),
    )  # fmt: skip
    assert NUMBER not in answer["Location"]


def test_several_of_one_name_are_told_apart_without_number_address_or_telephone() -> None:
    for _ in range(2):
        make_person("陈晓明", phone="13812345678", address="江南大道12号302")

    page = find(client_of(CLERK), "陈晓明").content.decode()

    assert page.count("<kbd>1</kbd>") == page.count("<kbd>2</kbd>") == 1
    assert "1990" in page
    for hidden in ("13812345678", "138****", "江南大道", "****"):
        assert hidden not in page


def test_somebody_who_lives_elsewhere_is_not_found_and_can_be_entered_with_what_was_scanned() -> (
    None
):
    make_person("陈晓明", FAR, number=NUMBER)
    clerk = client_of(CLERK)

    page = find(clerk, NUMBER).content.decode()
    form = post(clerk, reverse("people:new"), step="edit", document_number=NUMBER)

    assert "陈晓明" not in page
    assert f'name="document_number" value="{NUMBER}"' in page
    assert form.status_code == 200
    assert f'value="{NUMBER}"' in form.content.decode()
    assert "data-faults" not in form.content.decode()


def test_the_entry_shows_masked_numbers_and_the_steps_by_digit() -> None:
    person = make_person("陈晓明", number=NUMBER, phone="13812345678")

    page = client_of(CLERK).get(reverse("people:person", args=[person.pk])).content.decode()
    desk = client_of(CLERK).get(reverse("people:person", args=[person.pk]) + "?face=desk")

    assert "ll-counter" in page
    assert "4419*************X" in page
    assert NUMBER not in page
    assert page.count("<kbd>6</kbd>") == 1
    assert "ll-counter" not in desk.content.decode()


def test_who_may_only_read_gets_no_step_that_would_be_refused() -> None:
    person = make_person("陈晓明")

    page = client_of(READER).get(reverse("people:person", args=[person.pk])).content.decode()

    assert reverse("people:edit", args=[person.pk]) not in page
    assert "<kbd>2</kbd>" not in page


def test_a_correction_is_read_first_and_saved_only_then() -> None:
    person = make_person("陈晓明", kind="passport", number="E12345678")
    clerk, to = client_of(CLERK), reverse("people:edit", args=[person.pk])
    typed = {"name": "陈小明", "sex": "male", "born_on": "1990-01-01"}
    typed["version"] = version_in(clerk.get(to))

    check = post(clerk, to, step="check", **typed)

    page = check.content.decode()
    assert (check.status_code, Person.objects.get().name) == (200, "陈晓明")
    assert "ll-turned" in page
    assert "陈小明" in page
    assert "原来：陈晓明" in page
    back = post(clerk, to, step="edit", **typed)
    assert 'value="陈小明"' in back.content.decode()
    saved = post(clerk, to, step="save", **typed)
    assert (saved.status_code, Person.objects.get().name) == (303, "陈小明")


def test_what_would_be_refused_is_told_to_the_clerk_before_the_screen_is_turned() -> None:
    person = make_person("陈晓明", number=NUMBER)
    clerk, to = client_of(CLERK), reverse("people:edit", args=[person.pk])
    typed = {"name": "陈晓明", "sex": "female", "born_on": "1990-01-01"}
    typed["version"] = version_in(clerk.get(to))

    answer = post(clerk, to, step="check", **typed)

    assert answer.status_code == 422
    assert "ll-turned" not in answer.content.decode()
    assert "data-faults" in answer.content.decode()


def test_a_number_that_is_taken_is_told_at_the_check() -> None:
    make_person("陈晓明", number=NUMBER)
    typed = {
        "place": VILLAGE, "document_kind": "resident_id", "document_number": NUMBER,
        "name": "林小云", "standing": "non_local_resident",
    }  # fmt: skip

    answer = post(client_of(CLERK), reverse("people:new"), step="check", **typed)

    assert answer.status_code in (409, 422)
    assert Person.objects.count() == 1


def test_somebody_new_is_checked_and_entered_once() -> None:
    number, clerk = make_number(), client_of(CLERK)
    typed = {
        "place": VILLAGE, "document_kind": "resident_id", "document_number": number,
        "name": "林小云", "phone": "13900001111", "address": "江南大道12号302",
        "standing": "non_local_resident", "basis": "declared",
    }  # fmt: skip

    check = post(clerk, reverse("people:new"), step="check", **typed)

    page = check.content.decode()
    assert (check.status_code, Person.objects.count()) == (200, 0)
    for words in (number, "林小云", "13900001111", "江南大道12号302"):
        assert words in page
    saved = post(clerk, reverse("people:new"), step="save", **typed)
    assert saved.status_code == 303
    assert Person.objects.get().name == "林小云"


def test_where_somebody_lives_is_checked_too() -> None:
    person = make_person("陈晓明", address="江南大道12号302")
    clerk = client_of(CLERK)
    to = reverse("people:stay_edit", args=[Residency.objects.get(person=person).pk])
    typed = {
        "standing": "non_local_resident", "basis": "employer", "employer": "宏达厂",
        "address": "江北路1号", "version": version_in(clerk.get(to)),
    }  # fmt: skip

    check = post(clerk, to, step="check", **typed)

    assert "宏达厂" in check.content.decode()
    assert Residency.objects.get(person=person).employer == ""
    assert post(clerk, to, step="save", **typed).status_code == 303
    assert Residency.objects.get(person=person).employer == "宏达厂"


def test_a_colleague_who_saved_meanwhile_is_told_at_the_check() -> None:
    person = make_person("陈晓明", kind="passport", number="E12345678")
    clerk, to = client_of(CLERK), reverse("people:edit", args=[person.pk])
    typed = {"sex": "male", "born_on": "1990-01-01", "version": version_in(clerk.get(to))}
    post(clerk, to, step="save", name="陈大明", **typed)

    late = post(clerk, to, step="check", name="陈小明", **typed)

    assert late.status_code == 409
    assert "陈大明" in late.content.decode()
    assert Person.objects.get().name == "陈大明"
