"""Reports at the desk: the list, a new one, its columns, how far it is, the merged sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.errors import HeldAlready
from linli.offerings.forms.reporting import (
    ReportBindForm,
    ReportForm,
    ReportSheetForm,
    ReportWhyForm,
)
from linli.offerings.queries import reporting as queries
from linli.offerings.services import reporting as services
from linli.offerings.types.reporting import SHEET_STATES, SHEET_TONES, TASK_STATES, TASK_TONES
from linli.offerings.views.reporting_frame import bind_choices, merged_download, sheet_choices, way
from linli.places import queries as places
from linli.ui.addresses import address_of

if TYPE_CHECKING:
    from linli.offerings.models import ReportingTask

GET_POST = ["GET", "HEAD", "POST"]
SHOWN, VIEWS = 50, ("fill", "asked")


@require_safe
def listing(request: Request) -> HttpResponse:
    """Reports to be looked through for one's village, and those asked from here."""
    actor = request.actor
    held = {"fill": bool(actor.own_paths(permits.FILL_REPORTS)), "asked": bool(actor.paths(permits.ASK_REPORTS))}  # fmt: skip
    offered = [view for view in VIEWS if held[view] or actor.is_system]
    if not offered:
        raise NotFound()
    view = request.GET.get("view") or offered[0]
    if view not in offered:
        raise NotFound()
    found = queries.visible_sheets(actor) if view == "fill" else queries.visible_tasks(actor)
    rows = page_of(
        found, queries.NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    items: list[Any] = list(rows.items)
    tasks = items if view == "asked" else []
    context: dict[str, object] = {
        "found": rows, "view": view, "views": offered, "here": address_of(request), "today": localdate(),
        "names": PLACE_NAMES.call([row.path for row in items]),
        "standings": queries.standings_of(tasks), "may_ask": held["asked"],
        "task_states": (TASK_STATES, TASK_TONES), "sheet_states": (SHEET_STATES, SHEET_TONES),
    }  # fmt: skip
    return page(request, "offerings/reporting/list.html", context)


@require_http_methods(GET_POST)
def add(request: Request) -> HttpResponse:
    """Take in a sheet that villages are to fill."""
    paths = queries.places_to_ask(request.actor)
    if not paths:
        raise NotFound()
    names = PLACE_NAMES.call(paths)
    grounds = [(code_of(path), names.get(path, path)) for path in paths]
    chosen = (request.POST or request.GET).get("ground") or grounds[0][0]
    path = next((path for path in paths if code_of(path) == chosen), paths[0])
    form = ReportForm(
        request.POST or None, request.FILES or None, grounds=grounds,
        posts=queries.approving_posts(request.actor, path), initial={"ground": code_of(path)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            task = services.receive_report(
                places.open_place(form.cleaned_data["ground"]), form.facts, file.read(), file.name,
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("The sheet is read. Look which columns are filled by registers."))  # fmt: skip
            return done(request, reverse("offerings:report", args=[task.code]))
    context: dict[str, object] = {"form": form, "way": way((_("New report"), ""))}
    return page(request, "offerings/reporting/new.html", context, status=422 if form.is_bound else 200)  # fmt: skip


@require_http_methods(GET_POST)
def detail(request: Request, code: str) -> HttpResponse:
    """One report: its columns while it is prepared; then who signed off, who is late, what differs."""
    task = queries.get_task(request.actor, code)
    if request.GET.get("format") == "xlsx":
        return merged_download(request, task)
    if task.state != "draft":
        return page(request, "offerings/reporting/task.html", _standing(request, task))
    columns = queries.bound_columns(task)
    form = ReportBindForm(
        request.POST if "bind" in request.POST else None, columns=bind_choices(task, columns),
        initial={"edition": task.edition},
    )  # fmt: skip
    chooser = ReportSheetForm(
        request.POST if "choose" in request.POST else None, **sheet_choices(task),
        initial={"edition": task.edition, "sheet": task.sheet_name, "list": task.list_key},
    )  # fmt: skip
    if request.method == "POST" and _took(request, task, form, chooser):
        return done(request, reverse("offerings:report", args=[code]))
    is_wrong = form.is_bound or chooser.is_bound
    context: dict[str, object] = {
        "task": task, "form": form, "chooser": chooser, "way": way((task.title, "")), "columns": columns,
        "place": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "filled": sum(one.fills == "register" for one in columns),
        "asked": sum(one.fills == "village" for one in columns),
    }  # fmt: skip
    return page(request, "offerings/reporting/bind.html", context, status=422 if is_wrong else 200)


def _took(request: Request, task: Any, form: ReportBindForm, chooser: ReportSheetForm) -> bool:
    """Take what was sent about columns or sheet; say whether it was taken."""
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    sent = form if form.is_bound else chooser
    if not sent.is_valid():
        return False
    try:
        if form.is_bound:
            services.bind_columns(task, form.chosen, edition=form.cleaned_data["edition"], **by)
        else:
            said = chooser.cleaned_data
            services.choose_sheet(task, said["sheet"], said["list"], edition=said["edition"], **by)
    except Invalid as fault:
        sent.take(fault.fields)
        return False
    except WrongState as fault:
        sent.add_error(None, str(fault))
        return False
    messages.success(request, _("Saved."))
    return True


def _standing(request: Request, task: ReportingTask) -> dict[str, object]:
    sheets = list(queries.sheets_of(task))
    differences = queries.differences_of(task)
    names = PLACE_NAMES.call([one.path for one in sheets])
    late = [one for one in sheets if one.state in ("waiting", "lapsed")]
    return {
        "task": task, "sheets": sheets, "names": names, "differences": differences, "late": late,
        "standing": queries.standings_of([task]).get(task.pk), "today": localdate(),
        "states": SHEET_STATES, "tones": SHEET_TONES, "task_states": (TASK_STATES, TASK_TONES),
        "way": way((task.title, "")), "place": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "why": ReportWhyForm(),
    }  # fmt: skip


@require_POST
def act(request: Request, code: str, move: str) -> HttpResponse:
    """Send a report out, end it, or take it back."""
    task = queries.get_task(request.actor, code)
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    edition = whole_number(request.POST.get("edition")) or 0
    try:
        if move == "open":
            services.open_report(task, edition=edition, **by)
            words = _("The report is with the villages, filled in as far as registers go.")
        elif move == "end":
            services.end_report(task, **by)
            words = _("The report has ended.")
        elif move == "withdraw":
            why = ReportWhyForm(request.POST).accepted()["why"]
            services.withdraw_report(task, why, **by)
            words = _("The report is taken back; the villages need not do anything.")
        else:
            raise NotFound()
    except (HeldAlready, Invalid) as fault:
        messages.error(request, " ".join(word for said in fault.fields.values() for word in said))
        return done(request, reverse("offerings:report", args=[code]))
    messages.success(request, words)
    return done(request, reverse("offerings:report", args=[code]))
