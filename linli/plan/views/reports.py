"""Reports of towns on tasks: what the board goes by where the system counts nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.plan import permits, queries, services
from linli.plan.forms import CheckReportForm, RefileReportForm, ReportForm
from linli.plan.states import FilingState
from linli.plan.views.answering import Facts, told
from linli.plan.views.asking import PAGE, names_of, number_of, plan_of
from linli.plan.views.words import STATES
from linli.runtime.queries import offered
from linli.ui.demo import demo_note

BY_PLACE = Keyset("place", ("path", "id"))


@require_GET
def reports(request: Request) -> HttpResponse:
    """Reports that the reader may see, by task and state."""
    plan = plan_of(request)
    state, number = request.GET.get("state", ""), number_of(request.GET.get("task", ""))
    asked = queries.visible_reports(request.actor).filter(document=plan).select_related("task")
    asked = asked.filter(state=state) if state in list(FilingState) else asked
    asked = asked.filter(task__number=number) if number is not None else asked
    if request.GET.get("format") in ("csv", "xlsx"):
        rows = list(asked.order_by("path", "task__number"))
        names = names_of(rows)
        heads = [
            pgettext("board", "Town"),
            _("Task"),
            _("State"),
            _("Papers"),
            pgettext("report", "Text"),
        ]
        body = [
            [names[r.path].name, r.task.number, str(STATES[r.state]), r.evidence_count, r.text]
            for r in rows
        ]
        return download(
            [heads, *body], name=_("Reports"), form=request.GET["format"], note=demo_note()
        )
    found = page_of(asked, BY_PLACE, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    context: dict[str, object] = {
        "plan": plan, "found": found, "state": state, "number": number,
        "names": names_of(found.items), "tasks": list(queries.tasks_of(plan)),
        **offered(request.actor, "plan.reports"),
    }  # fmt: skip
    return page(request, "plan/reports.html", context)


@require_http_methods(["GET", "POST"])
def new_report(request: Request, number: int, town: str) -> HttpResponse:
    """Report on a task for a town."""
    plan = plan_of(request)
    place = queries.place_at(request.actor, permits.FILE, town)
    task = queries.get_task(plan, number)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = services.file_report(
                task, place, form.cleaned_data["text"],
                evidence_count=form.cleaned_data["evidence_count"] or 0,
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is filed."))
            return done(request, reverse("plan:report", args=[report.pk]))
    context: dict[str, object] = {
        "plan": plan, "task": task, "place": place, "form": form, "is_counted": queries.is_counted(task),
    }  # fmt: skip
    return page(request, "plan/report_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def report(request: Request, report_id: int) -> HttpResponse:
    """One report: the city accepts or returns it, the town writes a returned one again."""
    found = queries.get_report(request.actor, report_id)
    may_check = found.state == FilingState.FILED and request.actor.may(permits.CHECK, at=found.path)
    may_refile = found.state == FilingState.RETURNED and request.actor.may(
        permits.FILE, at=found.path
    )
    form, current = _form(request, found, may_refile=may_refile), None
    if request.method == "POST" and form.is_valid():
        try:
            _step(request, found, form)
        except (Invalid, WrongState) as refusal:
            found = queries.get_report(request.actor, report_id)
            current = told(form, refusal, lambda: found, _facts)
        else:
            messages.success(request, _("Saved."))
            return done(request, reverse("plan:report", args=[report_id]))
    context: dict[str, object] = {
        "report": found, "form": form, "current": current,
        "is_refile": isinstance(form, RefileReportForm), "may_check": may_check, "may_refile": may_refile,
        "place": names_of([found])[found.path], "is_counted": queries.is_counted(found.task),
    }  # fmt: skip
    return page(request, "plan/report.html", context, status=422 if form.is_bound else 200)


def _form(request: Request, found: Any, *, may_refile: bool) -> RefileReportForm | CheckReportForm:
    """What was sent says which form it was: the state may have changed since it was opened."""
    initial = {"version": found.version}
    if "text" in request.POST if request.method == "POST" else may_refile:
        initial |= {"text": found.text, "evidence_count": found.evidence_count}
        return RefileReportForm(request.POST or None, initial=initial)
    return CheckReportForm(request.POST or None, initial=initial)


def _step(request: Request, found: Any, form: RefileReportForm | CheckReportForm) -> None:
    now, data = timezone.now(), form.cleaned_data
    if isinstance(form, RefileReportForm):
        services.refile_report(
            found, data["text"], evidence_count=data["evidence_count"] or 0,
            version=data["version"], actor=request.actor, now=now,
        )  # fmt: skip
        return
    services.check_report(
        found, reason=data["reason"], version=data["version"], actor=request.actor, now=now,
    )  # fmt: skip


def _facts(report: Any) -> Facts:
    """What is on record of a report now."""
    return [
        (_("State"), STATES[report.state]),
        (pgettext("report", "Text"), report.text),
        (_("What is missing"), report.reason),
    ]
