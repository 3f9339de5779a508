"""Reports asked by spreadsheet, at the office over the API: followed, handed in, bound, sent, ended, its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linli.kernel.api import gives, listed, plain
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.sheets import XLSX
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.reporting_shapes import ReportDetailOut, ReportsIn, ReportsOut
from linli.offerings.clients.reporting_downloads import differences_download, merged_download
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
from linli.offerings.queries import reporting_values as values
from linli.offerings.queries.reporting_merging import differences_of
from linli.offerings.rules.reporting_grids import Heading
from linli.offerings.rules.reporting_layouts import headings_of
from linli.offerings.services import reporting as services
from linli.offerings.services import reporting_approving as approving
from linli.offerings.services import reporting_columns as binding
from linli.offerings.services import reporting_drafts as drafts
from linli.offerings.services.reporting_sheets import hand_back
from linli.offerings.types.reporting import TaskFacts
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.offerings.models import ReportingColumn, ReportingTask

router = Router()
Step = Literal[
    "bind", "sheet", "facts", "send", "approve", "refuse", "recall", "hand-back", "end", "withdraw"
]  # fmt: skip


class ReportFactsIn(Schema):
    """Whose villages are asked, what the sheet is called, who approved it, on which basis, until when."""

    place: str
    title: str
    post: int
    basis: str
    due_on: date


class ReportStepIn(Schema):
    """What goes with a step of a report; `edition` is the one that was read.

    bind: `fills`, `kinds` and `whys` by number of the column; columns that are not named stay.
    sheet: `sheet` of the file and `list`, the key of a list of the registers, if its rows are people or homes.
    facts: `title`, `post`, `basis`, `due_on`. withdraw and refuse: `why`. hand-back: `place` and `edition` of
    the village's sheet, `why`. send (asks the approving post, unless the caller holds it), approve, recall and end
    need nothing else.
    """

    edition: int = 0
    fills: dict[int, str] = {}
    kinds: dict[int, str] = {}
    whys: dict[int, str] = {}
    sheet: str = ""
    place: str = ""
    list: str = ""
    title: str = ""
    post: int | None = None
    basis: str = ""
    due_on: date | None = None
    why: str = Field(default="", max_length=200)


class FileIn(Schema):
    """`what` is merged (what was signed off) or differences."""

    what: Literal["merged", "differences"] = "merged"


@router.get("/reporting/tasks/", response=ReportsOut)
def list_reports(request: Request, asked: Query[ReportsIn]) -> dict[str, Any]:
    """Reports that were asked where the caller may ask, the newest first."""
    require_somewhere(request.actor, permits.ASK_REPORTS)
    wanted = lists.wanted_of(asked.dict(), lists.ASKED)
    found = page_of(
        lists.wanted_tasks(request.actor, wanted, localdate()), queries.NEWEST, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    standings = queries.standings_of(found.items)
    return listed(found, items=[_report(one, standings.get(one.pk)) for one in found.items])


@router.post("/reporting/tasks/", response={201: ReportDetailOut})
def hand_in_report(
    request: Request, given: Form[ReportFactsIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Hand in the sheet that villages are to fill (xlsx, multipart); certain columns are bound already."""
    facts = TaskFacts(given.title, given.post, given.basis, given.due_on)
    task = services.receive_report(
        places.open_place(given.place), facts, file.read(), file.name or "", actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, whole_report(task))


@router.get("/reporting/tasks/{code}/", response=ReportDetailOut)
def get_report(request: Request, code: str) -> dict[str, Any]:
    """One report: its columns, how far it is, who is late, and the cells that differ."""
    return whole_report(queries.get_task(request.actor, code))


def whole_report(task: ReportingTask) -> dict[str, Any]:
    """Return all that is told of a report to whoever asks it."""
    headings = headings_of(task.layout)
    differences = [
        {**plain(one, "column", "title", "asks", "reason"), "place": code_of(one.path), "held": one.was, "value": one.said}
        for one in differences_of(task, headings)
    ]  # fmt: skip
    columns = queries.bound_columns(task)
    late = task.sheets.filter(state__in=queries.LATE).order_by("path")
    return {
        **_report(task, queries.standings_of([task]).get(task.pk)), "differences": differences,
        "edition": task.edition, "columns": [_column(task, one, headings[one.number]) for one in columns],
        "villages": [
            {**plain(one, "state", "edition", "why_back"), "place": code_of(one.path)}
            for one in queries.sheets_of(task)
        ],
        "why": task.why,
        "late": [code_of(path) for path in late.values_list("path", flat=True)],
    }  # fmt: skip


def _column(task: ReportingTask, column: ReportingColumn, heading: Heading) -> dict[str, Any]:
    chosen, likely = values.fillers_of(task, column, heading)
    return {
        **plain(column, "number", "title", "why"), "filled_by": column.key or column.fills,
        "choices": chosen, "likely": likely, "kind": heading.rule.kind,
    }  # fmt: skip


def _report(task: ReportingTask, standing: queries.Standing | None) -> dict[str, Any]:
    said = standing or queries.Standing(0, 0, 0, 0)
    return {
        **plain(task, "code", "title", "basis", "due_on", "state", "shape"), "place": code_of(task.path),
        "sheets": said.sheets, "signed": said.signed, "cells": said.cells, "cells_open": said.open,
    }  # fmt: skip


@router.get(
    "/reporting/tasks/{code}/file/", openapi_extra=gives(XLSX, type="string", format="binary")
)
def report_file(request: Request, code: str, asked: Query[FileIn]) -> HttpResponse:
    """The merged sheet, or every cell that differs; of lists for whoever may see the register, recorded."""
    give = {"merged": merged_download, "differences": differences_download}[asked.what]
    return give(queries.get_task(request.actor, code), actor=request.actor, now=timezone.now())


@router.post("/reporting/tasks/{code}/{step}", response=ReportDetailOut)
def move_report(request: Request, code: str, step: Step, given: ReportStepIn) -> dict[str, Any]:
    """Do one step with a report: say who fills it, have it approved, send it, give a sheet back, end it."""
    task = queries.get_task(request.actor, code)
    return whole_report(STEPS[step](task, given, {"actor": request.actor, "now": timezone.now()}))


def _facts(given: ReportStepIn) -> TaskFacts:
    return TaskFacts(given.title, given.post, given.basis, given.due_on)


def _hand_back(task: ReportingTask, given: ReportStepIn, by: dict[str, Any]) -> ReportingTask:
    sheet = queries.sheet_in(task, path=path_of(given.place))
    hand_back(sheet, given.why, edition=given.edition, **by)
    return task


Act = Callable[["ReportingTask", ReportStepIn, dict[str, Any]], "ReportingTask"]
STEPS: dict[str, Act] = {
    "bind": lambda task, given, by: binding.bind_columns(
        task, given.fills, kinds=given.kinds, whys=given.whys, edition=given.edition, **by
    ),
    "sheet": lambda task, given, by: binding.choose_sheet(task, given.sheet, given.list, edition=given.edition, **by),
    "facts": lambda task, given, by: drafts.describe_report(task, _facts(given), edition=given.edition, **by),
    "send": lambda task, given, by: approving.send_report(task, edition=given.edition, **by),
    "approve": lambda task, given, by: services.open_report(task, edition=given.edition, **by),
    "refuse": lambda task, given, by: approving.refuse_report(task, given.why, edition=given.edition, **by),
    "recall": lambda task, given, by: approving.recall_report(task, edition=given.edition, **by),
    "hand-back": lambda task, given, by: _hand_back(task, given, by),
    "end": lambda task, _given, by: services.end_report(task, **by),
    "withdraw": lambda task, given, by: services.withdraw_report(task, given.why, **by),
}  # fmt: skip
