"""Words and values of reports that an office asks by spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# what looking a sheet through and signing it costs, and each cell that nobody could fill
LOOK_SECONDS, CELL_SECONDS = 60, 20
MOST_SIGNS, MOST_REASON = 200, 200
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
    "open": _("with the villages"),
    "ended": pgettext_lazy("report", "ended"),
    "withdrawn": pgettext_lazy("report", "taken back"),
}
TASK_TONES = {"draft": "idle", "open": "run", "ended": "done", "withdrawn": "idle"}
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

    `is_open` means that no register knows it; `from_task` is an earlier report that was answered.
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a village types into a cell, and why it differs from the register."""

    value: str
    reason: str = ""
