"""What villages said of rows of their lists, beside the register; whoever shows it records the reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.kernel.permits import Actor
from linli.offerings.clients.reporting_lists import opened_words
from linli.offerings.models import ReportingSheet, ReportingTask
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_rows import rows_with_words
from linli.offerings.types.reporting import ListRow, RowAct, RowWord


def words_of(sheet: ReportingSheet) -> list[RowWord]:
    """Return what a village said of rows of its list, in its order."""
    return opened_words(sheet.row_words.order_by("pk"))


def list_rows(sheet: ReportingSheet, *, actor: Actor, on: date) -> list[ListRow]:
    """Return the rows of a list as the register has them, with what was said. Refuses with NotAllowed."""
    rows = values.rows_of(sheet.task.list_key, sheet.path, on, actor=actor)
    return rows_with_words(rows, words_of(sheet))


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One cell of a list in which a village differs; a row that was added or struck out has one for each cell."""

    path: str
    act: str
    key: str
    was: str
    said: str
    reason: str


def row_differences(task: ReportingTask) -> list[RowDifference]:
    """Return where signed lists differ from the register, by place, row and column."""
    found = []
    for sheet in task.sheets.filter(sealed__isnull=False).order_by("path"):
        for one in words_of(sheet):
            keys = one.was if one.act == RowAct.STRUCK else one.said
            for key in keys:
                if key.startswith("row."):
                    continue
                said = "" if one.act == RowAct.STRUCK else one.said[key]
                found.append(RowDifference(sheet.path, one.act, key, one.was.get(key, ""), said, one.reason))  # fmt: skip
    return found
