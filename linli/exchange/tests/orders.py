"""Lists of hotline orders as tests hand them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from linli.cases import permits as case_permits
from linli.cases.models import Case
from linli.cases.testing import NOON, move
from linli.exchange import permits
from linli.exchange.models import OrderList
from linli.exchange.services import order_lists, order_runs
from linli.files.testing import BytesUpload
from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor

TOWN = "441900/441900005/"
VILLAGE, SECOND = "441900005001", "441900005002"
HEADS = (
    "工单编号",
    "诉求类型",
    "诉求内容",
    "所属村（社区）",
    "事发地址",
    "来电人",
    "来电号码",
    "办理期限",
)
ORDER: dict[str, str] = {
    "工单编号": "DG202608100001", "诉求类型": "投诉", "诉求内容": "巷口路灯不亮", "来电人": "陈小姐",
    "来电号码": "13800001234", "办理期限": "2026-08-13 17:30",
}  # fmt: skip


def hotline_clerk(path: str = TOWN, label: str = "hotline clerk") -> Actor:
    """Return somebody of a town who deals with the hotline and with cases."""
    held = (permits.HOTLINE, case_permits.SEE, case_permits.HANDLE, case_permits.SUPERVISE)
    return make_actor(label, *held, at=path)


def as_csv(*rows: dict[str, str], encoding: str = "utf-8", heads: Sequence[str] = HEADS) -> bytes:
    """Return a list of orders as csv; cells that a row does not name are empty."""
    lines = [",".join(heads)]
    lines += [",".join(f'"{row.get(head, "")}"' for head in heads) for row in rows]
    return "\n".join(lines).encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook of these cells: texts, numbers, moments, and formulas as they are."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(y, x, cell, day)
            else:
                sheet.write(y, x, cell)
    book.close()
    return out.getvalue()


def order(**more: str) -> dict[str, str]:
    """Return a row of a list; `village` is short for its place."""
    named = {"所属村（社区）": more.pop("village", VILLAGE)}
    return {**ORDER, **named, **more}


def handed_in(
    content: bytes, actor: Actor, *, name: str = "orders.csv", place: str = TOWN,
    now: datetime = NOON,
) -> OrderList:  # fmt: skip
    """Hand a list in for a town."""
    upload = BytesUpload(content, name)
    return order_lists.receive_list(upload, "市12345", place=place, actor=actor, now=now)


def checked(
    content: bytes, actor: Actor, *, name: str = "orders.csv", place: str = TOWN,
    now: datetime = NOON,
) -> OrderList:  # fmt: skip
    """Hand a list in and check it."""
    found = handed_in(content, actor, name=name, place=place, now=now)
    found = order_lists.map_columns(found, found.mapping, actor=actor, now=now)
    return order_runs.check_list(found, actor=actor, now=now)


def taken(
    content: bytes, actor: Actor, *, name: str = "orders.csv", now: datetime = NOON,
    by_words: bool = False,
) -> OrderList:  # fmt: skip
    """Hand a list in, check it and take it."""
    found = checked(content, actor, name=name, now=now)
    OrderList.objects.filter(pk=found.pk).update(by_words=by_words)
    found.refresh_from_db()
    return order_runs.take_list(found, actor=actor, now=now)


def finished(actor: Actor) -> Case:
    """Take an order, and return its case accepted and done."""
    taken(as_csv(order()), actor)
    case = Case.objects.get()
    move(case.pk, "accept", actor)
    move(case.pk, "finish", actor, public={"text": "已修好"}, facts={"evidence": 1})
    return Case.objects.get()
