"""Shapes of reports by spreadsheet in the API."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from linli.kernel.api import PagedIn


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


class ReportColumnOut(Schema):
    """A column of a report: who fills it, and what may be said of it while the report is prepared.

    `filled_by` is the key of a register's column, village, formula or nobody; `choices` are those that may
    be chosen. Where `likely` names registers, asking the villages needs a `why`, which they read.
    """

    number: int
    title: str
    filled_by: str
    choices: list[str]
    likely: list[str]
    why: str
    kind: str


class VillageOut(Schema):
    """Where a village's sheet is; `why_back` says why the office gave it back, until it is signed anew."""

    place: str
    state: str
    edition: int
    why_back: str


class ReportDetailOut(ReportOut):
    """`differences` are of signed sheets, and empty for lists of people: their rows leave as a file, recorded.

    `late` are places that have not signed off. `edition` goes along with a step. `why` says why it was
    not approved or was taken back.
    """

    edition: int
    columns: list[ReportColumnOut]
    late: list[str]
    villages: list[VillageOut]
    why: str
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
    why_back: str = ""
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
