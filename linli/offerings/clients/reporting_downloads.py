"""Files of reports: the merged sheet, and the cells that differ; of lists of people recorded as read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.sheets import XLSX, download
from linli.offerings.clients.reporting_lists import opened_rows
from linli.offerings.clients.reporting_rows import row_differences
from linli.offerings.clients.reporting_sheets import filled_book
from linli.offerings.queries import reporting_merging as merging
from linli.offerings.queries import reporting_values as values
from linli.offerings.states import SheetState
from linli.offerings.types.reporting import ROW_ACTS, Shape
from linli.trail.services import record_read
from linli.ui.demo import demo_note
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet, ReportingTask


def merged_download(task: ReportingTask, *, actor: Actor, now: datetime) -> HttpResponse:
    """Answer with the merged sheet; rows of people go to whoever may see the register, and are recorded."""
    opened, told = None, list[str]()
    if task.shape == Shape.LIST:
        values.require_list(task.list_key, task.path, actor)
        sheets = list(task.sheets.order_by("path"))
        opened = {one.code: opened_rows(one.sealed, one.code) for one in sheets}
        told = _rows_gone(sheets)
        record_read(on=task, fields=["rows"], actor=actor, now=now, place=task.path)  # fmt: skip
    return as_file(merging.merged_of(task, opened), task.title, told)


def _rows_gone(sheets: Sequence[ReportingSheet]) -> list[str]:
    """Return a line for each village whose rows were signed off and are not kept any more."""
    gone = [one for one in sheets if one.state == SheetState.SIGNED and not one.keeps_rows]
    names = PLACE_NAMES.call({one.path for one in gone})
    words = _("%(place)s signed %(count)s rows off; they were let go 90 days later.")
    return [words % {"place": names.get(one.path, ""), "count": one.rows} for one in gone]


def differences_download(task: ReportingTask, *, actor: Actor, now: datetime) -> HttpResponse:
    """Answer with every cell in which villages differ; of lists for whoever may see the register, recorded."""
    if not task.list_key:
        return _cells_download(task)
    values.require_list(task.list_key, task.path, actor)
    record_read(on=task, fields=["rows"], actor=actor, now=now, place=task.path)
    found, columns = row_differences(task), values.columns_of(task.list_key)
    names = PLACE_NAMES.call({one.path for one in found})
    heads = [
        _("Place"),
        _("What was said"),
        _("Heading"),
        pgettext("sheet", "Register"),
        _("Village"),
        _("Why?"),
    ]
    is_zh = is_chinese()
    rows = [
        [names.get(one.path, ""), str(ROW_ACTS[one.act]), columns[one.key].name(is_chinese=is_zh), one.was, one.said, one.reason]
        for one in found
        if one.key in columns
    ]  # fmt: skip
    return _differences_file(task, [heads, *rows])


def _cells_download(task: ReportingTask) -> HttpResponse:
    """Answer with every cell of signed sheets that differs from the register, or from what is asked."""
    found = merging.differences_of(task)
    names = PLACE_NAMES.call({one.path for one in found})
    heads = [_("Place"), _("Heading"), _("Register, or what is asked"), _("Village"), _("Why?")]
    rows = [[names.get(one.path, ""), one.title, one.was or one.asks, one.said, one.reason] for one in found]  # fmt: skip
    return _differences_file(task, [heads, *rows])


def _differences_file(task: ReportingTask, rows: list[list[Any]]) -> HttpResponse:
    name = f"{task.title} {_('Different')}"
    return download(rows, name=name, form="xlsx", note=demo_note())


def as_file(merged: merging.Merged, name: str, more: Sequence[str] = ()) -> HttpResponse:
    """Answer with a filled sheet as a file; `more` is told below it."""
    told = [_("Different on purpose:"), *merged.notes] if merged.notes else []
    told += more
    content = filled_book(
        merged.layout, merged.columns, merged.rows, note=demo_note(), notes=told, marked=merged.marked
    )  # fmt: skip
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
