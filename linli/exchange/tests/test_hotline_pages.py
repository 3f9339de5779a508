"""The pages and the API of the hotline, by who deals with it and by who does not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.cases import permits as case_permits
from linli.cases.models import Case
from linli.cases.testing import NOON
from linli.exchange.models import HandBack, HotlineOrder, OrderList
from linli.exchange.services import order_runs
from linli.exchange.tests.orders import SECOND, TOWN, VILLAGE, as_csv, hotline_clerk, order, taken
from linli.kernel.testing import client_of, make_actor, post_json
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()
ROOT = "/en/hotline"


def sent(*rows: dict[str, str]) -> dict[str, Any]:
    file = SimpleUploadedFile("12345.csv", as_csv(*rows), "text/csv")
    return {"place": "441900005", "sender": "12345", "file": file}


def post(client: Client, where: str, said: dict[str, Any] | None = None) -> Any:
    """Send a form as a page does, with the key that makes it happen once."""
    return client.post(where, {"key": str(uuid4()), **(said or {})})


def test_a_list_goes_from_the_upload_to_its_cases_on_pages() -> None:
    client = client_of(CLERK)

    answer = post(client, f"{ROOT}/lists/new/", sent(order(), order(工单编号="x")))
    assert answer.status_code == 303
    found = OrderList.objects.get()
    html = client.get(answer["Location"]).content.decode()
    assert "What does each column mean?" in html
    columns = {f"column{column}": field for field, column in found.mapping.items()}
    assert post(client, f"{ROOT}/lists/{found.pk}/columns", columns).status_code == 303
    # what the worker does
    order_runs.check_list(OrderList.objects.get(), actor=CLERK, now=NOON)
    OrderList.objects.update(job_code="")
    html = client.get(f"{ROOT}/lists/{found.pk}/").content.decode()
    assert "this is no number of an order" in html and "Take 1 row" in html
    lines = client.get(f"{ROOT}/lists/{found.pk}/lines").content.decode("utf-8-sig")
    assert "this is no number of an order" in lines
    assert post(client, f"{ROOT}/lists/{found.pk}/take").status_code == 303
    order_runs.take_list(OrderList.objects.get(), actor=CLERK, now=NOON)

    html = client.get(f"{ROOT}/").content.decode()
    assert "DG202608100001" in html and Case.objects.get().number in html
    assert "13800001234" not in html


def test_a_list_names_its_callers_in_its_file_alone_and_the_reading_is_on_record() -> None:
    said = "我是13800001234，身份证11010519491231002X"
    found = taken(
        as_csv(order(village="", 诉求内容=said), order(工单编号="x", 来电人="匿名")), CLERK
    )
    client = client_of(CLERK)
    reads = Entry.objects.filter(verb="read", details__fields=["cells"])

    html = client.get(f"{ROOT}/lists/{found.pk}/").content.decode()
    for hidden in ("陈小姐", "13800001234", "11010519491231002X"):
        assert hidden not in html
    assert "陈某某" in html and "138****1234" in html and "匿名" in html
    assert "DG202608100001" in html and not reads.exists()

    lines = client.get(f"{ROOT}/lists/{found.pk}/lines").content.decode("utf-8-sig")
    assert "陈小姐" in lines and "13800001234" in lines
    assert reads.count() == 1 and reads.get().path == TOWN


def test_what_is_no_list_is_told_beside_its_field() -> None:
    file = SimpleUploadedFile("a.csv", b"\xff\xfe\x00\x01\x02", "text/csv")

    answer = post(client_of(CLERK), f"{ROOT}/lists/new/", {**sent(), "file": file})

    assert answer.status_code == 422 and not OrderList.objects.exists()


def test_a_person_chooses_the_place_of_an_order_that_waits() -> None:
    taken(as_csv(order(village="")), CLERK)
    client = client_of(CLERK)
    html = client.get(f"{ROOT}/waiting/").content.decode()
    assert "巷口路灯不亮" in html and "陈小姐" not in html and "13800001234" not in html
    number = HotlineOrder.objects.get().number

    for place, status in (("", 422), ("441900006001", 422), (SECOND, 303)):
        assert post(client, f"{ROOT}/waiting/", {f"place-{number}": place}).status_code == status

    assert Case.objects.get().path.endswith(f"{SECOND}/")


def test_the_sheet_of_the_case_shows_the_order_and_leads_to_the_hand_back() -> None:
    taken(as_csv(order()), CLERK)
    number, client = Case.objects.get().number, client_of(CLERK)
    html = client.get(f"/en/desk/cases/{number}/").content.decode()
    assert "DG202608100001" in html and f"/hotline/cases/{number}/hand-back/" in html
    HotlineOrder.objects.update(came_at="2099-01-01T00:00:00Z")

    assert post(client, f"{ROOT}/cases/{number}/hand-back/", {"reason": ""}).status_code == 422
    given = {"reason": "不属村里", "body": "市水务集团"}
    assert post(client, f"{ROOT}/cases/{number}/hand-back/", given).status_code == 303

    asked = HandBack.objects.get()
    assert "市水务集团" in client.get(f"{ROOT}/hand-backs/").content.decode()
    address = f"{ROOT}/hand-backs/{asked.pk}/"
    assert post(client, address, {"move": "refuse", "words": ""}).status_code == 422
    assert post(client, address, {"move": "accept", "words": ""}).status_code == 303
    assert Case.objects.get().state == "referred"


def test_lists_are_filtered_and_taken_along() -> None:
    taken(as_csv(order(), order(工单编号="DG202608100002", village="")), CLERK)
    client = client_of(CLERK)

    def numbers(query: str) -> set[str]:
        html = client.get(f"{ROOT}/?{query}").content.decode()
        return {n for n in ("DG202608100001", "DG202608100002") if n in html}

    assert numbers("view=open") == {"DG202608100001", "DG202608100002"}
    assert numbers("q=0001") == {"DG202608100001"}
    assert numbers(f"place={VILLAGE}") == {"DG202608100001"}
    assert numbers("view=to_return") == set() and numbers("view=late") != set()
    assert client.get(f"{ROOT}/?view=x").status_code == 422
    answer = client.get(f"{ROOT}/?format=csv")
    assert b"DG202608100001" in answer.content and b"13800001234" not in answer.content


@pytest.mark.parametrize(
    "where",
    ["", "waiting/", "lists/", "lists/new/", "results/", "hand-backs/", "orders/DG202608100001/"],
)
def test_nobody_else_finds_anything_of_it(where: str) -> None:
    taken(as_csv(order()), CLERK)

    assert (
        client_of(make_actor("clerk", case_permits.SEE, at=TOWN)).get(f"{ROOT}/{where}").status_code
        == 404
    )
    html = client_of(hotline_clerk("441900/441900006/")).get(f"{ROOT}/{where}")
    assert html.status_code == 404 or "DG202608100001" not in html.content.decode()


def test_programs_do_the_same_by_the_api() -> None:
    client, root = client_of(CLERK), "/api/v1/hotline"
    files = sent(order(), order(工单编号="DG202608100002", village=""))
    made = client.post(f"{root}/lists/", files, headers={"Idempotency-Key": str(uuid4())})
    assert made.status_code == 201, made.content
    list_id, columns = made.json()["id"], made.json()["columns"]
    named = post_json(client, f"{root}/lists/{list_id}/columns", {"columns": columns})
    assert named.status_code == 200 and named.json()["job"]
    order_runs.check_list(OrderList.objects.get(), actor=CLERK, now=NOON)
    order_runs.take_list(OrderList.objects.get(), actor=CLERK, now=NOON)
    detail = client.get(f"{root}/lists/{list_id}/").json()
    assert [row["fate"] for row in detail["lines"]] == ["unclear"]

    placed = post_json(client, f"{root}/orders/DG202608100002/place", {"place": SECOND})

    assert placed.json()["state"] == "taken" and placed.json()["place"] == SECOND
    found = client.get(f"{root}/orders/?view=open").json()
    assert found["count"] == 2 and {one["outcome"] for one in found["items"]} == {"in_progress"}
    empty = post_json(client, f"{root}/results/", {"place": "441900005"})
    assert empty.status_code == 409 and empty.json()["code"] == "nothing_to_return"
