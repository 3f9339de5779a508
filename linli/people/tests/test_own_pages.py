"""What a person is shown of her own data, and what she is not while she acts for another."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from linli.kernel.testing import client_of, make_actor
from linli.people.tests.samples import post
from linli.people.tests.test_views import NUMBER, address, world
from linli.trail.models import Entry

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_a_person_reads_takes_and_corrects_her_own_data(world: dict[str, int]) -> None:
    herself = client_of(make_actor("resident", person_id=world["person_id"]))

    page, copy = (
        herself.get(reverse("people:me")),
        post(herself, reverse("people:me_copy"), number=NUMBER),
    )
    noted = post(
        herself,
        reverse("people:contact_new", args=[world["person_id"]]),
        kind="email",
        value="a@b.cn",
    )

    assert "4419*************X" in page.content.decode()
    assert copy.json()["documents"][0]["number"] == NUMBER
    assert (noted.status_code, noted["Location"]) == (303, reverse("people:me"))
    assert herself.get(address("person", world, "other_id")).status_code == 404
    assert Client().get(reverse("people:me")).status_code in (302, 404)


def test_a_resident_is_shown_her_own_face_and_no_form_of_staff(world: dict[str, int]) -> None:
    herself = client_of(make_actor("resident", person_id=world["person_id"]))

    opened = herself.get(address("person", world, "person_id"))
    form = herself.get(address("contact_new", world, "person_id")).content.decode()
    closed = [
        herself.get(address(name, world, "person_id")).status_code
        for name in ("edit", "died", "document_new", "erase", "stay_new")
    ]
    sent = post(
        herself, address("contact_new", world, "person_id"), kind="phone", value="13900000000"
    )

    assert (opened.status_code, opened["Location"]) == (302, reverse("people:me"))
    assert 'value="email"' in form and 'value="phone"' not in form
    assert "access/my-data/new/?kind=correct" in form
    assert closed == [404] * 5
    assert sent.status_code == 422


@pytest.mark.parametrize("whose", ["other_id", "person_id"])
def test_who_acts_for_another_is_shown_neither_her_data_nor_her_own(
    world: dict[str, int], whose: str
) -> None:
    """A mandate names a paper and a day, not which data: neither page nor copy mixes two people."""
    acting = client_of(
        make_actor("resident", person_id=world["person_id"], acting_for=world[whose])
    )
    before = Entry.objects.filter(outcome="read").count()

    page, copy = acting.get("/en/me/data/"), post(acting, "/en/me/data/copy", number=NUMBER)

    assert (page.status_code, copy.status_code) == (403, 403)
    assert "You are acting for somebody" in page.content.decode()
    assert "001X" not in page.content.decode() + copy.content.decode()
    assert Entry.objects.filter(outcome="read").count() == before
