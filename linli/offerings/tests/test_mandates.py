"""An agent with a mandate on paper: printed, scanned back, a year at most, ended at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.cases.models import Case
from linli.documents.models import Document
from linli.files.models import StoredFile
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import system_actor
from linli.kernel.testing import client_of, post_json
from linli.offerings.clients.applicants import opened
from linli.offerings.errors import NoMandate
from linli.offerings.models import AgentMandate, Application
from linli.offerings.queries.mandates import holding
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.services.mandates import end_agency, prepare_mandate, sign_mandate
from linli.offerings.services.window import take_in
from linli.offerings.tests.mandate_samples import LAST, SON, TODAY, clerk_at, paper
from linli.offerings.tests.mandate_samples import wish as wished
from linli.offerings.types.applications import Applicant, Applying
from linli.offerings.types.mandates import MandateFacts
from linli.people.models import Person
from linli.people.testing import NEIGHBOUR, NOON, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "noon")]


def prepared(mother: Person, until: date = LAST) -> AgentMandate:
    return prepare_mandate(mother.pk, MandateFacts(SON, until), actor=clerk_at(), now=NOON)


def wish(mother: Person, **more: Any) -> Applying:
    return wished(person_id=mother.pk, **more)


def test_it_holds_once_the_signed_paper_came_back_and_names_the_agent(mother: Person) -> None:
    row = prepared(mother)
    assert "陈小文".encode() not in bytes(row.sealed)
    assert Document.objects.get(code=row.document_code).template == "offerings.mandate"
    with pytest.raises(NoMandate):
        take_in(wish(mother, agent_mandate_id=row.pk), actor=clerk_at(), now=NOON)

    sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)
    take_in(wish(mother, agent_mandate_id=row.pk), actor=clerk_at(), now=NOON)

    kept = Application.objects.get()
    assert kept.agent_mandate_id == row.pk
    assert opened(kept.sealed, kept.pk).agent_name == "陈小文"


def test_it_ends_at_once_and_the_agent_is_refused(mother: Person) -> None:
    row = prepared(mother)
    sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)
    end_agency(row.pk, actor=clerk_at(), now=NOON)

    with pytest.raises(NoMandate):
        take_in(wish(mother, agent_mandate_id=row.pk), actor=clerk_at(), now=NOON)
    with pytest.raises(WrongState):
        end_agency(row.pk, actor=clerk_at(), now=NOON)
    assert not Case.objects.exists()


def test_it_holds_a_year_at_most_and_to_the_end_of_its_last_day(mother: Person) -> None:
    with pytest.raises(Invalid) as refused:
        prepared(mother, LAST + timedelta(days=1))
    assert list(refused.value.fields) == ["until"]
    row = prepared(mother)
    sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)

    assert holding(mother.pk, "residence-permit", LAST) == [row]
    assert holding(mother.pk, "residence-permit", LAST + timedelta(days=1)) == []


def test_a_mandate_for_one_matter_is_none_for_another_and_for_another_person(
    mother: Person,
) -> None:
    row = prepared(mother)
    sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)
    AgentMandate.objects.filter(pk=row.pk).update(item_key="elder-card")
    other = make_person("别人", born_on=date(1950, 1, 1))

    assert holding(mother.pk, "residence-permit", TODAY) == []
    assert holding(other.pk, "elder-card", TODAY) == []
    with pytest.raises(NoMandate):
        take_in(wish(other, agent_mandate_id=row.pk), actor=clerk_at(), now=NOON)


def test_without_mandate_and_paper_an_agent_is_refused(mother: Person) -> None:
    agent = Applicant(agent_name="陈小文")

    with pytest.raises(NoMandate):
        take_in(wish(mother, applicant=agent), actor=clerk_at(), now=NOON)
    assert not Case.objects.exists()


def test_a_scan_is_needed_and_the_window_of_elsewhere_sees_nothing(mother: Person) -> None:
    row = prepared(mother)

    with pytest.raises(Invalid):
        sign_mandate(row.pk, None, actor=clerk_at(), now=NOON)
    for act in (end_agency, lambda pk, **kw: sign_mandate(pk, paper(), **kw)):
        with pytest.raises(NotFound):
            act(row.pk, actor=clerk_at(NEIGHBOUR), now=NOON)
    row.refresh_from_db()
    assert row.state == "prepared"


def test_the_page_prints_and_the_window_offers_what_holds(mother: Person) -> None:
    browser = client_of(clerk_at())
    address = f"/zh-hans/window/mandates/{mother.pk}/"
    given = {
        "name": "陈小文",
        "id_number": SON.id_number,
        "until": LAST.isoformat(),
        "key": str(uuid4()),
    }
    assert browser.post(address, given).status_code == 303
    row = AgentMandate.objects.get()
    browser.post(
        f"/zh-hans/window/mandates/of/{row.pk}/sign", {"paper": paper(), "key": str(uuid4())}
    )

    row.refresh_from_db()
    assert row.state == "held"
    shown = browser.get("/zh-hans/window/residence-permit/", {"person": mother.pk, "whose": "own"})
    assert "陈某某" in shown.content.decode()
    assert browser.get("/api/v1/mandates/", {"person": mother.pk}).json()[0]["state"] == "held"


def test_programs_print_a_mandate_and_take_the_signed_paper_in(mother: Person) -> None:
    browser, where = client_of(clerk_at()), "/api/v1/mandates/"
    given = {
        "person": mother.pk,
        "name": SON.name,
        "id_number": SON.id_number,
        "until": "2027-06-30",
    }

    wrong = post_json(browser, where, {**given, "id_number": "11010519491231002"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"id_number"})
    made = post_json(browser, where, given)
    assert made.status_code == 201, made.content
    assert made.json()["document"] == Document.objects.get().code and not made.json()["holds"]
    sign = f"{where}{made.json()['id']}/sign"
    signed = browser.post(sign, {"paper": paper()}, headers={"Idempotency-Key": str(uuid4())})
    assert signed.json()["holds"] is True
    again = browser.post(sign, {"paper": paper()}, headers={"Idempotency-Key": str(uuid4())})
    assert again.status_code == 409
    other = client_of(clerk_at(NEIGHBOUR))
    assert post_json(other, where, given).status_code == 404


def test_whoever_is_erased_leaves_no_agent_no_scan_and_no_paper(mother: Person) -> None:
    row, other = prepared(mother), prepared(make_person("陈别人", born_on=date(1950, 1, 1)))
    sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)

    for _ in range(2):
        forget_applicant(mother.pk, actor=system_actor("offerings.forget"), now=NOON)

    assert list(AgentMandate.objects.all()) == [other]
    gone = StoredFile.objects.filter(state="erased")
    assert {one.owner_kind for one in gone} == {"offerings.mandate", "documents.document"}
    kept = Document.objects.get(code=other.document_code).file
    assert kept is not None and kept.state == "kept"
