"""Programs read what lies sealed of visitors and applicants as the pages do: with a reason, on record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.cases import permits as cases
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, client_of, post_json
from linli.offerings import permits
from linli.offerings.services.window import take_in
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.offerings.tests.visit_samples import CLERK, make_visit
from linli.offerings.types.applications import Applicant, Applying
from linli.people.testing import make_person
from linli.places.testing import make_village
from linli.runtime.models import IdempotencyKey
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
WHY = {"reason": "停电改期"}


def readings() -> int:
    return Entry.objects.filter(verb="read").count()


def nothing_is_kept() -> bool:
    return not IdempotencyKey.objects.exclude(body=None).exists()


def test_a_visitor_is_reached_with_a_reason_and_the_answer_is_kept_nowhere() -> None:
    where = f"/api/v1/visits/{make_visit(phone='13800000001', name='陈阿姨').code}/reach"
    weaker = replace(CLERK, grants=tuple(o for o in CLERK.grants if o.permit != permits.REACH.name))

    assert post_json(client_of(weaker), where, WHY).status_code == 403
    assert post_json(client_of(NOBODY), where, WHY).status_code in (401, 403)
    assert post_json(client_of(CLERK), where, {"reason": " "}).status_code == 422
    assert readings() == 0
    # whoever may reach nobody finds no codes out by trying: one that is there answers as one that is not
    page, other = where.replace("/api/v1/", "/en/windows/") + "/", "/api/v1/visits/ZZZZ2222ZZ/reach"
    stranger = client_of(weaker)
    assert post_json(stranger, other, WHY).status_code == 403
    assert [
        stranger.get(one).status_code
        for one in (page, page.replace("/en/windows/visits/", "/en/windows/visits/Z"))
    ] == [404, 404]
    told = post_json(client_of(CLERK), where, WHY)

    assert told.json()["name"] == "陈阿姨" and told.json()["phone"].endswith("13800000001")
    assert readings() == 1 and nothing_is_kept()


def test_an_applicant_is_opened_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)
    where = f"/api/v1/applications/{make_application().held.number}/reveal"
    held = (permits.SEE, permits.RECEIVE, cases.SEE)

    for other in (person(OTHER_TOWN, *held), person(VILLAGE, permits.SEE, cases.SEE), NOBODY):
        assert post_json(client_of(other), where, WHY).status_code in (401, 403, 404)
    clerk = client_of(person(VILLAGE, *held, account_id=7))
    assert post_json(clerk, where, {"reason": ""}).status_code == 422
    assert readings() == 0
    told = post_json(clerk, where, WHY).json()

    assert (told["name"], told["id_number"], told["answers"]) == (
        "陈大文",
        "11010519491231002X",
        [],
    )
    assert readings() == 1 and nothing_is_kept()


def test_whom_the_register_knows_is_called_at_the_number_that_messages_go_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)
    known = make_person(phone="13812345678")
    held = (permits.SEE, permits.RECEIVE, cases.SEE, cases.CONTACT)
    clerk = person(VILLAGE, *held, account_id=7)
    wish = Applying(
        "residence-permit", "441900005001", Applicant(known.name), {"whose": "rented"},
        channel="counter", person_id=known.pk,
    )  # fmt: skip
    number = take_in(wish, actor=clerk, now=NOON).number
    of_case, of_it = f"/api/v1/cases/{number}/contact", f"/api/v1/applications/{number}/reveal"

    sheet = client_of(clerk).get(f"/en/desk/cases/{number}/").content.decode()
    assert "138****5678" in sheet and "13812345678" not in sheet
    for where in (of_case, of_it):
        other = post_json(client_of(person(OTHER_TOWN, *held)), where, WHY)
        assert other.status_code in (403, 404) and "13812345678" not in other.content.decode()
    assert readings() == 0
    for where in (of_case, of_it):
        assert post_json(client_of(clerk), where, WHY).json()["phone"].endswith("13812345678")
    assert readings() == 2 and nothing_is_kept()
