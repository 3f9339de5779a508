"""Cases over the API: the same lists, the same moves, the same refusals as the pages."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from linli.cases.models import Case, CaseEvent
from linli.cases.testing import clerk_of, faults, make_case, move
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
CLERK = replace(clerk_of(), posts=frozenset({30}))
STRANGER = clerk_of("441900/441900006/")
CASES = "/api/v1/cases/"


def test_a_list_is_paged_and_counted() -> None:
    for _ in range(3):
        make_case()

    first = client_of(CLERK).get(f"{CASES}?limit=2").json()
    second = client_of(CLERK).get(f"{CASES}?limit=2&cursor={first['next']}").json()

    assert (first["count"], len(first["items"]), len(second["items"])) == (3, 2, 1)
    assert second["next"] is None
    assert first["items"][0]["holder_post"] is None


def test_a_move_answers_with_the_case_after_it() -> None:
    case = make_case().held

    got = post_json(client_of(CLERK), f"{CASES}{case.number}/accept", {"expected_seq": 1})

    body = got.json()
    assert got.status_code == 200
    assert (body["state"], body["seq"]) == ("at_work", 2)
    assert [step["move"] for step in body["story"]] == ["accept", "open"]
    assert "answer" in body["may"] and "accept" not in body["may"]
    assert faults() == []


def test_the_same_key_moves_once_whatever_the_call() -> None:
    case, key = make_case().held, str(uuid4())

    for _ in range(2):
        got = post_json(client_of(CLERK), f"{CASES}{case.number}/accept", {"key": key})
        assert got.status_code == 200

    assert CaseEvent.objects.count() == 2


def test_a_stale_move_is_told_and_changes_nothing() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)

    got = post_json(
        client_of(CLERK), f"{CASES}{case.number}/answer", {"expected_seq": 1, "text": "Mended."}
    )

    assert (got.status_code, got.json()["code"]) == (409, "moved_meanwhile")
    assert Case.objects.get().state == "at_work"


def test_a_move_without_what_it_asks_for_names_the_field() -> None:
    case = make_case().held
    move(case.id, "accept", CLERK)
    where = f"{CASES}{case.number}/"

    bare = post_json(client_of(CLERK), f"{where}answer", {})
    unshown = post_json(client_of(CLERK), f"{where}finish", {"text": "Mended."})

    assert (bare.status_code, list(bare.json()["fields"])) == (422, ["text"])
    assert (unshown.status_code, unshown.json()["code"]) == (422, "missing")
    assert Case.objects.get().state == "at_work"


@pytest.mark.parametrize("name", ["accept", "no_such_move", "note"])
def test_what_a_stranger_may_not_see_is_not_there(name: str) -> None:
    case = make_case().held

    assert client_of(STRANGER).get(f"{CASES}{case.number}/").status_code == 404
    got = post_json(client_of(STRANGER), f"{CASES}{case.number}/{name}", {"text": "x"})

    assert got.status_code == 404
    assert CaseEvent.objects.count() == 1
