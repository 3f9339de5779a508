"""The two lists of reports: what a village looks through, and what was asked from an office."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.sheets import day_cell, download, moment_cell
from linli.kernel.web import Request, page
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_lists as lists
from linli.offerings.queries.reporting_lists import ASKED, FILL, PERMITS
from linli.offerings.types.reporting import SHEET_STATES, SHEET_TONES, TASK_STATES, TASK_TONES
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.demo import demo_note

LIST = "offerings.reports"
SHOWN, FILTERS = 50, ("q", "state", "due", "place")


@require_safe
def listing(request: Request) -> HttpResponse:
    """Reports to be looked through for one's village, and those asked from here."""
    actor, today = request.actor, localdate()
    held = {FILL: bool(actor.own_paths(PERMITS[FILL])), ASKED: bool(actor.paths(PERMITS[ASKED]))}
    views = [view for view in (FILL, ASKED) if held[view] or actor.is_system]
    view = request.GET.get("view") or (views[0] if views else "")
    if view not in views:
        raise NotFound()
    found = _found(request, view)
    if (form := request.GET.get("format", "")) in ("xlsx", "csv"):
        return _file(view, list(found.order_by("-pk")[: lists.EXPORTED]), form)
    rows = page_of(
        found, queries.NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    items: list[Any] = list(rows.items)
    states, tones = (SHEET_STATES, SHEET_TONES) if view == FILL else (TASK_STATES, TASK_TONES)
    context: dict[str, object] = {
        "found": rows, "view": view, "views_of_list": views, "here": address_of(request), "shown": FILTERS,
        "today": today, "grounds": lists.places_of(actor, view), "names": _names(items),
        "standings": queries.standings_of(items if view == ASKED else []), "may_ask": held[ASKED],
        "states": states, "tones": tones, **offered(actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/reporting/list.html", context)


def _found(request: Request, view: str) -> Any:
    wanted = lists.wanted_of(request.GET, view)
    narrowed = lists.wanted_sheets if view == FILL else lists.wanted_tasks
    return narrowed(request.actor, wanted, localdate())


def _names(items: list[Any]) -> dict[str, str]:
    names: dict[str, str] = PLACE_NAMES.call([row.path for row in items])
    return names


def _file(view: str, items: list[Any], form: str) -> HttpResponse:
    rows = _sheet_rows(items) if view == FILL else _task_rows(items)
    return download(rows, name=_("Reports by spreadsheet"), form=form, note=demo_note())


def _sheet_rows(items: list[Any]) -> list[list[Any]]:
    names = _names(items)
    heads = [_("Title of the sheet"), _("Place"), _("Basis"), _("Last day"), _("State"), _("Signed off"),
             pgettext("sheet", "Cells"), _("Filled by the system")]  # fmt: skip
    return [heads, *(
        [
            one.task.title, names.get(one.path, ""), one.task.basis, day_cell(one.task.due_on),
            str(SHEET_STATES[one.state]), moment_cell(one.signed_at), one.cells_asked,
            one.cells_asked - one.cells_open,
        ]
        for one in items
    )]  # fmt: skip


def _task_rows(items: list[Any]) -> list[list[Any]]:
    names, standings = _names(items), queries.standings_of(items)
    heads = [_("Title of the sheet"), _("Place"), _("Basis"), _("Last day"), _("State"), _("Sent out"),
             _("Villages asked"), _("Signed off"), pgettext("sheet", "Cells"), _("Filled by the system")]  # fmt: skip
    nothing = queries.Standing(0, 0, 0, 0)
    told = [(one, standings.get(one.pk, nothing)) for one in items]
    return [heads, *(
        [
            one.title, names.get(one.path, ""), one.basis, day_cell(one.due_on), str(TASK_STATES[one.state]),
            moment_cell(one.opened_at), how.sheets, how.signed, how.cells, how.cells - how.open,
        ]
        for one, how in told
    )]  # fmt: skip
