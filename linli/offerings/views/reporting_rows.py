"""A village's list of people or homes: looked through row by row, corrected beside the register, signed off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.reporting import ROW_NUMBER
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings.clients import reporting_rows as rows_of
from linli.offerings.clients.reporting_downloads import as_file
from linli.offerings.forms.reporting import ReportRowForm
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_merging as merging
from linli.offerings.rules.reporting_rows import counted, handed_in, with_words_in
from linli.offerings.services import reporting_rows as services
from linli.offerings.services.reporting_sheets import sign_sheet
from linli.offerings.types.reporting import ROW_ACTS, ROW_TONES, ListRow, RowAct, RowWord
from linli.offerings.views.reporting_frame import about_sheet
from linli.ui.addresses import address_of
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.offerings.models import ReportingColumn, ReportingSheet

SHOWN, NEW = 100, "new"


def list_sheet(request: Request, found: ReportingSheet) -> HttpResponse:
    """Show a village's list, or take what is said of a row, or the signature."""
    rows = services.read_rows(found, actor=request.actor, now=timezone.now())
    if request.GET.get("format") == "xlsx":
        if not found.keeps_rows:
            raise NotFound(code=found.code)
        return as_file(merging.sheet_of_village(found, handed_in(rows)), found.task.title)
    columns = [one for one in queries.bound_columns(found.task) if one.key]
    row = _chosen(request, rows) if found.state == "waiting" else None
    form = _form(request, found, columns, row) if row is not None else None
    is_sent = request.method == "POST"
    if is_sent and "sign" in request.POST:
        edition = whole_number(request.POST.get("edition")) or 0
        sign_sheet(found, edition=edition, actor=request.actor, now=timezone.now())
        messages.success(request, _("Signed off. The office sees the sheet now."))
        return done(request, reverse("offerings:report_sheet", args=[found.code]))
    if is_sent and form is None:
        raise NotFound(code=found.code)
    if is_sent and form is not None and row is not None and _said(request, found, row, form):
        return done(request, reverse("offerings:report_sheet", args=[found.code]))
    context = {**_frame(request, found, columns, rows), "row": row, "form": form}
    return page(request, "offerings/reporting/list_sheet.html", context, status=422 if is_sent else 200)  # fmt: skip


def _chosen(request: Request, rows: Sequence[ListRow]) -> ListRow | None:
    """Return the row of the address: one of the list, or an empty one that is to be added."""
    ref = request.GET.get("row", "")
    if ref == NEW:
        return ListRow("", {}, {}, RowAct.ADDED)
    found = next((one for one in rows if ref and one.ref == ref), None)
    if ref and found is None:
        raise NotFound(row=ref)
    return found


def _form(
    request: Request, found: ReportingSheet, columns: Sequence[ReportingColumn], row: ListRow
) -> ReportRowForm:
    asked = [
        (one.number, one.key, one.title, row.cells.get(one.key, ""))
        for one in columns
        if one.key != ROW_NUMBER
    ]
    first = {"edition": found.edition, "reason": row.reason}
    return ReportRowForm(request.POST or None, columns=asked, initial=first)


def _said(request: Request, found: ReportingSheet, row: ListRow, form: ReportRowForm) -> bool:
    """Take what was said of a row; say whether it was taken."""
    if not form.is_valid():
        return False
    by: dict[str, Any] = {
        "edition": form.cleaned_data["edition"], "actor": request.actor, "now": timezone.now(),
    }  # fmt: skip
    try:
        if "back" in request.POST:
            services.take_row_back(found, row.ref, **by)
        else:
            act = RowAct.ADDED if row.act == RowAct.ADDED else RowAct.CHANGED
            act = RowAct.STRUCK if "strike" in request.POST else act
            told = services.RowSaid(act, form.cells if act != RowAct.STRUCK else {}, form.cleaned_data["reason"])  # fmt: skip
            services.say_row(found, row.ref, told, **by)
    except Invalid as fault:
        form.take_by_key(fault.fields)
        return False
    except WrongState as fault:
        form.add_error(None, str(fault))
        return False
    messages.success(request, _("Saved."))
    return True


def _frame(
    request: Request, found: ReportingSheet, columns: Sequence[ReportingColumn], rows: Sequence[ListRow]
) -> dict[str, object]:  # fmt: skip
    words = request.GET.get("q", "").strip()[:60]
    is_narrowed = request.GET.get("only") == "different"
    shown = [one for one in rows if one.act] if is_narrowed else list(rows)
    shown = with_words_in(shown, words) if words else shown
    first = min(whole_number(request.GET.get("from")) or 0, max(len(shown) - 1, 0))
    return {
        **about_sheet(found), "rows": shown[first : first + SHOWN], "heads": columns,
        "columns": [col(one.title) for one in columns], "first": first, "shown_rows": SHOWN, "found_rows": len(shown),
        "all_rows": len(handed_in(rows)), "counts": counted(rows), "here": address_of(request),
        "is_narrowed": bool(words or is_narrowed), "acts": ROW_ACTS, "tones": ROW_TONES,
        "said": _told(rows_of.words_of(found), columns) if found.state != "waiting" else [],
    }  # fmt: skip


def _told(words: Sequence[RowWord], columns: Sequence[ReportingColumn]) -> list[dict[str, object]]:
    """Return what was said of rows of a list that is signed, beside what the register had."""
    titles = {one.key: one.title for one in columns}
    return [
        {
            "act": one.act, "reason": one.reason, "title": _title(one, titles),
            "cells": [
                (titles[key], one.was.get(key, ""), text) for key, text in one.said.items() if key in titles and text
            ],
        }
        for one in words
    ]  # fmt: skip


def _title(word: RowWord, titles: Mapping[str, str]) -> str:
    """Return how a row is called: its first cell that says something."""
    cells = {**word.said, **{key: text for key, text in word.was.items() if text}}
    return next((cells[key] for key in titles if key != ROW_NUMBER and cells.get(key)), "")
