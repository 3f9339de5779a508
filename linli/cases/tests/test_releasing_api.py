"""Words and photos are released and refused over the API by the same posts as on the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from linli.cases import permits
from linli.cases.models import Case, CaseClock, CaseEvent, PublicWords
from linli.cases.testing import VILLAGE, clerk_of, faults, make_case, report_with_photos
from linli.files.models import StoredFile
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.runtime.testing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
CLERK = clerk_of()
READER = make_actor("reader", permits.RELEASE, at=VILLAGE)
STRANGER = make_actor("stranger", permits.RELEASE, permits.SEE, at="441900/441900006/")
API = "/api/v1/release/"


def waiting(count: int = 1) -> tuple[str, list[int]]:
    """A report whose words and photos are not decided on; return its number and the photos' ids."""
    number, photos = report_with_photos(count)
    return number, [one.pk for one in photos]


def post(path: str, actor: Actor = READER, /, **given: Any) -> Any:
    return post_json(client_of(actor), f"{API}{path}", given)


def test_the_queue_and_a_case_tell_what_waits_until_when() -> None:
    number, (one,) = waiting()

    queue = client_of(READER).get(API).json()
    told = client_of(READER).get(f"{API}{number}/").json()

    assert (queue["count"], queue["items"][0]["number"]) == (1, number)
    assert queue["items"][0]["due_on"] == "2026-08-11"
    assert [(word["seq"], word["waits"], word["shown"]) for word in told["words"]] == [
        (1, True, None)
    ]
    assert [(p["id"], p["waits"], p["shown"]) for p in told["photos"]] == [(one, True, None)]
    picture = client_of(READER).get(f"{API}{number}/photos/{one}/")
    assert picture["Content-Type"] == "image/jpeg" and "no-store" in picture["Cache-Control"]


def test_words_and_photos_are_shown_and_taken_back() -> None:
    number, photos = waiting(2)

    words = post(f"{number}/words/1/release", hidden=["路灯"]).json()
    shown = post(f"{number}/photos/{photos[0]}/release", black=[[0, 0, 500, 1000]]).json()
    kept = post(f"{number}/photos/withhold", photos=photos[1:], reason="拍到了人").json()

    assert words["words"][0]["shown"] == "███不亮"
    code = shown["photos"][0]["shown"]
    assert Client().get(f"/en/files/{code}/").status_code == 200
    assert (kept["waits"], kept["photos"][1]["is_withheld"]) == (False, True)
    assert CaseClock.objects.get(key="release/1").state != "running"
    post(f"{number}/photos/withhold", photos=photos[:1], reason="还是不行")
    post(f"{number}/words/1/withhold", reason="还是不行")
    assert Client().get(f"/en/files/{code}/").status_code == 404
    assert not Case.objects.get().is_released
    assert faults() == []


@pytest.mark.parametrize("actor", [NOBODY, CLERK, STRANGER], ids=lambda a: a.label)
def test_for_others_nothing_of_it_is_there(actor: Actor) -> None:
    number, (one,) = waiting()
    client = client_of(actor)

    answers = [
        client.get(f"{API}{number}/"),
        client.get(f"{API}{number}/photos/{one}/"),
        post(f"{number}/words/1/release", actor),
        post(f"{number}/words/1/withhold", actor, reason="x"),
        post(f"{number}/photos/{one}/release", actor),
        post(f"{number}/photos/withhold", actor, photos=[one], reason="x"),
    ]

    assert {answer.status_code for answer in answers} <= {401, 404}
    seen = client.get(API)
    assert seen.status_code in (401, 404) or seen.json()["items"] == []
    assert CaseEvent.objects.exclude(move__in=["open", "offer"]).count() == 0
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("photos/{photo}/release", {"black": [[0, 0, 0, 10]]}, 422),
        ("photos/{photo}/release", {"black": [[0, 0, 1001, 10]]}, 422),
        ("photos/{photo}/release", {"black": [[0, 0, 10]]}, 422),
        ("photos/{photo}/release", {"black": [[0, 0, 10, 10]] * 121}, 422),
        ("photos/{photo}/release", {"expected_seq": 99}, 409),
        ("photos/987654/release", {}, 409),
        ("photos/withhold", {"photos": [], "reason": "x"}, 422),
        ("photos/withhold", {"photos": ["{photo}"], "reason": " "}, 422),
        ("photos/withhold", {"photos": [987654], "reason": "x"}, 409),
        ("photos/withhold", {"photos": [1] * 99, "reason": "x"}, 422),
        ("words/1/release", {"hidden": ["不在里面"]}, 422),
        ("words/9/release", {}, 409),
        ("words/1/withhold", {"reason": ""}, 422),
        ("words/1/withhold", {"reason": "x" * 5001}, 422),
    ],
)
def test_what_cannot_be_decided_changes_nothing(path: str, given: Any, status: int) -> None:
    number, (one,) = waiting()
    if given.get("photos") == ["{photo}"]:
        given = {**given, "photos": [one]}

    answer = post(f"{number}/{path.format(photo=one)}", **given)

    assert answer.status_code == status
    assert CaseEvent.objects.exclude(move__in=["open", "offer"]).count() == 0
    assert (StoredFile.objects.count(), Case.objects.get().waits_for_release) == (1, True)
    assert faults() == []


def test_a_number_that_names_somebody_goes_out_with_nothing() -> None:
    number = make_case(said="打 13800138000 找他").held.number

    assert post(f"{number}/words/1/release").status_code == 422
    assert client_of(READER).get(f"{API}{number}/").json()["words"][0]["names"] == ["13800138000"]
    assert post(f"{number}/words/1/release", hidden=["13800138000"]).status_code == 200
    assert "13800138000" not in str(PublicWords.objects.get().shown)


def test_a_decision_with_the_same_key_happens_once() -> None:
    number, (one,) = waiting()
    key = str(uuid4())

    answers = [post(f"{number}/photos/{one}/release", key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert CaseEvent.objects.filter(move="release_photo").count() == 1
    assert StoredFile.objects.filter(owner_kind="cases.shown").count() == 1
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_programs_that_decide_at_once_one_is_told() -> None:
    number, (one,) = waiting()
    came: list[int] = []

    def decide() -> None:
        try:
            came.append(post(f"{number}/photos/{one}/release").status_code)
        finally:
            connection.close()

    at_once(decide, decide)

    assert sorted(came) == [200, 409]
    assert StoredFile.objects.filter(owner_kind="cases.shown").count() == 1
    assert faults() == []
