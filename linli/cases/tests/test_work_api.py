"""Programs do what the pages do: calls, reopening, figures, weeks, board, days due, spots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits
from linli.cases.models import CallBack, Case, Rating, ReportSpot
from linli.cases.services import weekly
from linli.cases.testing import NOON, VILLAGE, make_case
from linli.cases.tests.rating_samples import CHIEF, ask_reopening, bad_call, done_case
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CODE = "441900005001"
CALLER = make_actor("caller", permits.CALL_BACK, at=VILLAGE, account_id=5)
STRANGER = make_actor("stranger", permits.SEE, at="441900/441900006/")


def get(actor: Any, address: str) -> Any:
    return client_of(actor).get(f"/api/v1/{address}")


def test_a_call_is_found_made_and_then_stands_among_those_made() -> None:
    call = bad_call()
    (waiting,) = get(CALLER, "calls/").json()["items"]
    assert (waiting["id"], waiting["is_for_bad"], waiting["reached"]) == (call.pk, True, "")

    half = post_json(client_of(CALLER), f"/api/v1/calls/{call.pk}/", {"reached": "yes"})
    heard = {"reached": "yes", "grade": 2, "is_solved": False, "note": "还是不亮"}
    told = post_json(client_of(CALLER), f"/api/v1/calls/{call.pk}/", heard)

    assert half.status_code == 422
    assert (told.status_code, told.json()["grade"], told.json()["is_solved"]) == (200, 2, False)
    assert get(CALLER, "calls/").json()["count"] == 0
    assert get(CALLER, "calls/?show=done&q=NOSUCH").json()["count"] == 0
    assert get(CALLER, "calls/?show=done").json()["count"] == 1
    assert post_json(client_of(STRANGER), f"/api/v1/calls/{call.pk}/", heard).status_code == 404
    assert CallBack.objects.get().reached == "yes"


def test_a_request_to_reopen_is_decided_on_what_was_read() -> None:
    opened = done_case()
    ask_reopening(opened)
    (asked,) = get(CHIEF, "reopening/").json()["items"]
    assert (asked["number"], asked["reason"]) == (opened.held.number, "还是黑的")
    address = f"/api/v1/reopening/{opened.held.number}/take-up"

    stale = post_json(client_of(CHIEF), address, {"expected_seq": 1})
    done = post_json(client_of(CHIEF), address, {"expected_seq": asked["seq"]})

    assert (stale.status_code, stale.json()["code"]) == (409, "moved_meanwhile")
    assert (done.status_code, Case.objects.get().state) == (200, "at_work")
    assert get(STRANGER, "reopening/").status_code == 404


def test_figures_are_for_who_sees_the_cases_and_weeks_for_everybody() -> None:
    done_case()
    weekly.publish_weeks(actor=system_actor("test"), now=NOON + timedelta(days=7))
    address = f"places/{CODE}/case-figures/?first=2026-08-10&last=2026-08-16"

    found, weeks = get(CHIEF, address).json(), get(NOBODY, f"places/{CODE}/weeks/").json()

    assert found["lines"][0]["counts"]["solved"] == 1
    assert found["rates"]["solved"] == [1, 1]
    assert get(STRANGER, address).status_code == 404
    assert get(CHIEF, f"{address}&kind=nothing").status_code == 422
    assert (weeks["count"], weeks["items"][0]["week"]) == (1, "2026-08-10")
    assert client_of(NOBODY).get(f"/en{weeks['items'][0]['events']}").status_code == 200


def test_board_and_days_due_count_what_the_pages_count() -> None:
    make_case()
    due = Case.objects.get().due_at.date()
    days = f"boards/due/?first={due - timedelta(days=5)}&last={due + timedelta(days=5)}"

    board, counted = get(CHIEF, "boards/cases/").json(), get(CHIEF, days).json()
    file = client_of(CHIEF).get(f"/en/desk/cases/calendar/?month={due:%Y-%m}&format=ics")

    assert (board["whole"]["open"], board["whole"]["with_nobody"]) == (1, 1)
    assert sum(one["count"] for one in counted) == 1
    assert file["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:1 case due" in file.content and b"JB-" not in file.content
    assert get(STRANGER, "boards/cases/").status_code == 404
    far = f"boards/due/?first=2026-01-01&last={date(2026, 12, 31)}"
    assert get(CHIEF, far).status_code == 422


def test_spots_get_their_codes_and_are_taken_down() -> None:
    make_village(CODE)
    keeper = make_actor("keeper", permits.SPOTS, at=VILLAGE, account_id=6)
    first_spot = {"title": "灯杆 1", "category": "appearance"}
    given = {"place": CODE, "spots": [first_spot, {"title": "电梯 2"}]}
    unknown = {"place": CODE, "spots": [{"title": "灯杆 1", "category": "nosuch"}]}

    made = post_json(client_of(keeper), "/api/v1/spots/", given)
    first = made.json()[0]
    ended = post_json(client_of(keeper), f"/api/v1/spots/{first['code']}/end", {})

    assert (made.status_code, ended.status_code) == (201, 200)
    assert "/q/" in first["address"] and ended.json()["ended_at"]
    assert [one["title"] for one in get(keeper, "spots/").json()["items"]] == ["电梯 2"]
    assert post_json(client_of(STRANGER), "/api/v1/spots/", given).status_code in (403, 404)
    assert post_json(client_of(keeper), "/api/v1/spots/", unknown).status_code == 422
    kept = ReportSpot.objects.order_by("pk").values_list("category__code", flat=True)
    assert list(kept) == ["appearance", None]


def test_a_reporter_rates_by_program_once_and_with_her_code_alone() -> None:
    opened = done_case()
    address = f"/api/v1/reports/{opened.held.number}/rate"

    def rate(code: str, **given: Any) -> Any:
        return client_of(NOBODY).post(
            address, given, content_type="application/json",
            headers={"Follow-Code": code, "Idempotency-Key": str(uuid4())},
        )  # fmt: skip

    wrong, none = rate("WRONG", grade=1), rate(opened.code, grade=9)
    done, again = rate(opened.code, grade=2, why=["slow"]), rate(opened.code, grade=5)

    assert [one.status_code for one in (wrong, none, done, again)] == [404, 422, 200, 409]
    found = Rating.objects.get()
    assert (found.grade, found.why) == (2, ["slow"])
    assert CallBack.objects.get().is_for_bad
