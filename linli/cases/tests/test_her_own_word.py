"""What staff say in a resident's name: who may, how she reads it, and that she has the last word."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.cases import permits
from linli.cases.errors import HerOwnWord
from linli.cases.models import Case
from linli.cases.queries.reading import visible_cases
from linli.cases.services.visits import register_visit
from linli.cases.testing import NOON, faults, move
from linli.cases.tests.offices import VILLAGE, person, post_at
from linli.cases.tests.test_accusing_doors import CODE
from linli.cases.types.openings import Visiting
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
WORDS = "要求修好村口的桥"


@pytest.fixture(autouse=True)
def _village(home: object) -> None:
    """A village with its place for files."""


def taker(**more: Any) -> Actor:
    return person(VILLAGE, permits.VISITS, account_id=71, **more)


def noted_back() -> tuple[str, str]:
    opened = register_visit(Visiting(CODE, WORDS), actor=taker(), now=NOON)
    move(opened.held.id, "note_withdrawal", taker(), public={"text": "来电说不要了"})
    return opened.held.number, opened.code


def test_only_whoever_took_a_visit_down_notes_that_it_is_taken_back() -> None:
    opened = register_visit(Visiting(CODE, WORDS), actor=taker(), now=NOON)
    chair = person(VILLAGE, permits.VISITS, account_id=72)

    with pytest.raises(HerOwnWord):
        move(opened.held.id, "note_withdrawal", chair, public={"text": "来访人说不要了"})
    assert Case.objects.get().state == "noted"
    page = client_of(chair).get(f"/en/desk/cases/{opened.held.number}/").content.decode()
    assert "act-note_withdrawal" not in page

    move(opened.held.id, "note_withdrawal", taker(), public={"text": "来电说不要了"})
    assert Case.objects.get().state == "noted_back"


def test_her_page_says_that_staff_noted_it_and_why_and_she_goes_on_with_it() -> None:
    number, code = noted_back()
    client = Client()

    page = client.get(f"/en/follow/{number}/?code={code}").content.decode()

    assert "The office noted that you took it back" in page and "You took it back" not in page
    assert "来电说不要了" in page and f"/en/follow/{number}/bring_again" in page
    wrong = {"code": "AAAAAAAAAA", "key": str(uuid4())}
    assert client.post(f"/en/follow/{number}/bring_again", wrong).status_code == 404
    assert Case.objects.get().state == "noted_back"
    told = client.post(f"/en/follow/{number}/bring_again", {"code": code, "key": str(uuid4())})
    case = Case.objects.get()
    assert (told.status_code, case.state, case.is_open, case.closed_at) == (
        303,
        "noted",
        True,
        None,
    )
    assert faults() == []


def test_a_program_says_so_too_and_once_only() -> None:
    number, code = noted_back()
    asked = Client(headers={"follow-code": code})
    to = f"/api/v1/reports/{number}/bring-again"

    assert [post_json(asked, to, {}).status_code for _again in range(2)] == [200, 409]
    assert Case.objects.get().state == "noted"


def test_a_visit_about_a_post_leads_away_once_and_is_kept_from_that_post() -> None:
    post = post_at(VILLAGE)
    client, to = client_of(taker()), f"/en/cases/new/visit/?place={CODE}"
    told = {"matter": "appeal", "visitors": "1", "text": WORDS, "about": str(post)}
    assert f'<option value="{post}"' in client.get(to).content.decode()

    first = client.post(to, {**told, "key": str(uuid4())})

    assert first.status_code == 200 and "12388" in first.content.decode()
    assert not Case.objects.exists()
    meant = client.post(to, {**told, "meant_for_here": "1", "key": str(uuid4())})
    case = Case.objects.get()
    assert (meant.status_code, case.about_post_id, case.offered_post_id) == (303, post, None)
    accused = person(VILLAGE, permits.VISITS, posts=(post,), account_id=72)
    assert not visible_cases(accused).exists()
