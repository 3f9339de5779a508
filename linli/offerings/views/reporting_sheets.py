"""A village's sheet: what is filled stands as text, what is missing is asked, then it is signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings.clients.reporting_downloads import as_file
from linli.offerings.errors import StillOpen
from linli.offerings.forms.reporting import ReportCellsForm
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_merging as merging
from linli.offerings.services import reporting_sheets as services
from linli.offerings.types.reporting import Shape
from linli.offerings.types.reporting_cells import Kind
from linli.offerings.views.reporting_frame import about_sheet
from linli.offerings.views.reporting_rows import list_sheet
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingSheet

# the keyboard of a phone for what a cell takes
INPUT_MODES = {
    Kind.WHOLE: "numeric",
    Kind.NUMBER: "decimal",
    Kind.PERCENT: "decimal",
    Kind.PHONE: "tel",
}


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, code: str) -> HttpResponse:
    """Look a sheet through and say what is missing or wrong."""
    found = queries.get_sheet(request.actor, code)
    if found.task.shape == Shape.LIST:
        return list_sheet(request, found)
    if request.GET.get("format") == "xlsx":
        return as_file(merging.sheet_of_village(found), found.task.title)
    columns = queries.bound_columns(found.task)
    cells = queries.cells_of(found, columns, is_chinese=is_chinese())
    form = ReportCellsForm(request.POST or None, cells=cells, initial={"edition": found.edition})
    if request.method == "POST" and form.is_valid() and _said(request, found, form):
        return done(request, reverse("offerings:report_sheet", args=[code]))
    context: dict[str, object] = {
        **about_sheet(found), "form": form, "cells": cells, "open": [one for one in cells if one.is_open],
        "modes": INPUT_MODES,
    }  # fmt: skip
    return page(request, "offerings/reporting/sheet.html", context, status=422 if form.is_bound else 200)  # fmt: skip


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
