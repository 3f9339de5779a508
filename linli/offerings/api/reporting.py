"""Reports asked by spreadsheet over the API: who asks follows them, who fills in reads, says and signs off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from linli.kernel.api import PagedIn, listed, paged, plain
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
from linli.offerings.queries.reporting_merging import differences_of
from linli.offerings.services import reporting_sheets as services
from linli.offerings.types.reporting import Said
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet, ReportingTask

router = Router()


class ReportOut(Schema):
    """A report; `cells_open` are those that no register could fill, over all villages."""

    code: str
    place: str
    title: str
    basis: str
    due_on: date
    state: str
    shape: str
    sheets: int
    signed: int
    cells: int
    cells_open: int


class ReportsOut(Schema):
    count: int
    items: list[ReportOut]
    next: str | None


class ReportsIn(PagedIn):
    """`due` is late or soon; `state` one of the states of reports, or of sheets."""

    q: str = ""
    state: str = ""
    place: str = ""
    due: str = ""


class CellOut(Schema):
    """`held` is what the register says, empty if it does not know; `value` what is handed in.

    Where `held` is empty, `kind` and `asks` say what the cell takes: another value needs a reason.
    """

    column: int
    title: str
    value: str
    held: str
    source: str
    reason: str
    from_report: str
    kind: str = Field(description="any, whole, number, percent, date, phone, text or choice.")
    asks: str = Field(description="What the cell takes, in words; empty if it takes anything.")
    why_asked: str = Field(description="Why it is asked although a register has something like it.")
    choices: list[str] = Field(description="What may be said where `kind` is choice.")


class ReportDifferenceOut(Schema):
    """A cell that differs from the register (`held`), or on purpose from what is asked (`asks`)."""

    place: str
    column: int
    title: str
    held: str
    asks: str
    value: str
    reason: str


class ReportDetailOut(ReportOut):
    """`differences` are empty for lists of people: their rows leave as a file, recorded."""

    differences: list[ReportDifferenceOut]


class SheetOut(Schema):
    """A village's sheet; `cells` are left out in lists and for lists of people."""

    code: str
    place: str
    report: str
    title: str
    due_on: date
    state: str
    edition: int
    rows: int
    signed_at: datetime | None
    cells: list[CellOut] = []


class SheetsOut(Schema):
    count: int
    items: list[SheetOut]
    next: str | None


class SaidIn(Schema):
    """What goes into a cell, by number of its column; an empty value takes back what was said.

    A `reason` is needed where the value differs from the register, or from what the cell takes.
    """

    column: int
    value: str
    reason: str = ""


class CellsIn(Schema):
    edition: int
    cells: list[SaidIn]


class EditionIn(Schema):
    edition: int


@router.get("/reporting/tasks/", response=ReportsOut)
def list_reports(request: Request, asked: Query[ReportsIn]) -> dict[str, Any]:
    """Reports that were asked where the caller may ask, the newest first."""
    queries.must_hold(request.actor, permits.ASK_REPORTS)
    wanted = lists.wanted_of(asked.dict(), lists.ASKED)
    found = page_of(
        lists.wanted_tasks(request.actor, wanted, localdate()), queries.NEWEST, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    standings = queries.standings_of(found.items)
    return listed(found, items=[_report(one, standings.get(one.pk)) for one in found.items])


@router.get("/reporting/tasks/{code}/", response=ReportDetailOut)
def get_report(request: Request, code: str) -> dict[str, Any]:
    """One report, how far it is, and the cells that differ."""
    task = queries.get_task(request.actor, code)
    differences = [
        {**plain(one, "column", "title", "asks", "reason"), "place": code_of(one.path), "held": one.was, "value": one.said}
        for one in differences_of(task)
    ]  # fmt: skip
    return {**_report(task, queries.standings_of([task]).get(task.pk)), "differences": differences}


def _report(task: ReportingTask, standing: queries.Standing | None) -> dict[str, Any]:
    said = standing or queries.Standing(0, 0, 0, 0)
    return {
        **plain(task, "code", "title", "basis", "due_on", "state", "shape"), "place": code_of(task.path),
        "sheets": said.sheets, "signed": said.signed, "cells": said.cells, "cells_open": said.open,
    }  # fmt: skip


@router.get("/reporting/sheets/", response=SheetsOut)
def list_report_sheets(request: Request, asked: Query[ReportsIn]) -> dict[str, Any]:
    """Sheets of the villages for which the caller fills in, the newest first."""
    queries.must_hold(request.actor, permits.FILL_REPORTS)
    wanted = lists.wanted_of(asked.dict(), lists.FILL)
    found = lists.wanted_sheets(request.actor, wanted, localdate())
    return paged(found, queries.NEWEST, asked, _sheet)


@router.get("/reporting/sheets/{code}/", response=SheetOut)
def get_report_sheet(request: Request, code: str) -> dict[str, Any]:
    """A village's sheet with its cells."""
    return _whole(queries.get_sheet(request.actor, code))


@router.post("/reporting/sheets/{code}/cells", response=SheetOut)
def say_report_cells(request: Request, code: str, given: CellsIn) -> dict[str, Any]:
    """Say what no register knows, or what differs from one, with the reason."""
    services.say_cells(
        queries.get_sheet(request.actor, code),
        {one.column: Said(one.value, one.reason) for one in given.cells}, edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _whole(queries.get_sheet(request.actor, code))


@router.post("/reporting/sheets/{code}/sign", response=SheetOut)
def sign_report_sheet(request: Request, code: str, given: EditionIn) -> dict[str, Any]:
    """Sign a sheet off for its village."""
    sheet = queries.get_sheet(request.actor, code)
    services.sign_sheet(sheet, edition=given.edition, actor=request.actor, now=timezone.now())
    return _whole(queries.get_sheet(request.actor, code))


@router.post("/reporting/sheets/{code}/{move}", response=SheetOut)
def move_report_sheet(
    request: Request, code: str, move: Literal["refill", "take-back"], given: EditionIn
) -> dict[str, Any]:
    """Fill a sheet again from the registers, or take its signature back while the report is open."""
    acts = {"refill": services.refill_sheet, "take-back": services.take_back_signature}
    sheet = queries.get_sheet(request.actor, code)
    acts[move](sheet, edition=given.edition, actor=request.actor, now=timezone.now())
    return _whole(queries.get_sheet(request.actor, code))


def _sheet(sheet: ReportingSheet) -> dict[str, Any]:
    return {
        **plain(sheet, "code", "state", "edition", "rows", "signed_at"), "place": code_of(sheet.path),
        "report": sheet.task.code, "title": sheet.task.title, "due_on": sheet.task.due_on,
    }  # fmt: skip


def _whole(sheet: ReportingSheet) -> dict[str, Any]:
    columns = queries.bound_columns(sheet.task)
    cells = [] if sheet.task.list_key else queries.cells_of(sheet, columns, is_chinese=is_chinese())
    return {
        **_sheet(sheet),
        "cells": [
            {
                "column": one.number, "title": one.title, "value": one.value, "held": one.was,
                "source": one.source, "reason": one.reason, "from_report": one.from_task,
                "kind": one.rule.kind if one.is_open else "any", "asks": one.asks if one.is_open else "",
                "why_asked": one.why_asked, "choices": one.rule.choices if one.is_open else (),
            }
            for one in cells
        ],
    }  # fmt: skip
