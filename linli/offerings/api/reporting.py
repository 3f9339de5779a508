"""Reports asked by spreadsheet over the API: who asks follows them, who fills in reads, says and signs off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed, paged, plain
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
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
    """`held` is what the register says, empty if it does not know; `value` what is handed in."""

    column: int
    title: str
    value: str
    held: str
    source: str
    reason: str
    from_report: str


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
    """What goes into a cell, by number of its column; an empty value takes back what was said."""

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


@router.get("/reporting/tasks/{code}/", response=ReportOut)
def get_report(request: Request, code: str) -> dict[str, Any]:
    """One report and how far it is."""
    task = queries.get_task(request.actor, code)
    return _report(task, queries.standings_of([task]).get(task.pk))


def _report(task: ReportingTask, standing: queries.Standing | None) -> dict[str, Any]:
    said = standing or queries.Standing(0, 0, 0, 0)
    return {
        **plain(task, "code", "title", "basis", "due_on", "state", "shape"), "place": _code(task.path),
        "sheets": said.sheets, "signed": said.signed, "cells": said.cells, "cells_open": said.open,
    }  # fmt: skip


def _code(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


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


def _sheet(sheet: ReportingSheet) -> dict[str, Any]:
    return {
        **plain(sheet, "code", "state", "edition", "rows", "signed_at"), "place": _code(sheet.path),
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
            }
            for one in cells
        ],
    }  # fmt: skip
