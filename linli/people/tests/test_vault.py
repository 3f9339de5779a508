"""Documents and contacts: masked, revealed with a reason that the person can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from linli.kernel import events, sealing
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import PERSONAL, VAULT
from linli.kernel.sealing import erasures
from linli.kernel.sealing.files import ring_path
from linli.kernel.testing import make_actor
from linli.people import permits
from linli.people.errors import LivesHereStill, NumberTaken, PhoneAtOffice, ReasonMissing
from linli.people.events import PersonErased
from linli.people.models import Contact, DuplicatePair, NameTerm, Person, PersonDocument, PersonKey
from linli.people.queries.vault import get_contact, get_document, vault_of
from linli.people.services.forgetting import erase_again, erase_person
from linli.people.services.vault import (
    add_document,
    end_contact,
    end_document,
    key_of_person,
    reveal_contact,
    reveal_document,
    set_contact,
)
from linli.people.testing import (
    FAR,
    NOON,
    SYSTEM,
    make_clerk,
    make_number,
    make_person,
    make_villages,
)
from linli.trail.models import Entry

CLERK = make_clerk(permits.ERASE)
NUMBER = "44190019900101001X"


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def test_a_page_shows_masks_only() -> None:
    person = make_person(number=NUMBER, phone="13812345678")

    vault = vault_of(CLERK, person)

    assert [row.masked for row in vault.documents] == ["4419*************X"]
    assert [row.masked for row in vault.contacts] == ["138****5678"]


def test_a_number_is_revealed_with_a_reason_and_a_trace() -> None:
    person = make_person(number=NUMBER)
    (document,) = vault_of(CLERK, person).documents

    shown = reveal_document(get_document(CLERK, document.pk), "办理居住证", actor=CLERK, now=NOON)

    assert shown == NUMBER
    trace = Entry.objects.get(outcome="read")
    assert (trace.person_id, trace.label) == (person.pk, "clerk")
    assert trace.details["reason"] == "办理居住证"
    assert NUMBER not in str(trace.details)


@pytest.mark.parametrize("reason", ["", " ", "x"])
def test_without_a_reason_nothing_is_shown(reason: str) -> None:
    person = make_person(number=NUMBER)
    (document,) = vault_of(CLERK, person).documents

    with pytest.raises(ReasonMissing):
        reveal_document(get_document(CLERK, document.pk), reason, actor=CLERK, now=NOON)

    assert not Entry.objects.filter(outcome="read").exists()


def test_who_sees_masks_does_not_see_numbers() -> None:
    person = make_person(number=NUMBER)
    viewer = make_actor("viewer", permits.VIEW, permits.REVEAL, ceiling=PERSONAL)
    (document,) = vault_of(viewer, person).documents

    with pytest.raises(NotAllowed):
        reveal_document(get_document(viewer, document.pk), "curious", actor=viewer, now=NOON)


def test_a_document_elsewhere_is_not_found() -> None:
    person = make_person(village=FAR, number=NUMBER)
    (document,) = vault_of(SYSTEM, person).documents

    assert vault_of(CLERK, person).documents == []
    with pytest.raises(NotFound):
        get_document(CLERK, document.pk)


def test_a_person_reads_her_own_number_without_a_reason() -> None:
    person = make_person(number=NUMBER)
    herself = make_actor("resident", person_id=person.pk)
    (document,) = vault_of(herself, person).documents

    assert (
        reveal_document(get_document(herself, document.pk), "", actor=herself, now=NOON) == NUMBER
    )


def test_a_second_document_is_added_and_the_old_one_ended() -> None:
    person = make_person(number=NUMBER)
    (card,) = vault_of(CLERK, person).documents

    add_document(
        person, "passport", "E12345678", valid_until=date(2030, 1, 1), actor=CLERK, now=NOON
    )
    end_document(card, date(2026, 11, 1), actor=CLERK, now=NOON)

    assert [row.kind for row in vault_of(CLERK, person).documents if row.until is None] == [
        "passport"
    ]


def test_a_wrong_number_is_not_added() -> None:
    person = make_person()

    with pytest.raises(Invalid):
        add_document(
            person, "resident_id", "44190019900101001", valid_until=None, actor=CLERK, now=NOON
        )

    assert len(vault_of(CLERK, person).documents) == 1


def test_a_document_that_was_ended_by_mistake_is_added_again() -> None:
    person = make_person(number=NUMBER)
    (card,) = vault_of(CLERK, person).documents
    end_document(card, date(2026, 11, 1), actor=CLERK, now=NOON)

    add_document(person, "resident_id", NUMBER, valid_until=None, actor=CLERK, now=NOON)

    assert [row.until for row in vault_of(CLERK, person).documents] == [date(2026, 11, 1), None]


def test_a_number_of_somebody_here_is_told_of_somebody_elsewhere_not() -> None:
    person, other = make_person("陈晓明"), make_person("黄国华")
    here, elsewhere = make_number(), make_number()
    add_document(other, "resident_id", here, valid_until=None, actor=CLERK, now=NOON)
    make_person("李四", FAR, number=elsewhere)

    with pytest.raises(NumberTaken):
        add_document(person, "resident_id", here, valid_until=None, actor=CLERK, now=NOON)
    add_document(person, "resident_id", elsewhere, valid_until=None, actor=CLERK, now=NOON)

    assert DuplicatePair.objects.count() == 1


def test_a_new_telephone_ends_the_one_before() -> None:
    person = make_person(phone="13812345678")

    set_contact(person, "phone", "139 0000 0000", actor=CLERK, now=NOON)

    live = [row for row in vault_of(CLERK, person).contacts if row.until is None]
    assert [row.masked for row in live] == ["139****0000"]
    assert (
        reveal_contact(get_contact(CLERK, live[0].pk), "call back", actor=CLERK, now=NOON)
        == "13900000000"
    )


@pytest.mark.parametrize(("kind", "value"), [("phone", "138"), ("email", "x"), ("address", " ")])
def test_a_wrong_contact_leaves_the_old_one(kind: str, value: str) -> None:
    person = make_person(phone="13812345678")

    with pytest.raises(Invalid):
        set_contact(person, kind, value, actor=CLERK, now=NOON)

    assert len(vault_of(CLERK, person).contacts) == 1


def test_a_person_keeps_her_own_contacts() -> None:
    person = make_person(phone="13812345678")
    herself = make_actor("resident", person_id=person.pk)
    stranger = make_actor("stranger", person_id=person.pk + 1)

    set_contact(person, "email", "lin@example.org", actor=herself, now=NOON)
    with pytest.raises(NotAllowed):
        set_contact(person, "phone", "13900000000", actor=stranger, now=NOON)
    end_contact(vault_of(herself, person).contacts[0], actor=herself, now=NOON)

    live = [row.kind for row in vault_of(herself, person).contacts if row.until is None]
    assert live == ["phone"]


def test_her_telephone_is_changed_by_the_office_alone() -> None:
    """With it she signs in; a session left open must not be enough to take it over."""
    person = make_person(phone="13812345678")
    herself = make_actor("resident", person_id=person.pk)
    (phone,) = vault_of(herself, person).contacts

    with pytest.raises(PhoneAtOffice):
        set_contact(person, "phone", "13900000000", actor=herself, now=NOON)
    with pytest.raises(PhoneAtOffice):
        end_contact(phone, actor=herself, now=NOON)

    kept = vault_of(CLERK, person).contacts
    assert [(row.masked, row.until) for row in kept] == [("138****5678", None)]


def test_what_is_sealed_opens_in_its_own_row_only() -> None:
    make_person(number=NUMBER)
    make_person("黄国华")

    from django.db import transaction

    from linli.kernel import scope

    with scope.acting(SYSTEM), transaction.atomic():
        first, second = PersonDocument.objects.order_by("pk")
    with pytest.raises(sealing.SealBroken):
        sealing.open_sealed(
            bytes(first.number), table="people_persondocument", column="number", row=second.pk
        )


def test_a_persons_key_is_made_once() -> None:
    person = make_person()

    assert key_of_person(person.pk, actor=SYSTEM) == key_of_person(person.pk, actor=SYSTEM)


def test_erasing_takes_documents_contacts_key_and_name() -> None:
    person = make_person(number=NUMBER, phone="13812345678", until=date(2026, 1, 1))
    key_of_person(person.pk, actor=SYSTEM)

    erase_person(person, "GR-2026-0001", actor=CLERK, now=NOON)

    assert Person.objects.get().name == ""
    vault = vault_of(SYSTEM, person)
    assert (vault.documents, vault.contacts) == ([], [])
    assert not PersonKey.objects.exists()
    assert not NameTerm.objects.exists()


def test_apps_above_hear_of_an_erasure(monkeypatch: Any) -> None:
    heard: list[PersonErased] = []
    monkeypatch.setitem(events._listeners, PersonErased, [heard.append])
    person = make_person(number=NUMBER, until=date(2026, 1, 1))

    erase_person(person, "GR-2026-0001", actor=CLERK, now=NOON)

    assert heard == [PersonErased(person.pk)]


def test_an_erasure_is_kept_beside_the_keys_once_it_stands(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    # the same keys there: a slow machine looks for them again
    copytree(ring_path(settings.LINLI_HOME).parent, ring_path(tmp_path).parent)
    settings.LINLI_HOME = tmp_path
    person = make_person(number=NUMBER, until=date(2026, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person, "GR-2026-0001", actor=CLERK, now=NOON)

    assert list(erasures.known(tmp_path)) == [person.pk]


def test_a_restored_backup_forgets_again_whom_the_law_erased_since() -> None:
    back = make_person(number=NUMBER, phone="13812345678")
    key_of_person(back.pk, actor=SYSTEM)
    other = make_person(number=make_number())
    last = Person.objects.order_by("-pk").first()
    assert last is not None
    erased = [back.pk, last.pk + 40]

    assert erase_again(erased, actor=SYSTEM, now=NOON) == 1
    assert erase_again(erased, actor=SYSTEM, now=NOON) == 0

    assert Person.objects.get(pk=back.pk).name == ""
    assert vault_of(SYSTEM, back).documents == []
    assert not PersonKey.objects.filter(person_id=back.pk).exists()
    assert len(vault_of(SYSTEM, other).documents) == 1
    assert make_person().pk > last.pk + 40


def test_who_lives_here_is_not_erased() -> None:
    person = make_person(number=NUMBER)

    with pytest.raises(LivesHereStill):
        erase_person(person, "GR-2026-0001", actor=CLERK, now=NOON)

    assert len(vault_of(CLERK, person).documents) == 1
    assert Contact.objects.count() == 0
    assert VAULT
