"""Rows of a village's list of people or homes over the API: read, corrected, struck out, added, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.reporting import ROW_NUMBER
from linli.kernel.web import Request
from linli.offerings.queries import reporting as queries
from linli.offerings.rules.reporting_rows import with_words_in
from linli.offerings.services import reporting_rows as services
from linli.offerings.types.reporting import ListRow, RowAct

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet

router = Router()
BACK, DIFFERENT = "back", "different"


class ReportHeadOut(Schema):
    """A column of a list: the key under which its cells stand in `cells`, and its heading in the sheet."""

    key: str
    title: str


class ReportRowOut(Schema):
    """A row: what is handed in, beside what the register says (`held`); numbers stay masked.

    `row` names it in a correction and is empty once the list is signed. `act` is changed, added or
    struck where the village said something, else empty. `is_gone`: the register has it no more.
    """

    row: str
    cells: dict[str, str]
    held: dict[str, str]
    act: str
    reason: str
    is_gone: bool


class ReportRowsOut(Schema):
    """`edition` goes along with a correction, so that two do not correct past each other.

    `is_kept`: false once the rows that were signed off were let go, and where nothing was signed off.
    """

    is_kept: bool
    count: int
    items: list[ReportRowOut]
    next: str | None
    edition: int
    columns: list[ReportHeadOut]


class ReportRowsIn(PagedIn):
    """`q` stands in any cell; `only=different` leaves the rows of which the village said something."""

    q: str = ""
    only: str = ""


class ReportRowIn(Schema):
    """What is said of a row; `row` is empty only for a row that is added.

    `cells` are those that change, by key of the column. `back` lets the register's row stand again.
    """

    edition: int
    act: Literal["changed", "added", "struck", "back"]
    row: str = Field(default="", max_length=24)
    cells: dict[str, str] = {}
    reason: str = ""


class SaidRowOut(Schema):
    """The row as it stands now, none if it was an added one that is taken back, and the next edition."""

    edition: int
    row: ReportRowOut | None


@router.get("/reporting/sheets/{code}/rows/", response=ReportRowsOut)
def list_report_rows(request: Request, code: str, asked: Query[ReportRowsIn]) -> dict[str, Any]:
    """The rows of a village's list, as signed or as they stand now; the reading is recorded."""
    sheet, only = queries.get_sheet(request.actor, code), one_of("only", asked.only, (DIFFERENT,))
    rows = services.read_rows(sheet, actor=request.actor, now=timezone.now())
    rows = [one for one in rows if one.act] if only else rows
    words = asked.q.strip()[:60]
    found = page_of_rows(
        with_words_in(rows, words) if words else rows, _mark, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )  # fmt: skip
    heads = _heads(sheet)
    return {
        **listed(found, lambda one: _row(one, heads)), "edition": sheet.edition,
        "is_kept": sheet.keeps_rows,
        "columns": [{"key": key, "title": title} for key, title in heads.items()],
    }  # fmt: skip


@router.post("/reporting/sheets/{code}/rows/", response=SaidRowOut)
def say_report_row(request: Request, code: str, given: ReportRowIn) -> dict[str, Any]:
    """Correct a row, strike it out, add one, or take back what was said; each with its reason."""
    sheet, now = queries.get_sheet(request.actor, code), timezone.now()
    if given.act == BACK:
        saved = services.take_row_back(
            sheet, given.row, edition=given.edition, actor=request.actor, now=now
        )
    else:
        said = services.RowSaid(given.act, given.cells, given.reason)
        saved = services.say_row(
            sheet, given.row, said, edition=given.edition, actor=request.actor, now=now
        )
    return {"edition": saved.edition, "row": _said_row(request, saved, given)}


def _said_row(request: Request, sheet: ReportingSheet, given: ReportRowIn) -> dict[str, Any] | None:
    """Return the row of which something was said; a new one is the last of those that were added."""
    rows = services.read_rows(sheet, actor=request.actor, now=timezone.now())
    wanted = [
        one for one in rows if one.ref == given.row or (not given.row and one.act == RowAct.ADDED)
    ]
    return _row(wanted[-1], _heads(sheet)) if wanted else None


def _heads(sheet: ReportingSheet) -> dict[str, str]:
    """Return key → heading of the columns whose cells are told and corrected."""
    columns = queries.bound_columns(sheet.task)
    return {one.key: one.title for one in columns if one.key and one.key != ROW_NUMBER}


def _mark(row: ListRow) -> str:
    return row.ref or "\n".join(row.cells.values())


def _row(row: ListRow, heads: Mapping[str, str]) -> dict[str, Any]:
    return {
        **plain(row, "act", "reason", "is_gone"), "row": row.ref,
        "cells": {key: row.cells.get(key, "") for key in heads},
        "held": {key: row.was.get(key, "") for key in heads} if row.was else {},
    }  # fmt: skip
