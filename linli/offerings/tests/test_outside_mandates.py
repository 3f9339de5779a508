"""Somebody whom no register here has gives a mandate on paper: kept sealed, used, refused, ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from linli.cases.models import Case
from linli.documents.models import Document
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import NOBODY, VAULT, Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.clients.applicants import opened
from linli.offerings.errors import NoMandate
from linli.offerings.models import AgentMandate, Application
from linli.offerings.models.mandates import BY_CARD
from linli.offerings.queries import outside_mandates
from linli.offerings.queries.outside_mandates import outside, under_number
from linli.offerings.services.mandates import end_agency
from linli.offerings.services.outside_mandates import prepare_outside
from linli.offerings.services.window import take_in
from linli.offerings.tests.mandate_samples import (
    GIVER,
    LAST,
    SON,
    TODAY,
    clerk_at,
    held_outside,
    paper,
)
from linli.offerings.tests.mandate_samples import wish as wished
from linli.offerings.types.applications import Applicant, Applying
from linli.offerings.types.mandates import Agent, Giver, MandateFacts
from linli.people import permits as people
from linli.people.services.vault import add_document
from linli.people.testing import NEIGHBOUR, NOON, VILLAGE, make_person, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "noon")]
PAGE, API = "/zh-hans/window/mandates/", "/api/v1/mandates/outside/"


def keeper() -> Actor:
    held = (people.VIEW, people.EDIT)
    return make_actor("keeper", *held, at=path_of(VILLAGE), ceiling=VAULT, account_id=3)


def wish(row: AgentMandate, **more: Any) -> Applying:
    return wished(agent_mandate_id=row.pk, **more)


def test_both_lie_sealed_and_the_agent_applies_in_her_name_and_she_is_told() -> None:
    row = held_outside()
    kept = b"".join(bytes(one) for one in (row.sealed, row.giver_sealed, row.giver_number))
    for said in ("王远", GIVER.id_number, SON.name, SON.id_number, GIVER.phone):
        assert said.encode() not in kept and said not in row.giver_masked + row.agent_masked
    assert Document.objects.get(code=row.document_code).template == "offerings.mandate"

    take_in(wish(row), actor=clerk_at(), now=NOON)

    made = Application.objects.get()
    who = opened(made.sealed, made.pk)
    assert (who.name, who.id_number, who.agent_name) == ("王远", GIVER.id_number, "陈小文")
    assert (made.agent_mandate_id, made.person_id) == (row.pk, None)
    assert Delivery.objects.filter(template="offerings.applied_for_you").count() == 1


@pytest.mark.parametrize(
    "applicant",
    [Applicant(name="李别人"), Applicant(id_number="110101198001010029"), Applicant("李", "x")],
)
def test_for_somebody_else_than_who_gave_it_it_is_refused(applicant: Applicant) -> None:
    with pytest.raises(NoMandate):
        take_in(wish(held_outside(), applicant=applicant), actor=clerk_at(), now=NOON)
    assert not Case.objects.exists()


def test_not_signed_over_ended_for_something_else_or_for_a_person_of_the_register_it_is_refused() -> (
    None
):
    open_one = prepare_outside(VILLAGE, GIVER, MandateFacts(SON, LAST), actor=clerk_at(), now=NOON)
    other = held_outside()
    AgentMandate.objects.filter(pk=other.pk).update(item_key="elder-card")
    ended = end_agency(held_outside().pk, actor=clerk_at(), now=NOON)
    over, good = held_outside(TODAY), held_outside()

    for row, now, more in (
        (open_one, NOON, {}), (other, NOON, {}), (ended, NOON, {}),
        (over, NOON + timedelta(days=1), {}), (good, NOON, {"person_id": make_person("别人").pk}),
    ):  # fmt: skip
        with pytest.raises(NoMandate):
            take_in(wish(row, **more), actor=clerk_at(), now=now)
    # where it is not kept it is none
    AgentMandate.objects.update(path=path_of(NEIGHBOUR))
    with pytest.raises(NoMandate):
        take_in(wish(good), actor=clerk_at(), now=NOON)
    assert not Case.objects.exists()


def test_it_holds_as_long_as_the_rulebook_says_and_names_two_people_of_whom_one_is_in_no_register() -> (
    None
):
    known = make_person("王登记")
    number = "110101198001010029"
    add_document(known, "resident_id", number, valid_until=None, actor=keeper(), now=NOON)

    def refused(giver: Giver = GIVER, agent: Agent = SON, until: date = LAST) -> set[str]:
        with pytest.raises(Invalid) as said:
            prepare_outside(VILLAGE, giver, MandateFacts(agent, until), actor=clerk_at(), now=NOON)
        return set(said.value.fields)

    assert refused(until=LAST + timedelta(days=1)) == refused(until=TODAY - timedelta(days=1)) == {"until"}  # fmt: skip
    assert refused(Giver("", "123", "12")) == {"giver_name", "giver_id", "giver_phone"}
    assert refused(Giver("王远", SON.id_number)) == {"id_number"}
    assert refused(Giver("王登记", number)) == {"giver_id"}
    for actor, error in ((NOBODY, NotAllowed), (clerk_at(NEIGHBOUR), NotAllowed)):
        with pytest.raises(error):
            prepare_outside(VILLAGE, GIVER, MandateFacts(SON, LAST), actor=actor, now=NOON)
    assert not AgentMandate.objects.exists() and not Document.objects.exists()


def test_it_is_found_by_the_card_of_either_and_only_where_it_is_kept() -> None:
    row = held_outside()

    for number in (GIVER.id_number, SON.id_number.lower()):
        assert list(under_number(clerk_at(), number)) == [row]
        assert list(under_number(clerk_at(NEIGHBOUR), number)) == []
    for number in ("110101198001010029", ""):
        assert list(under_number(clerk_at(), number)) == []
    assert not outside(NOBODY).exists()
    with pytest.raises(NotFound):
        end_agency(row.pk, actor=clerk_at(NEIGHBOUR), now=NOON)


@pytest.mark.parametrize(("column", "index"), BY_CARD.items())
def test_a_card_is_looked_up_by_an_index_of_numbers(column: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in AgentMandate.objects.filter(**{column: b"n"}).explain()


def test_the_window_prints_lists_scans_finds_it_by_a_card_and_takes_an_application_in() -> None:
    browser, stranger = client_of(clerk_at()), client_of(make_actor("reader", permits.SEE))
    given = {
        "place": VILLAGE, "giver_name": GIVER.name, "giver_id": GIVER.id_number, "name": SON.name,
        "id_number": SON.id_number, "until": LAST.isoformat(),
    }  # fmt: skip
    assert stranger.get(PAGE).status_code == stranger.get(f"{PAGE}new/").status_code == 404
    wrong = browser.post(f"{PAGE}new/", {**given, "giver_id": "1", "key": str(uuid4())})
    assert wrong.status_code == 422 and not AgentMandate.objects.exists()
    assert browser.post(f"{PAGE}new/", {**given, "key": str(uuid4())}).status_code == 303
    row = AgentMandate.objects.get()
    assert "window/?person=0" not in browser.get(PAGE).content.decode()
    signed = browser.post(f"{PAGE}of/{row.pk}/sign", {"paper": paper(), "key": str(uuid4())})
    assert (signed.status_code, signed["Location"]) == (303, PAGE)

    by_card = browser.post("/zh-hans/window/", {"q": SON.id_number, "key": str(uuid4())})
    to = f"/zh-hans/window/?person=0&amp;mandate={row.pk}"
    assert to in by_card.content.decode()
    found = browser.post(PAGE, {"q": GIVER.id_number, "key": str(uuid4())}).content.decode()
    assert row.giver_masked in found and to in found and GIVER.name not in found
    assert row.giver_masked in browser.get(to.replace("&amp;", "&")).content.decode()
    form = f"/zh-hans/window/residence-permit/?person=0&mandate={row.pk}&whose=own"
    page = browser.get(form).content.decode()
    assert row.agent_masked in page and 'name="id_number"' not in page
    sent = {"person": "0", "mandate": row.pk, "whose": "own", "place": VILLAGE, "delivery": "counter",
            "brought_id-card": "on", "uuid": str(uuid4()), "key": str(uuid4())}  # fmt: skip
    assert browser.post("/zh-hans/window/residence-permit/", sent).status_code == 303
    made = Application.objects.get()
    assert (opened(made.sealed, made.pk).name, made.agent_mandate_id) == (GIVER.name, row.pk)
    assert browser.get(f"/zh-hans/window/?person=0&mandate={row.pk + 9}").status_code == 404


def test_who_lives_here_and_comes_for_somebody_from_elsewhere_says_for_whom() -> None:
    son, browser, row = make_person("陈小文"), client_of(clerk_at()), held_outside()
    add_document(son, "resident_id", SON.id_number, valid_until=None, actor=keeper(), now=NOON)
    herself, by = "/zh-hans/window/?person=", f"/zh-hans/window/?person=0&amp;mandate={row.pk}"

    asked = browser.post("/zh-hans/window/", {"q": SON.id_number, "key": str(uuid4())})
    shown = asked.content.decode()
    assert asked.status_code == 200 and by in shown and f'{herself}{son.pk}"' in shown

    end_agency(row.pk, actor=clerk_at(), now=NOON)
    again = browser.post("/zh-hans/window/", {"q": SON.id_number, "key": str(uuid4())})
    assert (again.status_code, again["Location"]) == (303, f"{herself}{son.pk}")


def test_what_ended_pushes_out_nothing_that_holds_and_no_list_ends_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser, asked = client_of(clerk_at()), {"q": SON.id_number}
    row = held_outside()
    ended = AgentMandate.objects.filter(pk=row.pk).values().get()
    for n in range(12):
        AgentMandate.objects.create(**ended | {"id": None, "code": f"C{n}", "state": "ended"})

    by_card = browser.post("/en/window/", {**asked, "key": str(uuid4())}).content.decode()
    monkeypatch.setattr(outside_mandates, "MOST", 5)
    cut = browser.post("/en/window/mandates/", {**asked, "key": str(uuid4())}).content.decode()
    AgentMandate.objects.update(state="held")
    many = browser.post("/en/window/", {**asked, "key": str(uuid4())}).content.decode()

    assert f"mandate={row.pk}" in by_card and "There are more" not in by_card
    assert "The newest 5 of more." in cut and cut.count("ll-sec") == 5
    assert many.count("mandate=") == 9 and "There are more: find them in the list below." in many


def test_programs_print_list_use_and_end_it_with_the_same_refusals() -> None:
    browser = client_of(clerk_at())
    given = {
        "place": VILLAGE, "giver_name": GIVER.name, "giver_id": GIVER.id_number, "name": SON.name,
        "id_number": SON.id_number, "until": "2027-06-30",
    }  # fmt: skip
    for who, status in ((NOBODY, {401, 403}), (clerk_at(NEIGHBOUR), {403})):
        assert post_json(client_of(who), API, given).status_code in status
    assert client_of(make_actor("reader", permits.SEE)).get(API).status_code == 403
    wrong = post_json(browser, API, {**given, "giver_id": "1"})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"giver_id"})
    assert not AgentMandate.objects.exists()

    made = post_json(browser, API, given).json()
    sign = f"/api/v1/mandates/{made['id']}/sign"
    signed = browser.post(sign, {"paper": paper()}, headers={"Idempotency-Key": str(uuid4())})
    assert signed.json()["holds"] is True
    listed = browser.get(API, {"view": "held"}).json()
    assert [(one["id"], one["place"]) for one in listed["items"]] == [(made["id"], VILLAGE)]
    assert client_of(clerk_at(NEIGHBOUR)).get(API).json()["items"] == []
    asked = {"item": "residence-permit", "place": VILLAGE, "channel": "counter", "applicant": {},
             "answers": {"whose": "own"}, "brought": ["id-card"], "agent_mandate": made["id"]}  # fmt: skip
    other = {**asked, "applicant": {"name": "李别人"}}
    assert post_json(browser, "/api/v1/applications/", other).json()["code"] == "no_mandate"
    assert post_json(browser, "/api/v1/applications/", asked).status_code == 201
    assert post_json(browser, f"/api/v1/mandates/{made['id']}/end").json()["holds"] is False
    assert post_json(browser, "/api/v1/applications/", asked).json()["code"] == "no_mandate"
    assert Application.objects.count() == 1
