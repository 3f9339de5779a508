"""Whom the office names to neighbours is tied to the register: moving, death and erasure there reach her."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.grid import listeners, permits, tasks
from linli.grid.errors import Over
from linli.grid.models import CellContact, ContactVault, Headship
from linli.grid.services import contacts, head_accounts, heads, leaving, register_ties
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell
from linli.grid.tests.test_cells import FACTS as CONTACT
from linli.grid.tests.test_heads import CHOSEN, FACTS
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.registries import RETENTION
from linli.kernel.testing import VILLAGE, client_of, make_actor, post_json
from linli.notify.models import Message
from linli.people import permits as people
from linli.people.events import PersonErased
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
JOB = tasks.HEADS
OFFICE = make_actor("office", permits.HEADS, permits.CONTACTS, permits.SEE, people.VIEW)
BLIND = make_actor("no register", permits.HEADS, permits.CONTACTS)


def entered() -> tuple[Headship, CellContact, int]:
    """A head and a contact person whom the office entered, who are one entry of the register."""
    make_cell()
    person = make_person().pk
    head = heads.stand(make_village(), replace(FACTS, person_id=person), actor=OFFICE, now=NOON)
    head = heads.record_choice(head, CHOSEN, actor=OFFICE, now=NOON)
    facts = replace(CONTACT, person_id=person)
    return head, contacts.name_contact(make_village(), CELL, facts, actor=OFFICE, now=NOON), person


def test_an_entry_that_one_may_not_see_is_refused_and_nothing_is_entered() -> None:
    make_cell()
    person = make_person().pk

    for actor, number in ((BLIND, person), (OFFICE, person + 1000)):
        with pytest.raises(Invalid):
            heads.stand(make_village(), replace(FACTS, person_id=number), actor=actor, now=NOON)
        with pytest.raises(Invalid):
            facts = replace(CONTACT, person_id=number)
            contacts.name_contact(make_village(), CELL, facts, actor=actor, now=NOON)

    assert not Headship.objects.exists() and not CellContact.objects.exists()


def test_a_death_in_the_register_ends_the_term_and_lets_the_contact_go() -> None:
    head, contact, person = entered()

    assert leaving.end_of_dead(person, TODAY, actor=JOB, now=NOON) == 2
    assert leaving.end_of_dead(person, TODAY, actor=JOB, now=NOON) == 0

    head.refresh_from_db()
    contact.refresh_from_db()
    assert (head.state, contact.until, contact.masked_name) == ("ended", TODAY, "")
    with scope.acting(SYSTEM):
        assert not ContactVault.objects.exists()


def test_of_whoever_moved_away_the_keepers_hear_and_nothing_ends_by_itself() -> None:
    head, contact, person = entered()
    post = make_post("clerk")
    make_holding(post, make_account())
    for permit in (permits.HEADS, permits.CONTACTS):
        make_right(permit=permit.name, path=VILLAGE, post_id=post.pk)

    assert leaving.tell_of_moved(person, VILLAGE, actor=JOB, now=NOON) == 2
    assert leaving.tell_of_moved(person, "441900/441900006/", actor=JOB, now=NOON) == 0

    told = set(Message.objects.filter(post_id=post.pk).values_list("template", flat=True))
    assert told == {"grid.head_moved", "grid.contact_moved"}
    head.refresh_from_db()
    contact.refresh_from_db()
    assert (head.state, contact.until) == ("serving", None)


def test_an_erasure_in_the_register_takes_the_names_along(monkeypatch: pytest.MonkeyPatch) -> None:
    head, contact, person = entered()
    asked: list[int] = []
    monkeypatch.setattr(tasks.forget_person, "defer", lambda person_id: asked.append(person_id))
    listeners.on_person_erased(PersonErased(person))
    with pytest.raises(NotAllowed):
        head_accounts.forget_person(person, actor=OFFICE, now=NOON)

    assert head_accounts.forget_person(person, actor=JOB, now=NOON) == 2
    assert head_accounts.forget_person(person, actor=JOB, now=NOON) == 0

    head.refresh_from_db()
    contact.refresh_from_db()
    assert asked == [person]
    assert (head.state, head.public_name, head.person_id) == ("ended", "", None)
    assert (contact.masked_name, contact.masked_phone, contact.person_id) == ("", "", None)
    with scope.acting(SYSTEM):
        assert not ContactVault.objects.exists()


def test_a_head_is_tied_later_by_page_and_program_and_only_by_who_keeps_heads() -> None:
    head = heads.stand(make_village(), FACTS, actor=OFFICE, now=NOON)
    person = make_person().pk
    with pytest.raises(NotAllowed):
        register_ties.tie_head(
            head, person, edition=1, actor=make_actor("x", people.VIEW), now=NOON
        )

    sent = client_of(OFFICE).post(
        f"/en/grid/heads/{head.pk}/person/", {"person_id": person, "edition": 1, "key": "k1"}
    )
    with pytest.raises(Stale):
        register_ties.tie_head(head, None, edition=1, actor=OFFICE, now=NOON)
    head.refresh_from_db()
    assert (sent.status_code, head.person_id) == (303, person)

    body = {"person": None, "edition": 2}
    told = post_json(client_of(OFFICE), f"/api/v1/grid/heads/{head.pk}/tie", body)
    assert (told.status_code, told.json()["person"]) == (200, None)


def test_a_contact_person_who_is_named_is_tied_corrected_and_untied_later() -> None:
    make_cell()
    contact = contacts.name_contact(make_village(), CELL, CONTACT, actor=OFFICE, now=NOON)
    person, edition = make_person().pk, contact.edition
    at, cell = f"/en/grid/contacts/{contact.pk}/person/", (contact.layer.key, contact.cell_code)
    blind = make_actor("x", people.VIEW)
    before = client_of(OFFICE).get(f"/en/grid/441900005001/cells/{cell[0]}/{cell[1]}/")
    with pytest.raises(NotAllowed):
        register_ties.tie_contact(contact, person, edition=edition, actor=blind, now=NOON)
    with pytest.raises(Invalid):
        register_ties.tie_contact(contact, person, edition=edition, actor=BLIND, now=NOON)
    assert CellContact.objects.get().person_id is None

    sent = client_of(OFFICE).post(at, {"person_id": person, "edition": edition, "key": "k1"})
    with pytest.raises(Stale):
        register_ties.tie_contact(contact, None, edition=edition, actor=OFFICE, now=NOON)
    after = client_of(OFFICE).get(f"/en/grid/441900005001/cells/{cell[0]}/{cell[1]}/")

    assert (sent.status_code, CellContact.objects.get().person_id) == (303, person)
    assert "Tie to the register" in before.content.decode()
    assert "Tied to the register" in after.content.decode()
    body = {"person": None, "edition": edition + 1}
    told = post_json(client_of(OFFICE), f"/api/v1/grid/contacts/{contact.pk}/tie", body)
    assert (told.status_code, told.json()["person"], told.json()["edition"]) == (
        200,
        None,
        edition + 2,
    )


def test_a_contact_person_who_was_let_go_is_tied_to_nobody() -> None:
    _head, contact, person = entered()
    contacts.end_contact(contact, actor=OFFICE, now=NOON)

    with pytest.raises(Over):
        register_ties.tie_contact(contact, person, edition=2, actor=OFFICE, now=NOON)

    assert CellContact.objects.get().person_id is None


def test_a_year_after_the_term_nothing_says_any_more_who_the_head_was() -> None:
    head, _contact, _person = entered()
    Headship.objects.filter(pk=head.pk).update(account_id=7)
    heads.end_term(head, on=TODAY, handed_over="keys", actor=OFFICE, now=NOON)
    rule = RETENTION.get("grid.heads")
    assert rule is not None

    rule.going.step(NOON + timedelta(days=300), 10)
    head.refresh_from_db()
    assert head.public_name and head.person_id
    rule.going.step(NOON + timedelta(days=400), 10)

    head.refresh_from_db()
    assert (head.public_name, head.handed_over, head.person_id, head.account_id) == (
        "",
        "",
        None,
        None,
    )
    assert head.votes_for == CHOSEN.votes_for
