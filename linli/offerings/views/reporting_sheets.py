"""A village's sheet: what is filled stands as text, what is missing is asked, then it is signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.registries import PLACE_NAMES, POST_NAMES
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings.clients.reporting_lists import opened_rows
from linli.offerings.errors import StillOpen
from linli.offerings.forms.reporting import ReportCellsForm
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_merging as merging
from linli.offerings.queries import reporting_values as values
from linli.offerings.services import reporting_sheets as services
from linli.offerings.types.reporting import SHEET_STATES, SHEET_TONES, Shape
from linli.offerings.views.reporting_frame import as_file, way
from linli.trail.services import record_read
from linli.ui.columns import col
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet

SHOWN_ROWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, code: str) -> HttpResponse:
    """Look a sheet through and say what is missing or wrong."""
    found = queries.get_sheet(request.actor, code)
    rows = _rows(request, found) if found.task.shape == Shape.LIST else None
    if request.GET.get("format") == "xlsx":
        return as_file(merging.sheet_of_village(found, rows), found.task.title)
    columns = queries.bound_columns(found.task)
    cells = queries.cells_of(found, columns, is_chinese=is_chinese()) if rows is None else []
    form = ReportCellsForm(request.POST or None, cells=cells, initial={"edition": found.edition})
    if request.method == "POST" and form.is_valid() and _said(request, found, form):
        return done(request, reverse("offerings:report_sheet", args=[code]))
    return page(request, "offerings/reporting/sheet.html", _frame(found, columns, cells, rows, form),
                status=422 if form.is_bound else 200)  # fmt: skip


def _rows(request: Request, found: ReportingSheet) -> list[dict[str, str]]:
    """Return the rows of a list: as signed, or as the register has them now; the reading is recorded."""
    if found.sealed is not None:
        values.require_list(found.task.list_key, found.path, request.actor)
        rows = opened_rows(found.sealed, found.code)
    else:
        rows = values.rows_of(found.task.list_key, found.path, localdate(), actor=request.actor)
    record_read(on=found, fields=["rows"], actor=request.actor, now=timezone.now(), place=found.path)  # fmt: skip
    return rows


def _said(request: Request, found: ReportingSheet, form: ReportCellsForm) -> bool:
    """Save what was typed, and sign off if that was asked; say whether all of it was taken."""
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    try:
        saved = services.say_cells(found, form.said, edition=form.cleaned_data["edition"], **by)
    except Invalid as fault:
        form.take(fault.fields)
        return False
    except WrongState as fault:
        form.add_error(None, str(fault))
        return False
    if "sign" not in request.POST:
        messages.success(request, _("Saved."))
        return True
    try:
        services.sign_sheet(saved, edition=saved.edition, **by)
    except StillOpen as fault:
        # the answer says 422, which undoes the saving too: the edition stays
        form.take(fault.fields)
        return False
    messages.success(request, _("Signed off. The office sees the sheet now."))
    return True


def _frame(
    found: ReportingSheet, columns: Any, cells: Any, rows: Any, form: ReportCellsForm
) -> dict[str, object]:
    task = found.task
    heads = [one for one in columns if one.fills == "register"] if rows is not None else []
    return {
        "sheet": found, "task": task, "form": form, "cells": cells, "rows": rows, "columns": [col(one.title) for one in heads],
        "shown_rows": [[row.get(one.key, "") for one in heads] for row in (rows or [])[:SHOWN_ROWS]],
        "hidden_rows": max(0, len(rows or []) - SHOWN_ROWS),
        "open": [one for one in cells if one.is_open], "is_waiting": found.state == "waiting",
        "may_take_back": found.state == "signed" and task.state == "open", "today": localdate(),
        "states": (SHEET_STATES, SHEET_TONES), "way": way((task.title, "")),
        "place": PLACE_NAMES.call([found.path]).get(found.path, ""),
        "asker": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "post": POST_NAMES.call([task.post_id]).get(task.post_id, ""),
        "signer": POST_NAMES.call([found.post_id]).get(found.post_id, "") if found.post_id else "",
    }  # fmt: skip


@require_POST
def act(request: Request, code: str, move: str) -> HttpResponse:
    """Fill a sheet again from the registers, or take its signature back."""
    acts = {"refill": services.refill_sheet, "take-back": services.take_back_signature}
    if move not in acts:
        raise NotFound()
    found = queries.get_sheet(request.actor, code)
    edition = whole_number(request.POST.get("edition")) or 0
    acts[move](
        found, edition=edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Done."))
    return done(request, reverse("offerings:report_sheet", args=[code]))
