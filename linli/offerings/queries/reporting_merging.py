"""The merged sheet of a report: one row for each village in the office's own order, or all rows of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.kernel.reporting import ReportValue
from linli.offerings.models import ReportingCell, ReportingColumn, ReportingSheet, ReportingTask
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_binding import Bound, Fills
from linli.offerings.rules.reporting_grids import Heading, Layout
from linli.offerings.rules.reporting_layouts import (
    from_data,
    headings_of,
    in_order_of,
    rows_not_ours,
)
from linli.offerings.rules.reporting_stems import stem
from linli.offerings.states import SheetState
from linli.offerings.types.reporting_cells import CellRule, rule_words

Row = dict[int, ReportValue]
NAME, NUMBER = "places.name", "row.number"


@dataclass(frozen=True, slots=True)
class Merged:
    """A sheet to be written: its layout, columns and rows; `strange` are listed rows of no village here.

    `marked` are cells (number of the row, of the column) that hold something else than asked, on purpose,
    and `notes` say why, one for each.
    """

    layout: Layout
    columns: list[Bound]
    rows: list[Row]
    strange: list[str]
    marked: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[str, ...] = ()


def merged_of(
    task: ReportingTask, opened: Mapping[str, Sequence[Mapping[str, str]]] | None = None
) -> Merged:
    """Return the merged sheet: what was signed off; others stand there with their name alone.

    `opened` are the rows of lists by code of the sheet, for a list.
    """
    layout, columns = from_data(task.layout), queries.bound_columns(task)
    names = {path: called for path, _code, called in values.villages_of(task.path)}
    sheets = {one.path: one for one in queries.sheets_of(task)}
    if opened is not None:
        rows = _list_rows(columns, [opened.get(one.code, ()) for one in sheets.values()])
        return Merged(layout, queries.as_bound(columns), rows, [])
    names = {path: names.get(path, (path,)) for path in sheets}
    paths = in_order_of(layout.listed, names)
    rows = [_row(sheets[path], columns, names[path]) for path in paths]
    _number(columns, rows)
    told = [(paths.index(one.path), one) for one in differences_of(task) if not one.was]
    return Merged(
        layout, queries.as_bound(columns), rows, rows_not_ours(layout.listed, names),
        frozenset((row, one.column) for row, one in told),
        tuple(f"{names[one.path][0]} · {one.title}: {one.said} — {one.reason}" for _at, one in told),
    )  # fmt: skip


def sheet_of_village(
    sheet: ReportingSheet, opened: Sequence[Mapping[str, str]] | None = None
) -> Merged:
    """Return a village's own sheet, signed off or not."""
    columns = queries.bound_columns(sheet.task)
    layout = from_data(sheet.task.layout)
    if opened is not None:
        rows = _list_rows(columns, [opened])
    else:
        rows = [_said(sheet, columns)]
        _number(columns, rows)
    return Merged(layout, queries.as_bound(columns), rows, [])


def _said(sheet: ReportingSheet, columns: Sequence[ReportingColumn]) -> Row:
    cells = {one.column_id: one.said for one in sheet.cells.all()}
    return queries.values_of(sheet, columns, cells)


def _row(sheet: ReportingSheet, columns: Sequence[ReportingColumn], names: Sequence[str]) -> Row:
    """Return the row of a village; without a signature nothing but its name is told."""
    if sheet.state == SheetState.SIGNED:
        return _said(sheet, columns)
    return {one.number: names[0] for one in columns if one.key == NAME}


def _number(columns: Sequence[ReportingColumn], rows: Sequence[Row]) -> None:
    for column in columns:
        if column.fills == Fills.NOBODY and stem(column.title) in ("序号", "编号"):
            for number, row in enumerate(rows, 1):
                row[column.number] = number


def _list_rows(
    columns: Sequence[ReportingColumn], lists: Iterable[Sequence[Mapping[str, str]]]
) -> list[Row]:
    """Return the rows of lists below each other, numbered through."""
    found: list[Row] = []
    for rows in lists:
        for row in rows:
            line: Row = {one.number: row.get(one.key, "") for one in columns if one.key}
            line |= {one.number: len(found) + 1 for one in columns if one.key == NUMBER}
            found.append(line)
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which a village says something else than the register, or than the column asks for."""

    path: str
    column: int
    title: str
    was: str
    said: str
    reason: str
    rule: CellRule

    @property
    def asks(self) -> str:
        """What the column asks for, where no register knows it."""
        return "" if self.was else rule_words(self.rule)


def differences_of(
    task: ReportingTask, headings: Mapping[int, Heading] | None = None
) -> list[Difference]:
    """Return where signed sheets differ from the registers or from what is asked, by place and column.

    `headings` of its layout by column, where the caller has read them already.
    """
    known = headings_of(task.layout) if headings is None else headings
    found = ReportingCell.objects.filter(sheet__task=task, sheet__state=SheetState.SIGNED).exclude(
        was="", reason=""
    )
    rows = found.select_related("sheet", "column").order_by("sheet__path", "column__number")
    return [
        Difference(c.sheet.path, c.column.number, c.column.title, c.was, c.said, c.reason, known[c.column.number].rule)
        for c in rows
    ]  # fmt: skip


def filled_at_once(layout: Layout, columns: Sequence[Bound], path: str, filled: values.Filled) -> tuple[list[Row], int, int]:  # fmt: skip
    """Return rows of the villages of a place filled from registers alone, cells in all, and empty ones."""
    names = {at: called for at, _code, called in values.villages_of(path)}
    rows: list[Row] = []
    left = 0
    asked = [one for one in columns if one.fills in (Fills.REGISTER, Fills.VILLAGE)]
    for number, at in enumerate(in_order_of(layout.listed, names), 1):
        known = filled.get(at, {})
        row: Row = {one.column: known[one.key] for one in asked if one.key in known}
        left += len(asked) - len(row)
        row |= {one.column: number for one in columns if one.fills is Fills.NOBODY and stem(one.title) in ("序号", "编号")}  # fmt: skip
        rows.append(row)
    return rows, len(asked) * len(rows), left
