"""Somebody applies: pinned to the version of the day, once, with what is known and what she is asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.access.models import Mandate
from linli.access.testing import make_account
from linli.cases.models import Case, Reporter
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.offices import person
from linli.cases.types import Channel
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of
from linli.offerings import permits
from linli.offerings.clients.applicants import opened
from linli.offerings.errors import AlreadyApplied, NoMandate, NotOffered
from linli.offerings.models import Application, MaterialState
from linli.offerings.queries.window import offered_at_window
from linli.offerings.services.applying import apply_for
from linli.offerings.services.window import take_in
from linli.offerings.testing import PERMIT, TODAY, as_offered, make_item
from linli.offerings.types.applications import Applicant, Applying
from linli.people.testing import make_person
from linli.places.testing import make_village
from linli.ui.jinja import named

pytestmark = pytest.mark.django_db
WHO = Applicant("陈大文", "11010519491231002X", "13800001234")
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, account_id=7)


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)


def wish(**more: Any) -> Applying:
    given = {"applicant": WHO, "answers": {"whose": "rented"}, **more}
    return Applying("residence-permit", "441900005001", **given)


def test_an_application_keeps_the_version_of_its_day_and_seals_who_applied() -> None:
    applied = apply_for(wish(), actor=NOBODY, now=NOON)

    row, case = Application.objects.get(), Case.objects.get()
    assert (row.item_key, row.item_version) == ("residence-permit", 3)
    assert row.item["promised"]["days"] == 10
    assert row.answers == {"whose": "rented"}
    assert "陈大文".encode() not in bytes(row.sealed or b"")
    assert opened(row.sealed, row.pk).id_number == "11010519491231002X"
    assert row.id_masked.endswith("X")
    assert (case.number, case.title, case.level) == (applied.number, "居住证申领", 4)
    with override("en"):
        assert named(case) == case.title_en == "Residence permit"
    assert {one.key for one in MaterialState.objects.all()} == {"id-card", "lease"}
    assert Reporter.objects.get().phone_masked == "138****1234"
    assert faults() == []


def test_a_guide_that_changes_afterwards_changes_nothing_of_what_came_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apply_for(wish(), actor=NOBODY, now=NOON)

    as_offered(monkeypatch, {**PERMIT, "promised": {"days": 1}, "materials": []}, number=4)

    row = Application.objects.get()
    assert row.asked.version == 3
    assert row.asked.content["promised"]["days"] == 10
    assert len(row.asked.content["materials"]) == 3


def test_a_nervous_finger_applies_once() -> None:
    uuid = uuid4()
    apply_for(wish(uuid=uuid), actor=NOBODY, now=NOON)

    for _again in range(2):
        with pytest.raises(AlreadyApplied), transaction.atomic():
            apply_for(wish(uuid=uuid), actor=NOBODY, now=NOON)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"answers": {}}, "q_whose"),
        ({"place": "999"}, "place"),
        ({"applicant": Applicant("", "", "13800001234")}, "name"),
        ({"applicant": Applicant("陈大文", "110105194912310021", "13800001234")}, "id_number"),
        ({"applicant": Applicant("陈大文", "1101051949", "13800001234")}, "id_number"),
        ({"applicant": Applicant("陈大文", "", "12")}, "phone"),
        ({"applicant": Applicant("陈大文")}, "phone"),
        ({"delivery": "post"}, "address"),
        ({"photos": {"lease": ["NOSUCHPHOTO"]}}, "photos"),
    ],
)
def test_what_is_wrong_is_told_on_its_field_and_nothing_is_kept(
    more: dict[str, Any], field: str
) -> None:
    given = {"item": "residence-permit", "place": "441900005001", "applicant": WHO,
             "answers": {"whose": "rented"}, **more}  # fmt: skip

    with pytest.raises(Invalid) as refused, transaction.atomic():
        apply_for(Applying(**given), actor=NOBODY, now=NOON)

    told = refused.value.fields[field]
    assert not {"check", "length", "unreadable"} & {str(one) for one in told}
    assert not Case.objects.exists()
    assert not Application.objects.exists()


@pytest.mark.parametrize("changed", [{"kind": "refused"}, {"channels": ["counter"]}])
def test_what_is_refused_or_done_at_the_window_alone_is_not_applied_for_by_page(
    changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_offered(monkeypatch, {**PERMIT, **changed})

    with pytest.raises(NotOffered):
        apply_for(wish(), actor=NOBODY, now=NOON)
    assert not Case.objects.exists()


def test_an_item_that_is_not_offered_is_not_applied_for() -> None:
    with pytest.raises(NotOffered):
        apply_for(
            Applying("nothing", "441900005001", WHO, {"whose": "own"}), actor=NOBODY, now=NOON
        )
    assert not Case.objects.exists()


def test_the_window_accepts_at_once_what_is_complete() -> None:
    both = frozenset({"id-card", "lease"})

    take_in(wish(channel=Channel.COUNTER, brought=both), actor=CLERK, now=NOON)

    assert Case.objects.get().state == "accepted"
    assert {one.state for one in MaterialState.objects.all()} == {"checked"}
    assert faults() == []


def test_the_window_tells_once_all_that_is_missing() -> None:
    take_in(wish(channel=Channel.COUNTER, brought=frozenset({"id-card"})), actor=CLERK, now=NOON)

    assert Case.objects.get().state == "correction"
    states = {one.key: one.state for one in MaterialState.objects.all()}
    assert states == {"id-card": "checked", "lease": "lacking"}


def test_whoever_has_no_permit_takes_nothing_in_at_the_window() -> None:
    with pytest.raises(NotAllowed):
        take_in(wish(channel=Channel.COUNTER), actor=person(VILLAGE), now=NOON)
    assert not Case.objects.exists()


def test_an_agent_at_the_window_shows_a_paper() -> None:
    agent = Applicant("陈大文", agent_name="陈小文", agent_id="11010519491231002X")

    with pytest.raises(NoMandate):
        take_in(wish(applicant=agent, channel=Channel.COUNTER), actor=CLERK, now=NOON)
    assert not Case.objects.exists()

    take_in(
        wish(applicant=agent, channel=Channel.COUNTER, agent_basis="书面委托书"),
        actor=CLERK, now=NOON,
    )  # fmt: skip
    assert Application.objects.get().agent_basis == "书面委托书"


def test_an_agent_without_a_mandate_that_holds_applies_for_nobody_else() -> None:
    mother, son = make_person(name="陈母"), make_account(kind="resident")
    clerk = make_account()
    actor = Actor(son.pk, None, "son", (), acting_for=mother.pk)
    hers = wish(is_mine=True, person_id=mother.pk)

    with pytest.raises(NoMandate):
        apply_for(hers, actor=actor, now=NOON)
    mandate = Mandate.objects.create(
        principal_id=mother.pk, agent=son, starts_at=NOON, ends_at=NOON.replace(year=2027),
        basis="委托书", recorded_by=clerk,
    )  # fmt: skip
    Mandate.objects.update(revoked_at=NOON)
    with pytest.raises(NoMandate):
        apply_for(hers, actor=actor, now=NOON)
    assert not Case.objects.exists()

    Mandate.objects.update(revoked_at=None)
    apply_for(hers, actor=actor, now=NOON)
    row = Application.objects.get()
    assert (row.mandate_id, row.person_id) == (mandate.pk, mother.pk)


def test_what_another_place_offers_is_not_taken_in_here_neither_by_page_nor_at_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_offered(monkeypatch, PERMIT, path="441900/441900006/")

    for attempt in (
        lambda: apply_for(wish(), actor=NOBODY, now=NOON),
        lambda: take_in(wish(channel="counter"), actor=CLERK, now=NOON),
    ):
        with pytest.raises(NotOffered) as refused, transaction.atomic():
            attempt()
        assert set(refused.value.fields) == {"item"}

    assert not Case.objects.exists()
    assert client_of(CLERK).get("/zh-hans/window/residence-permit/").status_code == 404
    page = client_of(NOBODY).get("/zh-hans/items/residence-permit/apply/?place=441900005001")
    assert page.status_code == 200 and "不办这件事" in page.content.decode()
    as_offered(monkeypatch, PERMIT, path="441900/441900005/")
    assert apply_for(wish(), actor=NOBODY, now=NOON).number


def test_the_window_finds_what_its_places_offer_by_the_words_of_people() -> None:
    here, there = make_village("441900005001"), make_village("441900006001")
    make_item(here)
    make_item(there, key="reading-room", name={"zh": "暂住证阅览", "en": "Reading room"})

    def found(words: str) -> list[str]:
        return [one.key for one in offered_at_window(words, TODAY, 9, places=[here.path])]

    assert found("") == ["residence-permit"]
    assert found("暂住证") == ["residence-permit"]
    assert found("绿咔") == ["residence-permit"]
    assert found("xyzxyz") == []
