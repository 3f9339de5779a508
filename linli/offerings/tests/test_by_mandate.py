"""At the window by a mandate: one that ended opens nothing, and nothing that stands in it is asked again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.timezone import localdate

from linli.cases.models import Case
from linli.kernel.errors import Invalid
from linli.kernel.testing import client_of, post_json
from linli.offerings.clients.applicants import opened
from linli.offerings.models import AgentMandate, Application
from linli.offerings.services.mandates import end_agency, prepare_mandate
from linli.offerings.services.outside_mandates import prepare_outside
from linli.offerings.services.window import take_in
from linli.offerings.testing import PENSION
from linli.offerings.tests.mandate_samples import GIVER, SON, clerk_at, held_outside, wish
from linli.offerings.types.applications import Applicant
from linli.offerings.types.mandates import MandateFacts
from linli.people.testing import NOON, VILLAGE, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DESK, FORM = "/zh-hans/window/", "/zh-hans/window/residence-permit/"
MANDATES = "/zh-hans/window/mandates/"


@pytest.fixture
def item() -> dict[str, Any]:
    return PENSION


def sent(row: AgentMandate, **more: Any) -> dict[str, Any]:
    return {
        "person": "0", "mandate": row.pk, "place": VILLAGE, "delivery": "counter",
        "brought_id-card": "on", "uuid": str(uuid4()), "key": str(uuid4()), **more,
    }  # fmt: skip


def lasting() -> AgentMandate:
    row = held_outside()
    AgentMandate.objects.filter(pk=row.pk).update(until=localdate() + timedelta(days=30))
    row.refresh_from_db()
    return row


def test_one_that_was_ended_opens_neither_the_desk_nor_a_form_and_its_row_says_when_and_by_whom() -> (
    None
):
    row, browser = lasting(), client_of(clerk_at())
    asked = {"person": "0", "mandate": row.pk}
    assert browser.get(DESK, asked).status_code == browser.get(FORM, asked).status_code == 200

    end_agency(row.pk, actor=clerk_at(), now=NOON)

    for address in (DESK, FORM):
        answer = browser.get(address, asked)
        assert (answer.status_code, answer["Location"]) == (303, MANDATES)
    shown = browser.get(MANDATES).content.decode()
    assert "这份委托已于2026年11月24日终止" in shown and "2026年11月24日 · window" in shown
    assert post_json(browser, f"/api/v1/mandates/{row.pk}/end").status_code == 409
    told = browser.get("/api/v1/mandates/outside/").json()["items"][0]
    assert (told["ended_on"], told["ended_by"], told["holds"]) == ("2026-11-24", "window", False)
    # what was typed before it ended is refused, and stays on the page
    late = browser.post(FORM, sent(row, phone="13800005555"))
    assert late.status_code == 422 and "13800005555" in late.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [({"until": NOON.date()}, "最后一天是2026年11月24日"), ({"item_key": "elder-card"}, "这份委托是办别的事的")],
)  # fmt: skip
def test_one_that_ran_out_or_is_for_something_else_opens_no_form(
    change: dict[str, Any], why: str
) -> None:
    row, browser = lasting(), client_of(clerk_at())
    AgentMandate.objects.filter(pk=row.pk).update(**change)

    answer = browser.get(FORM, {"person": "0", "mandate": row.pk})

    assert answer["Location"] == MANDATES and why in browser.get(MANDATES).content.decode()


def test_by_a_mandate_nobody_is_asked_for_whom_nor_for_anything_that_stands_in_it() -> None:
    row, browser = lasting(), client_of(clerk_at())

    page = browser.get(FORM, {"person": "0", "mandate": row.pk}).content.decode()

    assert "给谁办" not in page and row.giver_masked in page and row.agent_masked in page
    for name in ("whose", "agent_name", "agent_id", "agent_phone", "agent_basis", "name"):
        assert f'type="radio" name="{name}"' not in page and f'id="id_{name}"' not in page
    assert browser.post(FORM, sent(row)).status_code == 303
    made = Application.objects.get()
    assert made.answers == {"whose": "other"} and made.agent_mandate_id == row.pk
    assert opened(made.sealed, made.pk).agent_name == SON.name


def test_over_the_api_by_a_mandate_it_is_for_somebody_else_and_herself_beside_an_agent_is_refused() -> (
    None
):
    row, browser = lasting(), client_of(clerk_at())
    asked = {"item": "residence-permit", "place": VILLAGE, "channel": "counter", "applicant": {},
             "brought": ["id-card"], "agent_mandate": row.pk}  # fmt: skip

    wrong = post_json(browser, "/api/v1/applications/", {**asked, "answers": {"whose": "self"}})
    assert wrong.status_code == 422 and set(wrong.json()["fields"]) == {"q_whose"}
    assert not Case.objects.exists()

    assert post_json(browser, "/api/v1/applications/", asked).status_code == 201
    assert Application.objects.get().answers == {"whose": "other"}


def test_herself_beside_an_agent_without_a_mandate_is_refused_too() -> None:
    who = Applicant(name="王远", agent_name="陈小文")
    with pytest.raises(Invalid) as said:
        take_in(
            wish(applicant=who, agent_basis="委托书", answers={"whose": "self"}),
            actor=clerk_at(), now=NOON,
        )  # fmt: skip
    assert set(said.value.fields) == {"q_whose"} and not Case.objects.exists()


def test_who_stands_here_herself_is_asked_for_no_agent_and_may_still_say_that_one_does() -> None:
    person, browser = make_person("陈大文"), client_of(clerk_at())

    page = browser.get(FORM, {"person": person.pk, "whose": "self"}).content.decode()
    helped = browser.get(FORM, {"person": person.pk, "whose": "other"}).content.decode()

    assert 'name="agent_name"' not in page and "&amp;whose=other" in page
    assert 'name="agent_name"' in helped and "本人在场" not in helped


@pytest.mark.parametrize("has_person", [False, True])
def test_a_signed_paper_that_is_missing_or_no_picture_is_told_at_its_field_on_the_page_of_the_mandate(
    has_person: bool,
) -> None:
    browser = client_of(clerk_at())
    facts = MandateFacts(SON, localdate() + timedelta(days=30))
    row = (
        prepare_mandate(make_person("陈大文").pk, facts, actor=clerk_at(), now=timezone.now())
        if has_person
        else prepare_outside(VILLAGE, GIVER, facts, actor=clerk_at(), now=timezone.now())
    )
    text = SimpleUploadedFile("signed.txt", b"words", "text/plain")

    for sent_along, words in (({}, "请扫描或拍下签字件"), ({"paper": text}, "")):
        given = {"key": str(uuid4()), **sent_along}
        answer = browser.post(f"{MANDATES}of/{row.pk}/sign", given)
        shown = answer.content.decode()
        assert answer.status_code == 422 and words in shown
        assert f'href="#paper-{row.pk}"' in shown and row.agent_masked in shown
        assert '<details class="ll-confirm" open>' in shown and "is-invalid" in shown
    row.refresh_from_db()
    assert (row.state, row.file_code) == ("prepared", "")


def test_a_last_day_that_is_over_is_told_as_such() -> None:
    yesterday = NOON.date() - timedelta(days=1)
    with pytest.raises(Invalid) as said:
        prepare_outside(VILLAGE, GIVER, MandateFacts(SON, yesterday), actor=clerk_at(), now=NOON)
    assert "已经过了" in said.value.fields["until"][0] and not AgentMandate.objects.exists()


@pytest.mark.parametrize("has_person", [False, True])
def test_one_whose_last_day_is_over_before_it_was_signed_is_not_offered_to_be_signed(
    has_person: bool,
) -> None:
    facts, person = MandateFacts(SON, localdate() + timedelta(days=1)), make_person("陈大文")
    by: dict[str, Any] = {"actor": clerk_at(), "now": timezone.now()}
    row = (
        prepare_mandate(person.pk, facts, **by)
        if has_person
        else prepare_outside(VILLAGE, GIVER, facts, **by)
    )
    where = f"{MANDATES}{person.pk}/" if has_person else MANDATES
    sign = f"{MANDATES}of/{row.pk}/sign"

    before = client_of(clerk_at()).get(where).content.decode()
    AgentMandate.objects.update(until=localdate() - timedelta(days=1))
    after = client_of(clerk_at()).get(where).content.decode()

    assert sign in before and row.agent_masked in after and sign not in after


def test_the_cursor_stands_where_the_card_is_read() -> None:
    page = client_of(clerk_at()).get(MANDATES).content.decode()
    field = re.search(r'<input[^>]*id="q"[^>]*>', page)
    assert field and "data-first" in field[0] and "ui/js/counter" in page
