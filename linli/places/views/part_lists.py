"""A list of groups and buildings: checked without a trace, every refused row with its reasons, taken."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import partial
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.dates import parse
from linli.kernel.errors import NotFound
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.tables import Line
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.errors import PART_FAULTS
from linli.places.forms import PartsListForm
from linli.places.forms.parts import lines_of
from linli.places.queries.part_lists import Checked, check_parts
from linli.places.rules import part_rows
from linli.places.rules.part_rows import HEADINGS, REQUIRED, PartFault
from linli.ui.demo import demo_note
from linli.ui.formats import listed, statements


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: Request, code: str) -> HttpResponse:
    """Take a list in: first it is only checked; what was checked is sent again to be taken."""
    find = queries.open_place if request.method == "POST" else queries.get_place
    village = _tended(request, find(code))
    step = request.POST.get("step", "check")
    if request.method == "POST" and step in ("take", "refused"):
        return _again(request, village, step)
    return _first(request, village, PartsListForm(request.POST or None, request.FILES or None))


def _first(request: Request, village: Any, form: PartsListForm) -> HttpResponse:
    """The page that takes a file, and what was found in it."""
    context: dict[str, Any] = {
        "place": village, "form": form, "successors": queries.successors_of(village),
        "fields": [(words[0], words[-1], key in REQUIRED) for key, words in HEADINGS.items()],
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["file"]
        missing = part_rows.missing_columns(part_rows.columns_of(lines[0][1]))
        if missing:
            words = _("These columns are missing: %(names)s.") % {"names": listed(missing)}
            form.add_error("file", words)
        else:
            return page(request, "places/part_list.html", {**context, **_shown(village, lines)})
    return page(request, "places/part_import.html", context, status=422 if form.is_bound else 200)


def _shown(village: Any, lines: Sequence[Line]) -> dict[str, Any]:
    checked = _check(village, lines)
    return {
        "checked": checked, "groups": sum(part.level == "group" for _line, part in checked.right),
        "table": _as_text(lines),
        "refused": [(line, cells, _reasons(checked.faults, line)) for line, cells in checked.refused[:200]],
        "more": max(0, len(checked.refused) - 200),
    }  # fmt: skip


def _again(request: Request, village: Any, step: str) -> HttpResponse:
    """The list that was checked comes back with the page, and is checked anew."""
    try:
        lines = lines_of(request.POST.get("table", "").encode())
    except ValidationError as fault:
        form = PartsListForm({})
        form.errors["file"] = form.error_class(fault.messages)
        return _first(request, village, form)
    if part_rows.missing_columns(part_rows.columns_of(lines[0][1])):
        return done(request, reverse("places:parts_import", args=[village.code]))
    checked = _check(village, lines)
    if step == "refused":
        heads = [_("Row"), *lines[0][1], _("What is wrong")]
        body = [[n, *cells, _reasons(checked.faults, n)] for n, cells in checked.refused]
        name = _("Rows left out")
        note = demo_note(anyway=village.is_invented)
        return download([heads, *body], name=name, form="csv", note=note)
    made, _faults = services.add_parts(
        village, checked.right, actor=request.actor, now=timezone.now()
    )
    words = ngettext("%(num)s row is taken.", "%(num)s rows are taken.", len(made))
    messages.success(request, words % {"num": len(made)})
    return done(request, reverse("places:parts", args=[village.code]))


@require_GET
def blank(request: Request, code: str) -> HttpResponse:
    """An empty sheet with the headings, to be filled in."""
    _tended(request, queries.get_place(code))
    heads = [words[0] for words in HEADINGS.values()]
    return download([heads], name=_("Groups and buildings"), form="xlsx")


def _tended(request: Request, village: Any) -> Any:
    """Only a village has such lists. Refuses with NotAllowed, NotFound."""
    require(request.actor, permits.TEND, at=village.path)
    if village.level != "village":
        raise NotFound(code=village.code)
    return village


def _check(village: Any, lines: Sequence[Line]) -> Checked:
    today = timezone.localdate()
    return check_parts(village, lines, partial(parse, today=today), today=today)


def _reasons(faults: Sequence[PartFault], line: int) -> str:
    return statements(
        f"{HEADINGS[fault.field][0]}: {PART_FAULTS[fault.code]}"
        for fault in faults
        if fault.line == line
    )


def _as_text(lines: Sequence[Line]) -> str:
    """The list as csv text that keeps its line numbers: empty lines stand where they stood."""
    out = StringIO()
    writer, at = csv.writer(out), 1
    for number, cells in lines:
        writer.writerows([] for _gap in range(number - at))
        writer.writerow(cells)
        at = number + 1
    return out.getvalue()
