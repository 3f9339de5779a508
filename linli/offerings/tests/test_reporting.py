"""Reports by spreadsheet: filled by registers, looked through by villages, merged for the office."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.reporting import report_columns
from linli.kernel.tables import read_table
from linli.kernel.testing import VILLAGE, make_actor
from linli.offerings import permits
from linli.offerings.clients.reporting_files import open_book, read_grid
from linli.offerings.clients.reporting_lists import opened_rows
from linli.offerings.clients.reporting_sheets import filled_book
from linli.offerings.clients.reporting_templates import blank_sheet
from linli.offerings.errors import HeldAlready, ReportOver, StillOpen
from linli.offerings.indicators.reports import _per_village
from linli.offerings.models import ReportingCell, ReportingSheet, ReportingTask
from linli.offerings.queries import reporting as queries
from linli.offerings.queries.reporting_merging import differences_of, merged_of
from linli.offerings.services import reporting, reporting_columns, reporting_sheets
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    CODES,
    DUE,
    NOON,
    SHEET,
    SYSTEM,
    TODAY,
    approver,
    make_ground,
    make_open,
    make_task,
    sheet_of,
)
from linli.offerings.types.reporting import Said, TaskFacts
from linli.places import queries as places

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def sign(sheet: ReportingSheet, bins: str = "3") -> ReportingSheet:
    """Answer the open cell of a sheet and sign it off."""
    said = reporting_sheets.say_cells(
        sheet,
        {3: Said(bins, "" if bins.isdecimal() else "按实际填写")},
        edition=sheet.edition,
        actor=CLERK,
        now=LATER,
    )
    return reporting_sheets.sign_sheet(said, edition=said.edition, actor=CLERK, now=LATER)


def lines_of(task: ReportingTask) -> list[list[str]]:
    """Return the merged sheet as it is read again, without its headings."""
    merged = merged_of(task)
    content = filled_book(merged.layout, merged.columns, merged.rows)
    return [cells[: len(merged.columns)] for _line, cells in read_table(content)][3:]


def test_registers_fill_a_sheet_and_only_the_rest_is_asked():
    task = make_open()

    sheet = sheet_of(task)
    assert sheet.filled == {"0": places.get_place(CODES[0]).name, "1": 3, "2": 2}
    assert (sheet.cells_asked, sheet.cells_open, sheet.seconds) == (4, 1, 80)
    # nobody is on record in the second village: that is unknown, not zero
    assert sheet_of(task, CODES[1]).filled.keys() == {"0"}


@pytest.mark.parametrize(
    "lacking", [{"basis": ""}, {"post_id": None}, {"due_on": None}, {"title": ""}]
)
def test_without_approval_basis_and_end_nothing_is_asked(lacking):
    """BU-22: a delegated task names who ordered it and on which basis."""
    post = make_ground()
    facts = replace(TaskFacts("人口表", post.pk, "府办〔2026〕1号", DUE), **lacking)

    with pytest.raises(Invalid) as fault:
        reporting.receive_report(
            places.get_place("441900005"), facts, blank_sheet(SHEET), "a.xlsx", actor=ASKER, now=NOON
        )  # fmt: skip

    assert set(fault.value.fields) == {{"post_id": "post"}.get(*lacking, *lacking)}
    assert not ReportingTask.objects.exists()


def test_what_a_register_holds_is_refused_as_a_question():
    """BU-23: the same material is asked at most once."""
    task = make_task()

    with pytest.raises(HeldAlready) as fault:
        reporting_columns.bind_columns(
            task, {1: "village"}, edition=task.edition, actor=ASKER, now=NOON
        )

    assert set(fault.value.fields) == {"column-1"}
    assert queries.bound_columns(task)[1].fills == "register"


def test_a_column_is_bound_to_another_register_or_left_empty():
    task = make_task()
    other = next(key for key in report_columns() if key == "homes.households")

    bound = reporting_columns.bind_columns(
        task, {2: other, 3: "nobody"}, edition=task.edition, actor=ASKER, now=NOON
    )

    assert [one.key or one.fills for one in queries.bound_columns(bound)][2:] == [other, "nobody"]
    with pytest.raises(Stale):
        reporting_columns.bind_columns(
            task, {3: "village"}, edition=task.edition, actor=ASKER, now=NOON
        )


def test_an_answer_of_the_last_ninety_days_is_taken_over():
    """BU-23: within the days of the rulebook the old answer comes back instead of the question."""
    post = make_ground()
    sign(sheet_of(make_open(post)))

    again = sheet_of(
        make_open(post, now=NOON + timedelta(days=60), due_on=DUE + timedelta(days=60))
    )
    late = sheet_of(make_open(post, now=NOON + timedelta(days=95), due_on=DUE + timedelta(days=95)))

    assert again.cells.get().said == "3"
    assert again.cells_open == 0
    assert not late.cells.exists()


def test_a_difference_keeps_the_registers_value_and_its_reason():
    task = make_open()
    sheet = sheet_of(task)

    with pytest.raises(Invalid) as fault:
        reporting_sheets.say_cells(
            sheet, {1: Said("4")}, edition=sheet.edition, actor=CLERK, now=LATER
        )
    assert set(fault.value.fields) == {"reason-1"}
    saved = reporting_sheets.say_cells(
        sheet, {1: Said("4", "一户昨天迁入")}, edition=sheet.edition, actor=CLERK, now=LATER
    )

    assert differences_of(task) == []  # the office sees what was signed, nothing before
    sign(saved)
    (found,) = differences_of(task)
    assert (found.was, found.said, found.reason) == ("3", "4", "一户昨天迁入")
    reporting_sheets.take_back_signature(
        sheet_of(task), edition=saved.edition + 2, actor=CLERK, now=LATER
    )
    saved = sheet_of(task)
    back = reporting_sheets.say_cells(
        saved, {1: Said("")}, edition=saved.edition, actor=CLERK, now=LATER
    )
    assert [one.column.number for one in back.cells.all()] == [3]


def test_a_sheet_with_an_empty_cell_is_not_signed_off():
    sheet = sheet_of(make_open())

    with pytest.raises(StillOpen) as fault:
        reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=CLERK, now=LATER)

    assert set(fault.value.fields) == {"cell-3"}
    sheet.refresh_from_db()
    assert sheet.state == "waiting"


@pytest.mark.parametrize("at", ["441900/441900005/", "441900/441900005/441900005002/"])
def test_nobody_else_signs_for_a_village(at):
    sheet = sheet_of(make_open())
    other = make_actor("other", permits.FILL_REPORTS, permits.ASK_REPORTS, at=at)

    with pytest.raises(NotAllowed):
        reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=other, now=LATER)

    sheet.refresh_from_db()
    assert sheet.signed_at is None


def test_a_sheet_is_seen_by_who_fills_it_in_and_a_report_by_who_asked():
    task = make_open()
    sheet = sheet_of(task)

    assert queries.get_sheet(CLERK, sheet.code) == sheet
    for who, what in ((ASKER, sheet), (CLERK, task)):
        with pytest.raises(NotFound):
            (queries.get_sheet if what == sheet else queries.get_task)(who, what.code)


def test_the_office_gets_one_sheet_in_its_own_order_with_what_was_signed():
    post = make_ground()
    names = [places.get_place(code).name for code in reversed(CODES)]
    task = make_open(post, content=blank_sheet(SHEET, listed=names))
    sign(sheet_of(task))

    assert lines_of(task) == [
        [names[0], "", "", ""], [names[1], "3", "2", "3"], ["合计", "3", "2", "3"],
    ]  # fmt: skip
    assert queries.standings_of([task])[task.pk].signed == 1


def test_nothing_that_somebody_typed_becomes_a_formula():
    task = make_open()
    sign(sheet_of(task), '=HYPERLINK("http://example.org","x")')
    merged = merged_of(task)

    grid = read_grid(open_book(filled_book(merged.layout, merged.columns, merged.rows)), "Sheet1")

    assert '=HYPERLINK("http://example.org","x")' in grid.cells.values()
    assert {text[:4] for text in grid.formulas.values()} == {"SUM("}


def test_a_report_ends_by_itself_and_who_is_late_need_not_any_more():
    task = make_open()
    signed = sign(sheet_of(task))

    assert reporting.end_due(actor=SYSTEM, now=NOON + timedelta(days=10)) == 0
    assert reporting.end_due(actor=SYSTEM, now=NOON + timedelta(days=11)) == 1

    task.refresh_from_db()
    assert (task.state, sheet_of(task, CODES[1]).state) == ("ended", "lapsed")
    with pytest.raises(WrongState):
        reporting_sheets.take_back_signature(signed, edition=signed.edition, actor=CLERK, now=LATER)


def test_once_a_report_ended_nothing_is_signed_or_taken_back_and_it_is_held_before_its_sheet():
    task = make_open()
    sheet = sign(sheet_of(task))
    ReportingTask.objects.update(state="ended")

    for move, state in (
        (reporting_sheets.take_back_signature, "signed"), (reporting_sheets.sign_sheet, "waiting"),
    ):  # fmt: skip
        ReportingSheet.objects.filter(pk=sheet.pk).update(state=state)
        with CaptureQueriesContext(connection) as caught, pytest.raises(ReportOver):
            move(sheet, edition=sheet.edition, actor=CLERK, now=LATER)
        held = [one["sql"] for one in caught if " FOR " in one["sql"]]
        assert "reportingtask" in held[0] and "reportingsheet" in held[1]
        sheet.refresh_from_db()
        assert sheet.state == state


def test_an_answer_that_differs_from_what_the_register_says_by_now_is_not_signed_without_a_reason():
    sheet = sheet_of(make_open())
    sheet = reporting_sheets.say_cells(sheet, {3: Said("3")}, edition=1, actor=CLERK, now=LATER)
    # the register has the number since it was filled in again
    ReportingSheet.objects.filter(pk=sheet.pk).update(filled={**sheet.filled, "3": 5})
    ReportingCell.objects.update(was="5")

    with pytest.raises(StillOpen) as fault:
        reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=CLERK, now=LATER)
    assert set(fault.value.fields) == {"reason-3"}
    sheet.refresh_from_db()
    assert sheet.state == "waiting"

    said = {3: Said("3", "两个已损坏")}
    sheet = reporting_sheets.say_cells(sheet, said, edition=2, actor=CLERK, now=LATER)
    assert reporting_sheets.sign_sheet(sheet, edition=3, actor=CLERK, now=LATER).state == "signed"


def test_a_report_is_taken_back_with_a_reason_and_nobody_has_to_answer():
    task = make_open()

    with pytest.raises(Invalid):
        reporting.withdraw_report(task, " ", actor=ASKER, now=LATER)
    reporting.withdraw_report(task, "数据已有", actor=ASKER, now=LATER)

    assert set(task.sheets.values_list("state", flat=True)) == {"withdrawn"}
    assert queries.asked_of(task.path, TODAY - timedelta(days=1), TODAY) == {}


def test_a_register_that_was_corrected_is_taken_again():
    sheet = sheet_of(make_open())
    from linli.people.testing import make_person

    make_person("陈四", CODES[0])
    filled = reporting_sheets.refill_sheet(sheet, edition=sheet.edition, actor=CLERK, now=LATER)

    assert filled.filled["1"] == 4


def test_what_reports_cost_a_village_is_an_indicator():
    """BU-23: nobody's time is measured; the declared seconds are."""
    task = make_open()

    sheets, seconds = (_per_village(number)(task.path, TODAY) for number in (0, 1))

    assert (sheets.numerator, sheets.denominator) == (2, 2)
    assert seconds.numerator == 80 + 120
    assert _per_village(0)(VILLAGE, TODAY - timedelta(days=1)).numerator is None


def book(**options: object) -> bytes:
    """Return a workbook of an office with what the options say."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in options.get("sheets", ["Sheet1"]):  # type: ignore[attr-defined]
        sheet = made.add_worksheet(name)
        if name == options.get("headed", "Sheet1"):
            sheet.write_row(0, 0, ["村（社区）", "常住人口"])
        if far := options.get("far"):
            sheet.write(*far, "x")  # type: ignore[misc]
    if "macros" in options:
        out_macro = BytesIO(b"program")
        made.add_vba_project(out_macro, True)
    made.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        lambda: b"", lambda: b"PK\x03\x04 not a zip", lambda: b"\xd0\xcf\x11\xe0 old xls",
        lambda: book(macros=True), lambda: b"x" * (8 << 20) + b"y", lambda: book(far=(1_000_000, 16_000)),
        lambda: book(sheets=[f"{n}" for n in range(101)]), lambda: book(headed="none"),
    ],
    ids=["empty", "broken", "xls", "macros", "big", "far", "sheets", "headless"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_or_carries_programs_is_refused(content):
    post = make_ground()

    with pytest.raises(Invalid) as fault:
        make_task(post, content=content())

    assert set(fault.value.fields) == {"file"}
    assert not ReportingTask.objects.exists()


def test_of_fifty_sheets_the_office_chooses_one():
    names = [f"表{n}" for n in range(50)]
    task = make_task(content=book(sheets=names, headed="表31"))

    assert task.sheet_name == "表31"
    with pytest.raises(Invalid):
        reporting_columns.choose_sheet(task, "表2", "", edition=task.edition, actor=ASKER, now=NOON)
    with pytest.raises(Invalid):
        reporting_columns.choose_sheet(
            task, "没有", "", edition=task.edition, actor=ASKER, now=NOON
        )
    task.refresh_from_db()
    assert task.sheet_name == "表31"


def test_a_list_of_people_is_read_from_the_register_and_signed_sealed():
    from linli.people import permits as people

    names = replace(SHEET, columns=["序号", "姓名", "性别", "身份证号码"])
    task = make_task(template=names)
    task = reporting_columns.choose_sheet(
        task, "汇总表", "list.old_60", edition=task.edition, actor=ASKER, now=NOON
    )
    task = reporting.open_report(task, edition=task.edition, actor=approver(task), now=NOON)
    sheet = sheet_of(task)
    with pytest.raises(NotAllowed):
        reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=CLERK, now=LATER)

    allowed = make_actor("clerk", permits.FILL_REPORTS, people.VIEW)
    signed = reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=allowed, now=LATER)

    rows = opened_rows(signed.sealed, signed.code)
    assert signed.rows == 2
    assert [row["person.name"] for row in rows] == ["陈二", "陈一"]
    assert all("****" in row["person.document"] for row in rows)
    assert "陈一".encode() not in bytes(signed.sealed)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_one_is_told():
    sheet = sheet_of(make_open())
    sheet = reporting_sheets.say_cells(sheet, {3: Said("1")}, edition=1, actor=CLERK, now=LATER)

    def once(_number: int) -> str:
        try:
            reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=CLERK, now=LATER)
        except WrongState as fault:
            return fault.code
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(once, range(2)))

    assert "signed" in told
    assert len(set(told) & {"stale", "wrong_state"}) == 1
    assert ReportingCell.objects.count() == 1
