"""An office's sheet with checks, number formats and merged cells: what is typed is judged by them."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter

from linli.kernel.errors import Invalid
from linli.kernel.tables import read_table
from linli.kernel.testing import client_of, post_json
from linli.offerings.clients.reporting_files import open_book, read_grid
from linli.offerings.errors import StillOpen
from linli.offerings.models import ReportingCell, ReportingSheet, ReportingTask
from linli.offerings.queries.reporting_merging import differences_of, merged_of
from linli.offerings.rules.reporting_heads import layout_of
from linli.offerings.rules.reporting_layouts import as_data, rules_of
from linli.offerings.services import reporting, reporting_columns, reporting_sheets
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    NOON,
    approver,
    make_ground,
    make_task,
    sheet_of,
)
from linli.offerings.types.reporting import Said

HEADS = ["村（社区）", "巡查", "隐患（宗）", "已整改", "是否上墙", "整改率", "负责人电话"]


def workbook() -> bytes:
    """Return a sheet of two rows of headings, the first with merged cells, with checks of the office."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, lists = book.add_worksheet("汇总表"), book.add_worksheet("选项")
    lists.write_column(0, 0, ["是", "否", "正在做"])
    sheet.merge_range(0, 0, 0, 6, "消防巡查表")
    for column, text in enumerate(HEADS):
        if column not in (2, 3):
            sheet.merge_range(1, column, 2, column, text)
    sheet.merge_range(1, 2, 1, 3, "隐患情况")
    sheet.write_row(2, 2, ["隐患（宗）", "已整改"])
    sheet.set_column(1, 1, 10, book.add_format({"num_format": "0_ "}))
    sheet.write_blank(3, 5, None, book.add_format({"num_format": "0.0%"}))
    sheet.data_validation("D4:D200", {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 50,
        "error_message": "只能填0至50的整数", "input_message": "按宗填写",
    })  # fmt: skip
    sheet.data_validation("E4:E200", {"validate": "list", "source": "=选项!$A$1:$A$3"})
    sheet.conditional_format("B4:B9", {"type": "formula", "criteria": "=B4>9", "format": book.add_format({"bold": True})})  # fmt: skip
    book.close()
    return out.getvalue()


def test_checks_formats_and_headings_of_a_file_become_rules_that_are_kept() -> None:
    layout = layout_of(read_grid(open_book(workbook()), "汇总表"))

    found = rules_of(as_data(layout))

    assert {number: rule.kind for number, rule in found.items()} == {
        0: "any", 1: "whole", 2: "whole", 3: "whole", 4: "choice", 5: "percent", 6: "phone",
    }  # fmt: skip
    assert found[3].bounds == (("ge", "0"), ("le", "50"))
    assert (found[3].error, found[3].prompt) == ("只能填0至50的整数", "按宗填写")
    assert found[4].choices == ("是", "否", "正在做")
    assert all(one.formula == "" for one in layout.headings)


def test_a_sheet_that_was_read_before_there_were_rules_takes_anything() -> None:
    data = as_data(layout_of(read_grid(open_book(workbook()), "汇总表")))
    data["headings"] = [one[:4] for one in data["headings"]]

    assert {rule.kind for rule in rules_of(data).values()} == {"any"}


@pytest.fixture
def sent(db: Any) -> ReportingSheet:
    return sheet_of(send(make_task(make_ground(), content=workbook())))


def send(task: ReportingTask, now: datetime = NOON) -> ReportingTask:
    """Send a report out whose last column an office may have on record."""
    task = reporting_columns.bind_columns(
        task, {}, whys={6: "问现场负责人，不是村委会"}, edition=task.edition, actor=ASKER, now=now
    )
    return reporting.open_report(task, edition=task.edition, actor=approver(task), now=now)


GOOD = {1: "12", 2: "3", 3: "3", 4: "正在做", 5: "100", 6: "13800138000"}


def say(sheet: ReportingSheet, **said: Said) -> ReportingSheet:
    told = {number: Said(text) for number, text in GOOD.items()} | {int(k[1:]): v for k, v in said.items()}  # fmt: skip
    return reporting_sheets.say_cells(sheet, told, edition=sheet.edition, actor=CLERK, now=NOON)


def test_what_does_not_fit_is_told_at_its_cell_and_nothing_of_the_sheet_is_kept(
    sent: ReportingSheet,
) -> None:
    with pytest.raises(Invalid) as fault:
        say(sent, c1=Said("很多"), c3=Said("51"), c4=Said("也许"), c6=Said("1380013"))

    words = {name: " ".join(told) for name, told in fault.value.fields.items()}
    assert set(words) == {"cell-1", "cell-3", "cell-4", "cell-6"}
    assert "只能填0至50的整数" in words["cell-3"] and "正在做" in words["cell-4"]
    assert not ReportingCell.objects.exists()


def test_something_else_on_purpose_needs_a_reason_and_stands_in_the_merged_sheet(
    sent: ReportingSheet,
) -> None:
    with pytest.raises(Invalid) as fault:
        say(sent, c3=Said("51", "多"))
    assert set(fault.value.fields) == {"cell-3", "reason-3"}

    saved = say(sent, c3=Said("51", "含去年结转"), c5=Said("98.5"))
    reporting_sheets.sign_sheet(saved, edition=saved.edition, actor=CLERK, now=NOON)

    (found,) = differences_of(sent.task)
    assert (found.said, found.reason, found.was) == ("51", "含去年结转", "")
    merged = merged_of(sent.task)
    row = next(n for n, one in enumerate(merged.rows) if one.get(3) == 51)
    assert merged.marked == {(row, 3)} and "含去年结转" in merged.notes[0]
    office = client_of(ASKER)
    page = office.get(f"/en/desk/reports/{sent.task.code}/").content.decode()
    assert "含去年结转" in page and "asked: a whole number" in page
    lines = read_table(office.get(f"/en/desk/reports/{sent.task.code}/?format=xlsx").content)
    assert any("含去年结转" in cell for _line, cells in lines for cell in cells)
    cells = read_table(office.get(f"/en/desk/reports/{sent.task.code}/?format=differences").content)
    assert any("含去年结转" in row and "51" in row for _line, row in cells)
    told = office.get(f"/api/v1/reporting/tasks/{sent.task.code}/").json()["differences"]
    assert [(one["column"], one["value"], one["held"]) for one in told] == [(3, "51", "")]


def test_an_answer_that_was_taken_over_is_judged_when_it_is_signed(sent: ReportingSheet) -> None:
    saved = say(sent)
    ReportingCell.objects.filter(sheet=sent, column__number=2).update(said="不少", from_task="R1")

    with pytest.raises(StillOpen) as fault:
        reporting_sheets.sign_sheet(saved, edition=saved.edition, actor=CLERK, now=NOON)

    assert set(fault.value.fields) == {"cell-2"}
    sent.refresh_from_db()
    assert sent.state == "waiting"


def test_the_page_and_programs_are_told_what_a_cell_takes(sent: ReportingSheet) -> None:
    client = client_of(CLERK)
    where = f"/en/desk/reports/sheets/{sent.code}/"
    page = client.get(where).content.decode()
    assert "按宗填写" in page and "a whole number, at least 0, at most 50" in page

    wrong = client.post(where, {"edition": 1, "cell-3": "51", "save": "1", "key": str(uuid4())})
    assert wrong.status_code == 422 and "只能填0至50的整数" in wrong.content.decode()
    cells = client.get(f"/api/v1/reporting/sheets/{sent.code}/").json()["cells"]
    (asked,) = [one for one in cells if one["column"] == 4]
    assert (asked["kind"], asked["choices"]) == ("choice", ["是", "否", "正在做"])
    refused = post_json(
        client, f"/api/v1/reporting/sheets/{sent.code}/cells",
        {"edition": 1, "cells": [{"column": 4, "value": "也许"}]},
    )  # fmt: skip
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"cell-4"})


@pytest.mark.django_db
def test_a_clerk_chooses_what_a_column_takes_before_the_sheet_goes_out() -> None:
    task = make_task(make_ground(), content=workbook())

    task = reporting_columns.bind_columns(
        task, {}, kinds={1: "any", 3: "whole"}, edition=task.edition, actor=ASKER, now=NOON
    )
    with pytest.raises(Invalid) as fault:
        reporting_columns.bind_columns(
            task, {}, kinds={1: "choice", 99: "any"}, edition=task.edition, actor=ASKER, now=NOON
        )
    page = client_of(ASKER).get(f"/en/desk/reports/{task.code}/").content.decode()

    found = rules_of(task.layout)
    assert (found[1].kind, found[1].by) == ("any", "office")
    assert found[3].bounds == (("ge", "0"), ("le", "50"))
    assert set(fault.value.fields) == {"kind-1", "kind-99"}
    assert 'name="kind-1"' in page and "What is typed there?" in page


def test_an_answer_that_was_meant_so_is_taken_over_with_its_reason(sent: ReportingSheet) -> None:
    saved = say(sent, c3=Said("51", "含去年结转"))
    reporting_sheets.sign_sheet(saved, edition=saved.edition, actor=CLERK, now=NOON)

    task = make_task(sent.task.post, content=workbook(), now=NOON + timedelta(days=3))
    task = send(task, NOON + timedelta(days=3))
    again = sheet_of(task)
    reporting_sheets.sign_sheet(again, edition=again.edition, actor=CLERK, now=NOON + timedelta(days=4))  # fmt: skip

    (found,) = differences_of(task)
    assert (found.said, found.reason) == ("51", "含去年结转")
