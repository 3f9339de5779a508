"""Pages and API of the trail: who sees which entries, filters, files, who read my data."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, Grant
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, VILLAGE, client_of
from linli.runtime.models import LongJob
from linli.runtime.services import running
from linli.trail import services
from linli.trail.models import Entry
from linli.trail.permits import READ
from linli.trail.queries import lists
from linli.trail.testing import CLERK, NOON, make_entry

pytestmark = pytest.mark.django_db
DAYS = lists.Filter(NOON.date(), NOON.date())
NEIGHBOUR, BUILDING = TOWN + "441900005002/", VILLAGE + "b1/"


def reader(*grants: tuple[str, int], person_id: int | None = None) -> Actor:
    return Actor(3, person_id, "auditor", tuple(Grant(READ.name, *grant) for grant in grants))


def seen(actor: Actor, wanted: lists.Filter = DAYS) -> list[int]:
    return [entry.id for entry in lists.list_entries(actor, wanted).items]


@pytest.fixture
def entries() -> dict[str, int]:
    return {
        "village": make_entry(place=VILLAGE),
        "building": make_entry(place=BUILDING),
        "neighbour": make_entry(place=NEIGHBOUR),
        "town": make_entry(place=TOWN),
        "other": make_entry(place=OTHER_TOWN),
        "none": make_entry(place=""),
        "vault": make_entry(place=VILLAGE, level=5),
        "accusation": make_entry(place=VILLAGE, level=7),
    }


@pytest.mark.parametrize(
    ("grants", "names"),
    [
        ([(VILLAGE, 3)], "village building"),
        ([(VILLAGE, 5)], "village building vault"),
        ([(BUILDING, 3)], "building"),
        ([(TOWN, 3)], "village building neighbour town"),
        ([(CITY, 3)], "village building neighbour town other none"),
        ([(TOWN, 3), (VILLAGE, 7)], "village building neighbour town vault accusation"),
        ([(NEIGHBOUR, 3), (OTHER_TOWN, 3)], "neighbour other"),
        ([(VILLAGE, 2)], ""),
        ([], ""),
    ],
)
def test_entries_are_seen_by_place_and_level(
    entries: dict[str, int], grants: list[tuple[str, int]], names: str
) -> None:
    actor = reader(*grants)
    wanted = [entries[name] for name in names.split()]

    assert seen(actor) == wanted[::-1]
    for entry in entries.values():
        if entry in wanted:
            assert lists.get_entry(actor, entry).id == entry
        else:
            with pytest.raises(NotFound):
                lists.get_entry(actor, entry)


def test_a_filter_narrows_and_never_widens(entries: dict[str, int]) -> None:
    def at(actor: Actor, path: str) -> list[int]:
        return seen(actor, lists.Filter(NOON.date(), NOON.date(), path))

    assert at(reader((TOWN, 3)), VILLAGE) == [entries["building"], entries["village"]]
    assert at(reader((VILLAGE, 3)), TOWN) == [entries["building"], entries["village"]]
    assert at(reader((VILLAGE, 3)), OTHER_TOWN) == []
    assert at(reader((CITY, 3)), OTHER_TOWN) == [entries["other"]]


def test_each_filter_filters() -> None:
    services.record("a.done", on=("k", 1), actor=CLERK, now=NOON, place=VILLAGE, person_id=8)
    make_entry("b.done")
    services.record_read(on=("k", 2), fields=["x"], actor=CLERK, now=NOON, place=VILLAGE, level=3)
    make_entry("late")
    actor, day = reader((CITY, 5)), NOON.date()

    for wanted, count in (
        ({"verb": "a.done"}, 1), ({"outcome": "read"}, 1), ({"person_id": 8}, 1),
        ({"kind": "k", "key": "2"}, 1), ({"account_id": 7}, 4), ({"account_id": 8}, 0),
    ):  # fmt: skip
        assert len(seen(actor, lists.Filter(day, day, **wanted))) == count, wanted
    assert seen(actor, lists.Filter(day - timedelta(days=9), day - timedelta(days=1))) == []


def test_pages_go_forth_and_back_without_a_gap() -> None:
    made = [make_entry() for _ in range(7)][::-1]
    actor = reader((VILLAGE, 3))

    first = lists.list_entries(actor, DAYS, limit=3)
    second = lists.list_entries(actor, DAYS, cursor=first.next, limit=3)
    third = lists.list_entries(actor, DAYS, cursor=second.next, limit=3)
    back = lists.list_entries(actor, DAYS, cursor=third.previous, limit=3)

    pages = [[e.id for e in page.items] for page in (first, second, third, back)]
    assert pages == [made[:3], made[3:6], made[6:], made[3:6]]
    assert (first.previous, third.next, first.count) == (None, None, 7)
    with pytest.raises(Invalid):
        lists.list_entries(actor, DAYS, cursor="xx")


def test_the_list_is_a_page_of_few_statements(django_assert_max_num_queries: Any) -> None:
    services.record("a.done", on=("k", 1), actor=CLERK, now=timezone.now(), place=VILLAGE)
    client = client_of(reader((CITY, 3), (TOWN, 5)))

    with django_assert_max_num_queries(6):
        answer = client.get("/en/trail/")

    assert answer.status_code == 200
    assert "a.done" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["since=nonsense", "place=999", "until=2020-01-01&since=2021-01-01"]
)
def test_a_filter_that_cannot_be_read_is_said_beside_its_field(query: str) -> None:
    answer = client_of(reader((CITY, 3))).get(f"/en/trail/?{query}")

    assert answer.status_code == 200
    assert "ll-err" in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_the_list_leaves_a_trace(form: str) -> None:
    services.record("a.done", on=("k", 1), actor=CLERK, now=timezone.now(), place=VILLAGE)

    answer = client_of(reader((CITY, 3))).get(f"/zh-hans/trail/?format={form}")

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    trace = Entry.objects.get(verb="trail.exported")
    assert trace.details["count"] == 1


def test_a_long_file_is_made_as_a_job_that_one_may_leave(monkeypatch: Any) -> None:
    monkeypatch.setattr("linli.trail.views.EXPORT_MOST", 2)
    monkeypatch.setattr(lists, "STEP", 2)
    # nothing below access knows accounts
    monkeypatch.setattr("linli.kernel.registries.RIGHTS_NOW._function", None)
    for number in range(5):
        services.record("a.done", on=("k", number), actor=CLERK, now=timezone.now(), place=VILLAGE)
    services.record("a.done", on=("k", 9), actor=CLERK, now=timezone.now(), place=OTHER_TOWN)
    client = client_of(reader((VILLAGE, 3)))

    asked = client.get("/en/trail/?format=csv&verb=a.done")
    assert asked.status_code == 200
    address = "/en/trail/export?format=csv&verb=a.done"
    assert f'action="{address}"'.replace("&", "&amp;") in asked.content.decode()
    assert not LongJob.objects.exists()
    ordered = client.post(address, {"key": "1" * 32})
    again = client.post(address, {"key": "1" * 32})
    job = LongJob.objects.get()
    running.run_job(job.pk, job.attempt, clock=timezone.now)
    job.refresh_from_db()

    assert ordered["Location"] == again["Location"] == f"/en/jobs/{job.code}/"
    assert job.state == "done", job.error
    file = client.get(f"/en/files/{job.result['args'][0]}/")
    rows = b"".join(file).decode("utf-8-sig").splitlines()
    assert len(rows) == 6
    assert Entry.objects.get(verb="trail.exported").details["count"] == 5
    other = client_of(Actor(4, None, "auditor", reader((VILLAGE, 3)).grants))
    assert other.get(f"/en/files/{job.result['args'][0]}/").status_code == 404


def test_a_file_of_days_in_no_order_is_refused() -> None:
    address = "/en/trail/export?since=2026-02-01&until=2026-01-01"

    answer = client_of(reader((VILLAGE, 3))).post(address, {"key": "2" * 32})

    assert answer.status_code == 422


def test_those_who_may_not_read_the_trail_order_no_file_of_it() -> None:
    assert client_of(CLERK).post("/en/trail/export", {"key": "3" * 32}).status_code == 404


@pytest.mark.parametrize("asked", ["person=31", "kind=people.person&key=31"])
@pytest.mark.parametrize("address", ["/en/trail/", "/api/v1/trail/entries/"])
def test_whoever_looks_for_a_person_is_recorded(address: str, asked: str) -> None:
    client_of(reader((CITY, 3))).get(f"{address}?{asked}")

    trace = Entry.objects.get(outcome="read")
    assert (trace.person_id, trace.details) == (31, {"fields": ["trail"]})


def test_one_entry_shows_its_details() -> None:
    entry = make_entry(number="K-7")

    answer = client_of(reader((VILLAGE, 3))).get(f"/en/trail/{entry}/")

    assert "K-7" in answer.content.decode()
    assert "Not sealed yet" in answer.content.decode()
    assert client_of(reader((NEIGHBOUR, 3))).get(f"/en/trail/{entry}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/en/trail/",
        "/en/trail/1/",
        "/api/v1/trail/entries/",
        "/api/v1/trail/entries/1/",
        "/api/v1/trail/mine/",
    ],
)
def test_those_without_the_permit_find_nothing(address: str) -> None:
    assert Client().get(address).status_code == 404
    assert client_of(CLERK).get(address).status_code == 404


def a_reading(level: int = 5, **more: Any) -> None:
    services.record_read(
        on=("people.document", 3), fields=["number"], actor=CLERK, now=NOON, person_id=31,
        level=level, **more,
    )  # fmt: skip


def test_a_person_sees_who_read_her_data_when_and_why() -> None:
    a_reading(reason="residence permit")
    a_reading(level=7, reason="inquiry")
    services.record(
        "people.corrected", on=("people.person", 31), actor=CLERK, now=NOON, person_id=31
    )
    me = Actor(50, 31, "me")

    page = client_of(me).get("/en/who-read-my-data/").content.decode()
    body = client_of(me).get("/api/v1/trail/mine/").json()

    assert "residence permit" in page
    assert "document number" in page
    assert "inquiry" not in page
    assert body["count"] == 1
    assert body["items"][0]["reason"] == "residence permit"
    assert client_of(Actor(51, 32, "other")).get("/api/v1/trail/mine/").json()["count"] == 0


def test_a_person_sees_readings_of_her_entry_from_before_it_was_joined(monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "linli.kernel.registries.IDS_OF_PERSON._function", lambda person: [person, 32]
    )
    for person in (31, 32, 33):
        services.record_read(
            on=("people.person", person), fields=["mobile"], actor=CLERK, now=NOON,
            person_id=person,
        )  # fmt: skip

    answer = client_of(reader(person_id=31)).get("/api/v1/trail/mine/")

    assert answer.json()["count"] == 2


def test_without_a_person_the_page_says_what_to_do() -> None:
    assert "Sign in" in Client().get("/en/who-read-my-data/").content.decode()
    assert (
        "no person" in client_of(Actor(50, None, "x")).get("/en/who-read-my-data/").content.decode()
    )


def test_the_api_lists_and_shows_entries() -> None:
    services.record("a.done", on=("k", 1), actor=CLERK, now=timezone.now(), place=VILLAGE, n=1)
    client = client_of(reader((VILLAGE, 3)))

    body = client.get("/api/v1/trail/entries/?verb=a.done&limit=1").json()
    one = client.get(f"/api/v1/trail/entries/{body['items'][0]['id']}/").json()

    assert (body["count"], body["next"]) == (1, None)
    assert body["items"][0]["details"] == {"n": 1}
    assert one["seal"] is None
    assert client.get("/api/v1/trail/entries/?place=999").status_code == 422
    for move in ("accept", "refuse"):
        services.record(
            "cases.moved", on=("k", 1), actor=CLERK, now=timezone.now(), place=VILLAGE, move=move
        )
    step = client.get("/api/v1/trail/entries/?verb=cases.moved/refuse").json()
    assert [one["details"] for one in step["items"]] == [{"move": "refuse"}]
    assert client.get("/api/v1/trail/entries/?account=8").json()["count"] == 0
    assert json.dumps(body)
