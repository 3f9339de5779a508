"""Words and values of reports that an office asks by spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.offerings.types.reporting_cells import CellRule, rule_words

# what looking a sheet through and signing it costs, and each cell that nobody could fill
LOOK_SECONDS, CELL_SECONDS = 60, 20
MOST_SIGNS, MOST_REASON = 200, 200
LEAST_WORDS = 4
MOST_ROW_WORDS = 500
TASK, SHEET = "offerings.reportingtask", "offerings.reportingsheet"


class Shape(StrEnum):
    """One row for each village, or one row for each person or home of a list."""

    SUMMARY = "summary"
    LIST = "list"


SHAPES = {
    Shape.SUMMARY: _("One row for each village"),
    Shape.LIST: _("A list of people or homes"),
}
TASK_STATES: dict[str, Any] = {
    "draft": _("being prepared"),
    "asked": _("waits for approval"),
    "open": _("with the villages"),
    "ended": pgettext_lazy("report", "ended"),
    "withdrawn": pgettext_lazy("report", "taken back"),
}
TASK_TONES = {"draft": "idle", "asked": "soon", "open": "run", "ended": "done", "withdrawn": "idle"}
# who fills a column, in words
FILLERS: dict[str, Any] = {
    "register": pgettext_lazy("column", "a register"),
    "village": pgettext_lazy("column", "the villages"),
    "formula": _("the sheet's own formula"),
    "nobody": pgettext_lazy("column", "left empty"),
}
SHEET_STATES: dict[str, Any] = {
    "waiting": _("to be looked at"),
    "signed": _("signed off"),
    "lapsed": _("not signed off"),
    "withdrawn": pgettext_lazy("report", "taken back"),
}
SHEET_TONES = {"waiting": "soon", "signed": "done", "lapsed": "idle", "withdrawn": "idle"}


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What an office says of a report: who approved it, on which basis, until when."""

    title: str
    post_id: int | None
    basis: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of a village's sheet: what the register has, what the village says, where it is from.

    `is_open` means that no register knows it: then `rule` says what it takes, and a `reason` why it holds
    something else on purpose. `from_task` is an earlier report that was answered. `why_asked` says why
    villages are asked although a register has something like it.
    """

    column_id: int
    number: int
    title: str
    fills: str
    value: str
    was: str
    reason: str
    is_open: bool
    is_corrected: bool
    from_task: str = ""
    unit: str = ""
    source: str = ""
    rule: CellRule = CellRule()
    why_asked: str = ""

    @property
    def asks(self) -> str:
        """What may be typed where no register knows it, in the words of the reader."""
        return rule_words(self.rule)


@dataclass(frozen=True, slots=True)
class Said:
    """What a village types into a cell, and why it differs from the register."""

    value: str
    reason: str = ""


class RowAct(StrEnum):
    """What a village says of a row of a list: another value, a row that lacks, a row that is too much."""

    CHANGED = "changed"
    ADDED = "added"
    STRUCK = "struck"


ROW_ACTS: dict[str, Any] = {
    RowAct.CHANGED: pgettext_lazy("sheet", "corrected"),
    RowAct.ADDED: _("added"),
    RowAct.STRUCK: _("struck out"),
}
ROW_TONES = {RowAct.CHANGED: "run", RowAct.ADDED: "soon", RowAct.STRUCK: "late"}


@dataclass(frozen=True, slots=True)
class RowWord:
    """What a village said of one row: `was` is what the register had then, by key of the column."""

    code: str
    ref: str
    act: str
    said: Mapping[str, str]
    was: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a village's list: what is handed in, beside what the register says.

    `act` is empty where nobody said anything. `is_gone`: the register has the row no more, so that what
    was said of it is not handed in.
    """

    ref: str
    cells: Mapping[str, str]
    was: Mapping[str, str]
    act: str = ""
    reason: str = ""
    is_gone: bool = False

    @property
    def is_handed_in(self) -> bool:
        """Whether it stands in what is signed."""
        return self.act != RowAct.STRUCK and not self.is_gone

    @property
    def differing(self) -> tuple[str, ...]:
        """The columns in which the village says something else than the register."""
        if self.act != RowAct.CHANGED:
            return ()
        return tuple(key for key, text in self.cells.items() if text != self.was.get(key, ""))
