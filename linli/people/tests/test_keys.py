"""Rotating keys reaches every sealed column of people, row security or not."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone

from linli.kernel import scope, sealing
from linli.kernel.sealing import files, rotation
from linli.kernel.sealing import ring as held
from linli.kernel.sealing.rotate import rotate
from linli.people.queries.search import find_people
from linli.people.queries.vault import vault_of
from linli.people.services.vault import key_of_person, reveal_document
from linli.people.testing import NOON, SYSTEM, make_clerk, make_person, make_villages

NUMBER = "44190019900101001X"


@pytest.mark.django_db(transaction=True)
def test_keys_are_counted_and_rotated_in_the_vault(monkeypatch: object, tmp_path: object) -> None:
    files.create_keyring(tmp_path, now=timezone.now())
    monkeypatch.setattr(settings, "LINLI_HOME", tmp_path)
    monkeypatch.setattr(held, "LOOK_EVERY", 0.0)
    held.forget()
    make_villages()
    person = make_person(number=NUMBER, phone="13812345678")
    key = key_of_person(person.pk, actor=SYSTEM)
    with scope.acting(SYSTEM):
        old = held.ring().current("seal").id
        assert set(rotation.count_under(old)) == {
            "people_persondocument.number",
            "people_contact.value",
        }

        for use in ("seal", "master", "index"):
            list(rotate(tmp_path, use, now=timezone.now()))

        assert not {c for c in rotation.count_under(old) if c.startswith("people_")}
    clerk = make_clerk()
    (document,) = vault_of(clerk, person).documents
    assert reveal_document(document, "check", actor=clerk, now=NOON) == NUMBER
    assert [hit.person_id for hit in find_people(clerk, NUMBER).items] == [person.pk]
    assert key_of_person(person.pk, actor=SYSTEM) == key
    assert sealing.SealBroken
    held.forget()
