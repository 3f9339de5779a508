"""Reports at the desk: a new one, its columns, how far it is, the merged sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paths import code_of
from linli.kernel.registries import PLACE_NAMES, POST_NAMES
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.clients.reporting_downloads import differences_download, merged_download
from linli.offerings.forms.reporting import (
    ReportBindForm,
    ReportFactsForm,
    ReportForm,
    ReportHandBackForm,
    ReportSheetForm,
    ReportWhyForm,
)
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_merging as merging
from linli.offerings.queries.reporting_lists import counts_of
from linli.offerings.rules.reporting_approving import may_approve
from linli.offerings.services import reporting as services
from linli.offerings.services import reporting_approving as approving
from linli.offerings.services import reporting_columns as binding
from linli.offerings.services import reporting_drafts as drafts
from linli.offerings.types.reporting import (
    FILLERS,
    ROW_ACTS,
    SHEET_STATES,
    SHEET_TONES,
    TASK_STATES,
    TASK_TONES,
)
from linli.offerings.views.reporting_acts import sent_words
from linli.offerings.views.reporting_frame import (
    asked_although,
    bind_choices,
    kind_choices,
    sheet_choices,
    way,
)
from linli.places import queries as places
from linli.ui.forms import Form

if TYPE_CHECKING:
    from linli.offerings.models import ReportingTask

GET_POST = ["GET", "HEAD", "POST"]


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
        return merged_download(task, actor=request.actor, now=timezone.now())
    if request.GET.get("format") == "differences":
        return differences_download(task, actor=request.actor, now=timezone.now())
    if task.state != "draft":
        if request.method == "POST":
            raise WrongState(move="save", state=task.state)
        return page(request, "offerings/reporting/task.html", _standing(request, task))
    columns = queries.bound_columns(task)
    forms = _draft_forms(request, task, columns)
    sent = next((form for form in forms.values() if form.is_bound), None)
    if sent is not None and _took(request, task, sent):
        return done(request, reverse("offerings:report", args=[code]))
    context: dict[str, object] = {
        "task": task, **forms, "way": way((task.title, "")), "columns": columns,
        "place": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "may_approve": may_approve(request.actor, task),
        "post": POST_NAMES.call([task.post_id]).get(task.post_id, task.post.title),
        "filled": sum(one.fills == "register" for one in columns),
        "asked": sum(one.fills == "village" for one in columns),
    }  # fmt: skip
    return page(request, "offerings/reporting/bind.html", context, status=422 if sent else 200)


def _draft_forms(request: Request, task: ReportingTask, columns: Any) -> dict[str, Form]:
    """Return the forms of a draft by their names on the page; the one whose button was pressed is bound."""

    def given(button: str) -> Any:
        return request.POST if button in request.POST else None

    columns_sent = given("bind") or given("send")
    edition = {"edition": task.edition}
    about = {
        "title": task.title,
        "post": str(task.post_id),
        "basis": task.basis,
        "due_on": task.due_on,
    }
    return {
        "form": ReportBindForm(
            columns_sent, columns=bind_choices(task, columns), kinds=kind_choices(task, columns),
            whys=asked_although(task, columns), initial=edition,
        ),
        "chooser": ReportSheetForm(
            given("choose"), **sheet_choices(task),
            initial={**edition, "sheet": task.sheet_name, "list": task.list_key},
        ),
        "about": ReportFactsForm(
            given("facts"), posts=queries.approving_posts(request.actor, task.path),
            initial={**edition, **about},
        ),
    }  # fmt: skip


def _took(request: Request, task: ReportingTask, sent: Form) -> bool:
    """Take what was sent about columns, the sheet or the facts; say whether it was taken."""
    if not sent.is_valid():
        return False
    said = sent.cleaned_data
    by: dict[str, Any] = {"edition": said["edition"] or 0, "actor": request.actor, "now": timezone.now()}  # fmt: skip
    try:
        if isinstance(sent, ReportBindForm):
            task = binding.bind_columns(task, sent.chosen, kinds=sent.kinds, whys=sent.whys, **by)
            if "send" in request.POST:
                task = approving.send_report(task, **{**by, "edition": task.edition})
        elif isinstance(sent, ReportFactsForm):
            drafts.describe_report(task, sent.facts, **by)
        else:
            binding.choose_sheet(task, said["sheet"], said["list"], **by)
    except Invalid as fault:
        sent.take(fault.fields)
        return False
    except WrongState as fault:
        sent.add_error(None, str(fault))
        return False
    messages.success(request, sent_words(task) if "send" in request.POST else _("Saved."))
    return True


def _standing(request: Request, task: ReportingTask) -> dict[str, object]:
    sheets = list(queries.sheets_of(task))
    differences = merging.differences_of(task)
    names = PLACE_NAMES.call([one.path for one in sheets])
    signed = [one for one in sheets if one.state == "signed"]
    late = [one for one in sheets if one.state in queries.LATE]
    columns = queries.bound_columns(task)
    return {
        "task": task, "sheets": sheets, "names": names, "columns": columns, "differences": differences, "late": late,
        "standing": queries.standings_of([task]).get(task.pk), "today": localdate(),
        "states": SHEET_STATES, "tones": SHEET_TONES, "task_states": (TASK_STATES, TASK_TONES),
        "way": way((task.title, "")), "place": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "may_ask": request.actor.may(permits.ASK_REPORTS, at=task.path), "may_approve": may_approve(request.actor, task),
        "post": POST_NAMES.call([task.post_id]).get(task.post_id, task.post.title),
        "back": ReportHandBackForm(signed=[(one.code_and_edition, names.get(one.path, one.path)) for one in signed]),
        "fillers": FILLERS, "why": ReportWhyForm(), "rows_said": counts_of(signed) if task.list_key else {}, "acts": ROW_ACTS,
    }  # fmt: skip
