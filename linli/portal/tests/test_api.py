"""The API of the portal: feedback, search, the desk, one's own affairs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.cases.models import Case
from linli.kernel.contributions import DeskEntry, DeskItem, Hit, HomeItem, HomeSlot, SearchSource
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, HOME_SLOTS, SEARCH
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor, post_json
from linli.places.testing import make_village
from linli.portal import permits, rules
from linli.portal.testing import VILLAGE, make_feedback

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
CLERK = make_actor("clerk", permits.ANSWER, at=VILLAGE)
STRANGER = make_actor("clerk elsewhere", permits.ANSWER, at=OTHER_TOWN)
READER = make_actor("reader", permits.ANSWER, at=VILLAGE, ceiling=2)


def test_nobody_gives_feedback_about_a_village_and_follows_it_by_number_and_code() -> None:
    make_village()

    given = post_json(
        Client(),
        f"{ROOT}/feedback/give",
        {"text": " 字太小 ", "page": "/zh-hans/places/441900005001/"},
    )

    told = given.json()
    assert given.status_code == 200
    assert Case.objects.get().path == VILLAGE
    where, code = f"{ROOT}/reports/{told['number']}/", {"Follow-Code": told["code"]}
    followed = Client().get(where, headers=code).json()
    assert (followed["kind"], followed["state"]) == ("feedback", "received")
    assert followed["story"][0]["text"] == "字太小"
    assert followed["settle_on"] == told["due_on"]
    assert Client().get(where, headers={"Follow-Code": "ABCDEFGHJK"}).status_code == 404


def test_the_same_key_gives_feedback_once() -> None:
    make_village()
    key, body = str(uuid4()), {"text": "slow", "page": "/en/"}
    client = client_of(CLERK)

    first = post_json(client, f"{ROOT}/feedback/give", body, key=key)
    second = post_json(client, f"{ROOT}/feedback/give", body, key=key)

    assert first.json() == second.json()
    assert Case.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_feedback_without_words_or_with_too_many_is_refused_at_its_field(text: str) -> None:
    answer = post_json(Client(), f"{ROOT}/feedback/give", {"text": text})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [name for name in answer.json()["fields"] if name.endswith("text")]
    assert not Case.objects.exists()


def test_it_is_answered_by_whoever_answers_there_and_by_nobody_else() -> None:
    given = make_feedback()
    where = f"{ROOT}/cases/{given.number}/answer"

    stranger = post_json(client_of(STRANGER), where, {"text": "x", "expected_seq": 1})
    first = post_json(client_of(CLERK), where, {"text": "Mended.", "expected_seq": 1})
    second = post_json(client_of(CLERK), where, {"text": "Other.", "expected_seq": 1})

    assert stranger.status_code == 404
    assert first.status_code == 200, first.content
    assert second.status_code == 409
    assert Case.objects.get().state == "answered"


@pytest.fixture
def _three_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(actor: Actor, words: str, limit: int) -> list[Hit]:
        who = "you" if actor.account_id else "nobody"
        return [Hit(f"{words} {n}", f"/en/things/{n}/", f"for {who}") for n in range(3)]

    sources = {
        "first": SearchSource("first", "First", find),
        "empty": SearchSource("empty", "Empty", lambda *_: []),
        "last": SearchSource("last", "Last", find),
    }
    monkeypatch.setattr(SEARCH, "_items", sources)


@pytest.mark.usefixtures("_three_hits")
def test_search_gives_what_each_register_found_page_by_page() -> None:
    client = Client()
    first = client.get(f"{ROOT}/search/?q=well&limit=4").json()
    second = client.get(f"{ROOT}/search/?q=well&limit=4&cursor={first['next']}").json()

    rows = first["items"] + second["items"]
    assert [(row["source"], row["title"]) for row in rows] == [
        (source, f"well {n}") for source in ("first", "last") for n in range(3)
    ]
    assert (first["count"], second["next"], first["cut"]) == (6, None, [])
    assert {row["text"] for row in rows} == {"for nobody"}


@pytest.mark.usefixtures("_three_hits")
def test_search_asks_one_register_alone_and_finds_nothing_for_no_words() -> None:
    assert {
        row["source"] for row in Client().get(f"{ROOT}/search/?q=x&source=last").json()["items"]
    } == {"last"}
    assert Client().get(f"{ROOT}/search/?q=%20").json()["items"] == []
    assert Client().get(f"{ROOT}/search/").json()["count"] == 0


@pytest.fixture
def _due_work(monkeypatch: pytest.MonkeyPatch) -> None:
    today = localdate()

    def items(actor: Actor, on: date, limit: int) -> list[DeskItem]:
        days = {"late": today - timedelta(days=2), "soon": today + timedelta(days=3), "open": None}
        return [
            DeskItem(name, f"/en/{name}/", due, "Report", "File", number=f"N-{name}")
            for name, due in days.items()
        ]

    entry = DeskEntry("x", "X", "x", "x", (permits.ANSWER,), items=items)
    monkeypatch.setattr(DESK, "_items", {"x": entry})


@pytest.mark.usefixtures("_due_work")
def test_the_desk_gives_due_work_late_first() -> None:
    client = client_of(CLERK)

    work: Any = client.get(f"{ROOT}/desk/").json()

    assert [(row["title"], row["is_late"]) for row in work["items"]] == [
        ("late", True), ("soon", False), ("open", False),
    ]  # fmt: skip
    late = client.get(f"{ROOT}/desk/?view=late").json()
    assert [row["number"] for row in late["items"]] == ["N-late"]
    assert client.get(f"{ROOT}/desk/?word=n-op").json()["count"] == 1
    assert client.get(f"{ROOT}/desk/?view=else").status_code == 422


@pytest.mark.usefixtures("_due_work")
def test_late_work_of_the_desk_says_so() -> None:
    shown = client_of(CLERK).get("/en/desk/").content.decode()

    assert "2 days late" in shown and "in 3 days" in shown
    assert "2 days ago" not in shown


@pytest.mark.parametrize(
    ("days", "views"),
    [
        (-1, ["all", "late"]), (0, ["all", "today", "week"]), (7, ["all", "week"]), (8, ["all"]),
        (None, ["all"]),
    ],
)  # fmt: skip
def test_the_next_seven_days_end_with_the_seventh_and_leave_out_what_is_late(
    days: int | None, views: list[str]
) -> None:
    today = date(2026, 11, 24)
    due = None if days is None else today + timedelta(days=days)
    item = DeskItem("x", "/en/x/", due, "Report", "File")

    assert [view for view in rules.VIEWS if rules.fits(item, view, today)] == views


@pytest.mark.usefixtures("_due_work")
def test_the_desk_is_for_those_who_work_here() -> None:
    assert client_of(READER).get(f"{ROOT}/desk/").status_code == 404
    assert client_of(make_actor("other")).get(f"{ROOT}/desk/").status_code == 404
    assert Client().get(f"{ROOT}/desk/").status_code == 404


def test_ones_own_affairs_are_for_who_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = HomeSlot("mine", "me", "Mine", lambda *_: [HomeItem("letter", "/en/inbox/1/")])
    monkeypatch.setattr(HOME_SLOTS, "_items", {"mine": slot})

    mine = client_of(make_actor("resident")).get(f"{ROOT}/me/").json()

    assert [(row["group"], row["title"]) for row in mine["items"]] == [("mine", "letter")]
    assert Client().get(f"{ROOT}/me/").status_code == 403


def test_another_systems_key_has_no_affairs() -> None:
    machine = Actor(1, None, "bus timetable", is_machine=True)

    assert client_of(machine).get(f"{ROOT}/me/").status_code == 403
