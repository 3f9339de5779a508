"""Bad input from outside, as it comes: each leaves everything as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.exchange import permits
from linli.exchange.clients import order_files
from linli.exchange.errors import NotAList
from linli.exchange.models import HotlineOrder, OrderLine, OrderList, PostedRequest
from linli.exchange.tests.client import Open311
from linli.exchange.tests.orders import (
    HEADS,
    VILLAGE,
    as_csv,
    as_xlsx,
    checked,
    handed_in,
    hotline_clerk,
    order,
    taken,
)  # fmt: skip
from linli.exchange.types import KEY_POSTS
from linli.exchange.views import frame, open311
from linli.files.models import StoredFile
from linli.files.testing import zip_bomb
from linli.kernel.errors import Refusal
from linli.kernel.testing import make_actor
from linli.runtime.types import Rate

pytestmark = pytest.mark.django_db
CLERK = hotline_clerk()
POSTER = make_actor("other system", permits.REPORT, at="441900/", account_id=7)


@pytest.fixture(autouse=True)
def key(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "linli.exchange.views.open311.actor_of_key",
        lambda secret, now: POSTER if secret == "ll_test" else None,
    )


def nothing_came() -> bool:
    kept = (Case, HotlineOrder, OrderList, OrderLine, PostedRequest, StoredFile)
    return not any(model.objects.exists() for model in kept)


def row(**more: Any) -> list[Any]:
    """A row of a workbook; cells may be of any type."""
    return [more.get(head, order().get(head, "")) for head in HEADS]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\x03", b"PK\x03\x04 broken", None, HEADS[0].encode()],
    ids=["empty", "bytes", "broken", "bomb", "only headings"],
)  # fmt: skip
def test_what_is_no_list_leaves_nothing(content: bytes | None) -> None:
    content = zip_bomb() if content is None else content
    name = "a.xlsx" if content.startswith(b"PK") else "a.csv"

    with pytest.raises(Refusal):
        handed_in(content, CLERK, name=name)

    # the outer transaction is the request's; the refusal rolls it back
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked() -> None:
    with pytest.raises(NotAList) as refused:
        order_files.read_orders(zip_bomb())

    assert refused.value.fault == "broken" and nothing_came()


def test_more_rows_than_a_list_may_have_are_refused_as_a_whole() -> None:
    rows = [order(工单编号=f"DG2026{n:08d}") for n in range(order_files.MOST_ROWS + 1)]

    with pytest.raises(NotAList) as refused:
        order_files.read_orders(as_csv(*rows))

    assert refused.value.fault == "too_many" and nothing_came()


def test_twenty_thousand_rows_are_checked_without_a_trace() -> None:
    rows = [order(工单编号=f"DG2026{n:08d}", village="") for n in range(order_files.MOST_ROWS)]

    found = checked(as_csv(*rows), CLERK)

    assert found.counts == {"rows": 20_000, "unclear": 20_000}
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_lists_come_in_the_encodings_of_offices(encoding: str) -> None:
    found = taken(as_csv(order(诉求内容="巷口路灯不亮，㐂字招牌掉了"), encoding=encoding), CLERK)

    assert found.counts == {"rows": 1, "new": 1}


def test_a_title_above_the_headings_is_passed_over() -> None:
    content = "东莞市12345工单汇总\n".encode() + as_csv(order())

    assert taken(content, CLERK).counts == {"rows": 1, "new": 1}


def test_moments_and_telephones_that_a_workbook_made_numbers_are_read() -> None:
    content = as_xlsx([HEADS, row(来电号码=13800001234, 办理期限=datetime(2026, 8, 13, 17, 30))])

    assert taken(content, CLERK, name="a.xlsx").counts == {"rows": 1, "new": 1}
    assert HotlineOrder.objects.get().due_at.isoformat() == "2026-08-13T09:30:00+00:00"


def test_a_number_that_a_workbook_made_a_float_has_lost_digits_and_is_refused() -> None:
    found = taken(as_xlsx([HEADS, row(工单编号=20260810000012345)]), CLERK, name="a.xlsx")

    assert found.counts["refused"] == 1
    assert OrderLine.objects.get(is_dry=False).faults == [["number", "lost_digits"]]
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()


def test_a_short_number_of_a_workbook_is_the_number_that_was_typed() -> None:
    taken(as_xlsx([HEADS, row(工单编号=202608100001)]), CLERK, name="a.xlsx")

    assert HotlineOrder.objects.get().number == "202608100001"


def test_formulas_are_never_calculated_here() -> None:
    found = taken(as_xlsx([HEADS, row(工单编号="=1+1"), row(工单编号='=HYPERLINK("http://x","DG1")')]),
                  CLERK, name="a.xlsx")  # fmt: skip

    assert found.counts["refused"] == 2
    assert not Case.objects.exists() and not HotlineOrder.objects.exists()


def test_words_that_begin_like_a_formula_stay_words() -> None:
    taken(as_csv(order(诉求内容="=路灯不亮")), CLERK)

    html = Case.objects.get().title
    assert html == "=路灯不亮"


def test_a_key_meets_a_wall_and_what_is_behind_it_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The wall stands at 500 an hour; a lower one is as high as it is hard."""
    assert KEY_POSTS.count == 500
    monkeypatch.setattr(open311, "KEY_POSTS", Rate(5, timedelta(hours=1)))
    client = Open311("/open311/v2", "xml", api_key="ll_test")
    sent = {"service_code": "nosuch", "address_id": VILLAGE, "description": "灯"}

    statuses = [client.post(sent).status for _ in range(6)]

    assert statuses == [404] * 5 + [429]
    assert client.post({**sent, "service_code": "other"}).status == 429
    assert nothing_came()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<?xml version='1.0'?><request><service_code>other", "text/xml"),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "application/xml"),
        (b'{"service_code": ', "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_and_leaves_nothing(body: bytes, kind: str) -> None:
    answer = Client().post("/open311/v2/requests.xml", body, content_type=kind)

    assert answer.status_code in (400, 403)
    assert b"passwd" not in answer.content and nothing_came()


def test_a_refusal_is_kept_by_no_cache_between(monkeypatch: pytest.MonkeyPatch) -> None:
    services = "/open311/v2/services.json"
    assert Client().get(services)["Cache-Control"] == "public, max-age=60"
    missing = Client().get("/open311/v2/nowhere.json")
    monkeypatch.setattr(frame, "READS", Rate(1, timedelta(minutes=10)))

    refused = [Client().get(services) for _ in range(2)][-1]

    assert (refused.status_code, missing.status_code) == (429, 404)
    assert refused["Cache-Control"] == missing["Cache-Control"] == "no-store"
