"""What is said of a report before its villages signed off, and of which cells something is missing."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from linli.kernel.testing import client_of, post_json
from linli.offerings.clients.reporting_templates import Template
from linli.offerings.models import ReportingSheet
from linli.offerings.states import SheetState
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    NOON,
    make_list,
    make_open,
    sheet_of,
)

pytestmark = pytest.mark.django_db
DESK = "/zh-hans/desk/reports/"
TWO = Template("t", "设施表", "府办〔2026〕1号文件", ["村（社区）", "垃圾桶（个）", "路灯（盏）"])


def test_before_anybody_signed_nothing_is_said_of_differences() -> None:
    task = make_open()
    office = client_of(replace(ASKER, posts=frozenset({task.post_id})))

    page = office.get(f"{DESK}{task.code}/").content.decode()
    assert "还没有村签字" in page and "各村都采用了" not in page

    task.sheets.filter(pk=sheet_of(task).pk).update(
        state=SheetState.SIGNED, signed_at=NOON, signed_by=8
    )
    page = office.get(f"{DESK}{task.code}/").content.decode()
    assert "已签字的1个（共2个）没有不同" in page and "各村都采用了" not in page

    task.sheets.update(state=SheetState.SIGNED, signed_at=NOON, signed_by=8)
    assert "各村都采用了台账数据" in office.get(f"{DESK}{task.code}/").content.decode()


def test_of_a_list_nothing_is_said_either() -> None:
    task = make_list()
    office = client_of(replace(ASKER, posts=frozenset({task.post_id})))

    page = office.get(f"{DESK}{task.code}/").content.decode()

    assert "还没有村签字" in page and "都采用了" not in page


def test_each_empty_cell_is_named_on_the_page_and_over_the_api() -> None:
    sheet = sheet_of(make_open(template=TWO))
    village, address = client_of(CLERK), f"{DESK}sheets/{sheet.code}/"

    page = village.post(address, {"edition": 1, "sign": "1", "key": str(uuid4())})
    told = post_json(village, f"/api/v1/reporting/sheets/{sheet.code}/sign", {"edition": 1})

    assert page.status_code == 422
    for name in ("垃圾桶（个）", "路灯（盏）"):
        assert f"“{name}”还空着。" in page.content.decode()
        assert f"“{name}”还空着。" in str(told.json()["fields"])
    assert ReportingSheet.objects.get(pk=sheet.pk).state == "waiting"
