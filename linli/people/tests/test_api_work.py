"""Lists handed in and pairs decided over the API, as on the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kernel.permits import VAULT, Actor
from linli.kernel.testing import CITY, client_of, make_actor
from linli.people import permits
from linli.people.models import ImportRun, Person
from linli.people.queries.persons import current_id
from linli.people.services import running
from linli.people.services.duplicates import find_pairs
from linli.people.testing import (
    FAR,
    NOON,
    SYSTEM,
    VILLAGE,
    make_number,
    make_person,
    make_villages,
    path_of,
)
from linli.runtime.models import LongJob

ALL = (permits.VIEW, permits.EDIT, permits.IMPORT, permits.MERGE)
PATH = "441900/441900005/441900005001/"
CLERK = make_actor("clerk", *ALL, at=PATH, ceiling=VAULT)
READER = make_actor("reader", permits.VIEW, at=PATH, ceiling=VAULT)


@pytest.fixture(autouse=True)
def _villages(db: None) -> None:
    make_villages()


def send(actor: Actor, path: str, status: int, /, **body: Any) -> Any:
    response = client_of(actor).post(
        f"/api/v1/people/{path}", body, content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    return response.json()


def get(actor: Actor, path: str, status: int = 200) -> Any:
    response = client_of(actor).get(f"/api/v1/people/{path}")
    assert response.status_code == status, response.content
    return response.json()


def hand_in(actor: Actor, rows: str | bytes, status: int = 201, place: str = VILLAGE) -> Any:
    content = rows.encode("gb18030") if isinstance(rows, str) else rows
    file = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    response = client_of(actor).post(
        "/api/v1/people/imports/", {"place": place, "source": "宏达厂", "file": file},
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    return response.json()


def test_a_list_is_handed_in_checked_and_taken() -> None:
    whole = make_number()
    made = hand_in(CLERK, f"姓名,身份证号码,电话\n李丽,{whole},13812345678\n坏行,1,13812345678\n")
    to = f"imports/{made['id']}/"

    assert (made["state"], made["headings"]) == ("received", ["姓名", "身份证号码", "电话"])
    assert made["columns"] == {"name": 0, "document_number": 1, "phone": 2}
    checking = send(CLERK, to + "map", 200, columns=made["columns"], defaults={"place": VILLAGE})
    assert checking["job"] == LongJob.objects.get().code
    running.check_run(ImportRun.objects.get(), actor=CLERK, now=NOON)
    checked = get(CLERK, to)
    assert (checked["state"], [row["line"] for row in checked["refused"]]) == ("checked", [3])
    assert {field for field, _code in checked["refused"][0]["faults"]} == {"document_number"}
    first = get(CLERK, to + "?limit=1")
    assert (len(first["refused"]), first["next"]) == (1, None)
    assert "13812345678" not in str(checked) and whole not in str(checked)
    assert not Person.objects.exists()

    send(CLERK, to + "take", 200)
    running.take_run(ImportRun.objects.get(), actor=CLERK, now=NOON)
    assert get(CLERK, to)["taken"] == 2
    assert [one.name for one in Person.objects.all()] == ["李丽"]
    send(CLERK, to + "take", 409)
    assert [one["id"] for one in get(CLERK, "imports/")["items"]] == [made["id"]]


def test_columns_that_are_not_there_are_told_and_nothing_is_checked() -> None:
    made = hand_in(CLERK, "甲,乙\n李丽,x\n")
    to = f"imports/{made['id']}/map"

    assert set(send(CLERK, to, 422, columns={"name": 0, "luck": 1})["fields"]) == {"luck"}
    assert set(send(CLERK, to, 422, columns={"name": 0, "document_number": 2})["fields"]) == {
        "document_number"
    }
    assert "document_number" in send(CLERK, to, 422, columns={"name": 0})["fields"]
    assert ImportRun.objects.get().state == "received"


def test_a_list_is_put_away_and_no_list_is_told_beside_its_field() -> None:
    made = hand_in(CLERK, f"姓名,身份证号码\n李丽,{make_number()}\n")

    assert send(CLERK, f"imports/{made['id']}/drop", 200)["state"] == "dropped"
    send(CLERK, f"imports/{made['id']}/take", 409)
    hand_in(CLERK, b"\x89PNG\r\n\x1a\n" + bytes(64), 422)
    assert ImportRun.objects.count() == 1 and not Person.objects.exists()


def test_only_who_imports_there_hands_in_and_reads_lists() -> None:
    made = hand_in(CLERK, f"姓名,身份证号码\n李丽,{make_number()}\n")
    far = make_actor("far", *ALL, at=path_of(FAR), ceiling=VAULT, account_id=9)

    hand_in(READER, "姓名\n李丽\n", 404)
    hand_in(far, "姓名\n李丽\n", 404)
    get(READER, "imports/", 404)
    assert get(far, "imports/")["count"] == 0
    for actor in (READER, far):
        get(actor, f"imports/{made['id']}/", 404)
        send(actor, f"imports/{made['id']}/drop", 404)
    assert ImportRun.objects.get().state == "received"


def twins() -> tuple[Person, Person]:
    """Two entries of one village that may be one person, with the pair found."""
    found = [
        make_person("陈晓明", kind="passport", number=f"E1234567{n}", phone=f"1381234567{n}")
        for n in (1, 2)
    ]
    find_pairs(CITY, actor=SYSTEM, now=NOON)
    return found[0], found[1]


def test_a_pair_is_joined_and_parted_again() -> None:
    one, other = twins()
    pair = get(CLERK, "pairs/")["items"][0]
    to = f"pairs/{pair['id']}/"

    assert {pair["one"], pair["other"]} == {one.pk, other.pk}
    assert get(CLERK, to)["keep"] in (one.pk, other.pk)
    joined = send(CLERK, to + "decide", 200, move="join", keep=other.pk, reason="同一照片")
    assert joined["state"] == "joined"
    assert current_id(one.pk) == current_id(other.pk) == other.pk
    assert get(CLERK, "pairs/")["count"] == 0
    assert get(CLERK, "pairs/?state=joined")["count"] == 1
    assert send(CLERK, to + "decide", 200, move="part", reason="两个人")["state"] != "joined"
    assert current_id(one.pk) == one.pk


def test_two_people_are_kept_apart_and_looked_at_again() -> None:
    twins()
    to = f"pairs/{get(CLERK, 'pairs/')['items'][0]['id']}/decide"

    assert send(CLERK, to, 200, move="apart", reason="兄弟")["state"] == "different"
    send(CLERK, to, 409, move="join", reason="再想")
    assert send(CLERK, to, 200, move="reopen", reason="再看")["state"] == "open"
    assert set(send(CLERK, to, 422, move="marry")["fields"]) == {"move"}


def test_only_who_joins_entries_there_sees_pairs() -> None:
    one, other = twins()
    pair = get(CLERK, "pairs/")["items"][0]["id"]
    far = make_actor("far", *ALL, at=path_of(FAR), ceiling=VAULT, account_id=9)

    get(READER, "pairs/", 404)
    assert get(far, "pairs/")["count"] == 0
    for actor in (READER, far):
        get(actor, f"pairs/{pair}/", 404)
        send(actor, f"pairs/{pair}/decide", 404, move="join")
    assert (current_id(one.pk), current_id(other.pk)) == (one.pk, other.pk)
