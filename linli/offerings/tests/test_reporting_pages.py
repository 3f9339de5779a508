"""Pages and API of reports by spreadsheet: handed in, bound, looked through, signed off, merged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from linli.kernel.tables import read_table
from linli.kernel.testing import client_of, post_json
from linli.offerings.clients.reporting_templates import blank_sheet
from linli.offerings.models import ReportingSheet, ReportingTask
from linli.offerings.queries.reporting import bound_columns
from linli.offerings.rules import reporting_layouts as layouts
from linli.offerings.services import reporting
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    NOON,
    SHEET,
    approver,
    make_ground,
    make_open,
    make_task,
    sheet_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DESK = "/en/desk/reports/"


def send(client: Client, to: str, **given: object) -> Any:
    """Send a form of a page."""
    return client.post(f"{DESK}{to}", {"key": str(uuid4()), **given})


def test_a_sheet_goes_from_the_office_to_the_village_and_back():
    post = make_ground()
    office, village = client_of(replace(ASKER, posts=frozenset({post.pk}))), client_of(CLERK)
    file = SimpleUploadedFile("人口表.xlsx", blank_sheet(SHEET))
    sent = {"ground": "441900005", "title": "人口表", "post": post.pk, "basis": "府办〔2026〕1号", "due_on": "2099-12-04", "file": file}  # fmt: skip

    made = send(office, "new/", **sent)
    task = ReportingTask.objects.get()
    assert made.status_code == 303
    assert "filled by registers: 3, asked: 1" in office.get(made["Location"]).content.decode()
    send(office, f"{task.code}/do/open", edition=task.edition)
    sheet = sheet_of(task)
    page = village.get(f"{DESK}sheets/{sheet.code}/").content.decode()
    assert page.count('name="cell-3"') == 1
    signed = send(village, f"sheets/{sheet.code}/", edition=1, **{"cell-3": "12", "sign": "1"})  # fmt: skip

    assert signed.status_code == 303
    merged = office.get(f"{DESK}{task.code}/?format=xlsx").content
    assert any(cells[1:4] == ["3", "2", "12"] for _line, cells in read_table(merged))


def test_what_was_typed_stays_when_a_cell_is_still_empty():
    sheet = sheet_of(make_open())

    answer = send(
        client_of(CLERK), f"sheets/{sheet.code}/", edition=1,
        **{"cell-1": "4", "reason-1": "昨天迁入一户", "sign": "1"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "昨天迁入一户" in answer.content.decode()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.edition, sheet.cells.count()) == ("waiting", 1, 0)


def test_figures_come_back_under_their_headings_when_the_office_ended_the_report_meanwhile():
    task = make_open()
    sheet = sheet_of(task)
    reporting.end_report(task, actor=ASKER, now=NOON)

    answer = send(
        client_of(CLERK), f"sheets/{sheet.code}/", edition=1,
        **{"cell-1": "120", "reason-1": "昨天迁入一户", "cell-3": "-5", "save": "1"},
    )  # fmt: skip

    page = answer.content.decode()
    kept = page[page.index('id="kept"') :]
    assert answer.status_code == 422
    assert "has closed this report" in page
    headings = [one.title for one in bound_columns(task)]
    for heading, figure in ((headings[1], "120"), (headings[3], "-5")):
        assert f'{heading}</small><p class="ll-said">{figure}</p>' in kept
    assert "昨天迁入一户" in kept and "Also typed" not in kept and ">1<" not in kept


def test_all_that_is_wrong_with_a_correction_is_told_at_once():
    sheet = sheet_of(make_open())
    for value, reason, told in (
        ("abc", "x", ("Write a whole number", "too short")),
        ("-5", "", ("Write a whole number", "Say why it differs")),
        ("4", "x", ("too short",)),
    ):
        page = send(
            client_of(CLERK), f"sheets/{sheet.code}/", edition=1,
            **{"cell-1": value, "reason-1": reason, "save": "1"},
        ).content.decode()  # fmt: skip

        assert [words in page for words in told] == [True] * len(told)
        assert ("Write a whole number" in page) == (len(told) == 2)
    label = page[page.index('for="id_reason-1"') :]
    assert "(optional)" not in label[: label.index("<input")]
    assert sheet.cells.count() == 0


def test_enter_in_a_cell_saves_and_signs_nothing():
    sheet = sheet_of(make_open())

    page = client_of(CLERK).get(f"{DESK}sheets/{sheet.code}/").content.decode()

    first = re.search(r"<button[^>]*>", page[page.index('name="edition"') - 400 :])
    assert first and 'class="ll-enter"' in first[0] and 'name="save"' in first[0]


def test_a_question_that_a_register_answers_is_not_even_offered():
    """BU-23: what is held already is filled in."""
    task = make_task()
    office = client_of(ASKER)

    page = office.get(f"{DESK}{task.code}/").content.decode()
    sent = send(
        office, f"{task.code}/", edition=task.edition,
        **{"bind": "1", "column-0": "places.name", "column-1": "village", "column-2": "people.60_", "column-3": "village"},
    )  # fmt: skip

    assert page.count('value="village"') == 1
    assert sent.status_code == 422
    assert task.columns.get(number=1).fills == "register"


def test_what_a_register_likely_holds_is_asked_only_with_a_word_why_that_villages_read():
    """BU-23: a heading that only nearly means what is held is no way around it."""
    asked = replace(SHEET, columns=["村（社区）", "辖区常住人口数"])
    task = make_task(template=asked)
    office = client_of(approver(task))

    def sent(why: str) -> Any:
        columns = {"column-0": "places.name", "column-1": "village", "why-1": why}
        return send(office, f"{task.code}/", edition=task.edition, send="1", **columns)

    refused = sent("")
    assert refused.status_code == 422 and "A register may hold this" in refused.content.decode()
    assert ReportingTask.objects.get().state == "draft"
    assert sent("须含暂住一个月以内的人").status_code == 303
    page = client_of(CLERK).get(f"{DESK}sheets/{sheet_of(task).code}/").content.decode()
    assert "须含暂住一个月以内的人" in page
    assert "须含暂住一个月以内的人" in office.get(f"{DESK}{task.code}/").content.decode()


def test_programs_say_and_sign_for_their_village_once():
    sheet = sheet_of(make_open())
    village, where = client_of(CLERK), f"/api/v1/reporting/sheets/{sheet.code}"

    said = post_json(village, f"{where}/cells", {"edition": 1, "cells": [{"column": 3, "value": "5"}]})  # fmt: skip
    signed = post_json(village, f"{where}/sign", {"edition": said.json()["edition"]})
    again = post_json(village, f"{where}/sign", {"edition": said.json()["edition"]})
    listed = client_of(ASKER).get("/api/v1/reporting/tasks/").json()

    assert (signed.json()["state"], again.status_code) == ("signed", 409)
    assert (listed["count"], listed["items"][0]["signed"]) == (1, 1)
    assert client_of(ASKER).get(f"{where}/").status_code == 404
    assert ReportingSheet.objects.filter(state="signed").count() == 1


def test_programs_hand_a_report_in_bind_it_send_it_and_fetch_what_came() -> None:
    post, tasks = make_ground(), "/api/v1/reporting/tasks/"
    office, village = client_of(replace(ASKER, posts=frozenset({post.pk}))), client_of(CLERK)
    facts = {"place": "441900005", "title": "人口表", "post": post.pk, "basis": "府办〔2026〕1号", "due_on": "2099-12-04"}  # fmt: skip
    sheet = blank_sheet(replace(SHEET, columns=["村（社区）", "常住人口", "现有户籍人口"]))

    def handed(**more: Any) -> Any:
        file = SimpleUploadedFile("a.xlsx", sheet)
        given = {**facts, "file": file, **more}
        return office.post(tasks, given, headers={"Idempotency-Key": str(uuid4())})

    assert handed(basis="").status_code == 422
    made = handed()
    assert made.status_code == 201, made.content
    one, asked = f"{tasks}{made.json()['code']}/", made.json()["columns"][2]
    with patch.object(layouts, "from_data", wraps=layouts.from_data) as read:
        assert office.get(one).json()["columns"][2] == asked
    assert read.call_count == 1, "the layout is read once, not for each column"
    assert asked["filled_by"] == "village" and asked["likely"] and "nobody" in asked["choices"]
    refused = post_json(office, f"{one}send", {"edition": 1})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"why-2"})
    bound = post_json(
        office, f"{one}bind", {"edition": 1, "whys": {"2": "要含挂靠的集体户"}}
    ).json()
    assert post_json(office, f"{one}send", {"edition": 1}).status_code == 409
    sent = post_json(office, f"{one}send", {"edition": bound["edition"]}).json()
    assert (sent["state"], len(sent["late"])) == ("open", 2)
    mine = village.get("/api/v1/reporting/sheets/").json()["items"][0]["code"]
    cells = village.get(f"/api/v1/reporting/sheets/{mine}/").json()["cells"]
    assert [one["why_asked"] for one in cells if one["column"] == 2] == ["要含挂靠的集体户"]
    merged = office.get(f"{one}file/")
    assert (
        read_table(merged.content)
        and office.get(f"{one}file/", {"what": "differences"}).status_code == 200
    )
    assert village.get(f"{one}file/").status_code == 404
    assert post_json(office, f"{one}end").json()["state"] == "ended"


def test_title_basis_post_and_last_day_change_until_the_report_goes_out_then_nothing_does():
    post = make_ground()
    task = make_task(post)
    office = client_of(approver(task))
    facts = {
        "title": "人口核对表",
        "post": post.pk,
        "basis": "府办〔2026〕2号",
        "due_on": "2099-12-05",
        "facts": "1",
    }

    lacking = send(office, f"{task.code}/", **{**facts, "basis": "", "edition": task.edition})
    assert lacking.status_code == 422
    assert send(office, f"{task.code}/", **facts, edition=task.edition).status_code == 303
    task.refresh_from_db()
    assert (task.title, task.basis, str(task.due_on)) == (
        "人口核对表",
        "府办〔2026〕2号",
        "2099-12-05",
    )
    send(office, f"{task.code}/do/open", edition=task.edition)
    for sent in (
        {**facts, "title": "别的"}, {"bind": "1", "column-3": "nobody"}, {"choose": "1", "sheet": "汇总表"},
    ):  # fmt: skip
        assert (
            send(office, f"{task.code}/", **{"edition": task.edition + 1, **sent}).status_code
            == 409
        )

    edition = task.edition
    task.refresh_from_db()
    assert (task.title, task.edition, task.columns.get(number=3).fills) == (
        "人口核对表",
        edition + 1,
        "village",
    )


def test_reports_are_narrowed_by_words_state_and_day_and_leave_as_a_file():
    post = make_ground()
    make_open(post)
    make_task(post)
    office, village = client_of(ASKER), client_of(CLERK)

    def titles(client: Client, **asked: str) -> int:
        return client.get(DESK, asked).content.decode().count('<th role="rowheader"')

    assert [titles(office, state=one) for one in ("", "draft", "open", "ended")] == [2, 1, 1, 0]
    assert titles(office, q="人口") == 2 and titles(office, q="桥梁") == 0
    for days, found in ((0, [1, 0, 1]), (3, [1, 1, 0]), (9, [1, 0, 0])):
        ReportingTask.objects.update(due_on=localdate() + timedelta(days=days))
        assert [titles(village, due=one) for one in ("", "soon", "late")] == found
    assert office.get(DESK, {"state": "nosuch"}).status_code == 422
    told = read_table(office.get(DESK, {"format": "xlsx", "state": "draft"}).content)
    assert [cells[0] for _line, cells in told][-1] == SHEET.title
    listed = office.get("/api/v1/reporting/tasks/", {"state": "draft"}).json()
    assert listed["count"] == 1
