"""Reports asked by spreadsheet, in the village over the API: who fills in reads, says and signs off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router

from linli.kernel.api import paged, plain
from linli.kernel.paths import code_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.reporting_shapes import (
    CellsIn,
    EditionIn,
    ReportsIn,
    SheetOut,
    SheetsOut,
)
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
from linli.offerings.services import reporting_sheets as services
from linli.offerings.types.reporting import Said
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet

router = Router()


@router.get("/reporting/sheets/", response=SheetsOut)
def list_report_sheets(request: Request, asked: Query[ReportsIn]) -> dict[str, Any]:
    """Sheets of the villages for which the caller fills in, the newest first."""
    require_somewhere(request.actor, permits.FILL_REPORTS)
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
        **plain(sheet, "code", "state", "edition", "rows", "signed_at", "why_back"), "place": code_of(sheet.path),
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
