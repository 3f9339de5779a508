"""Special supervision visits (专项督查)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.plan import permits, queries, services
from linli.plan.forms import AnswerVisitForm, VisitForm
from linli.plan.states import VisitState
from linli.plan.views.answering import Facts, told
from linli.plan.views.asking import (
    PAGE,
    may_anywhere,
    names_of,
    number_of,
    plan_of,
)
from linli.plan.views.words import STATES
from linli.runtime.queries import offered
from linli.ui.demo import demo_note

NEWEST = Keyset("-visited", ("-visited_on", "-id"))


@require_GET
def visits(request: Request) -> HttpResponse:
    """Visits that the reader may see, the newest first."""
    plan, state = plan_of(request), request.GET.get("state", "")
    asked = queries.visible_visits(request.actor).filter(document=plan)
    asked = asked.filter(state=state) if state in list(VisitState) else asked
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(list(asked.order_by("-visited_on", "-id")), request.GET["format"])
    found = page_of(asked, NEWEST, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    context: dict[str, object] = {
        "plan": plan, "found": found, "state": state, "names": names_of(found.items),
        "may_record": may_anywhere(request, permits.SUPERVISE),
        **offered(request.actor, "plan.visits"),
    }  # fmt: skip
    return page(request, "plan/visits.html", context)


def _file(rows: list[Any], form: str) -> HttpResponse:
    names = names_of(rows)
    heads = [_("Place"), _("Day of the visit"), _("Who came"), _("What was found"),
             _("Answer until"), _("State"), _("What was mended")]  # fmt: skip
    body = [
        [
            names[r.path].name,
            r.visited_on,
            r.visitors,
            r.findings,
            r.due_on or "",
            str(STATES[r.state]),
            r.answer,
        ]
        for r in rows
    ]
    return download([heads, *body], name=_("Supervision visits"), form=form, note=demo_note())


@require_http_methods(["GET", "POST"])
def new_visit(request: Request) -> HttpResponse:
    """Record a visit; a cell of the board fills in place and task."""
    plan = plan_of(request)
    places, tasks = queries.places_for(request.actor, permits.SUPERVISE), queries.open_tasks(plan)
    if not places:
        raise NotFound()
    number = number_of(request.GET.get("task", ""))
    initial = {
        "place": request.GET.get("town", ""), "visited_on": timezone.localdate(),
        "tasks": [str(number)] if number is not None else [],
    }  # fmt: skip
    form = VisitForm(places, tasks, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = next(one for one in places if one.code == data["place"])
        try:
            visit = services.record_visit(
                plan, place, queries.chosen_tasks(tasks, data["tasks"]),
                {**data, "organisation_id": queries.leading_group(plan.path)},
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as wrong:
            form.take(wrong.fields)
        else:
            messages.success(request, _("The visit is recorded."))
            return done(request, reverse("plan:visit", args=[visit.pk]))
    context: dict[str, object] = {"plan": plan, "form": form}
    return page(request, "plan/visit_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit: what was found, what was answered, what comes next."""
    found = queries.get_visit(request.actor, visit_id)
    return _page(request, found, AnswerVisitForm(initial={"version": found.version}))


def _page(
    request: Request, found: Any, form: AnswerVisitForm, current: Facts | None = None
) -> HttpResponse:
    supervises = request.actor.may(permits.SUPERVISE, at=found.path)
    context: dict[str, object] = {
        "visit": found, "form": form, "current": current, "place": names_of([found])[found.path],
        "may_answer": found.state == VisitState.OPEN
        and request.actor.may(permits.FILE, at=found.path),
        "may_close": found.state != VisitState.CLOSED and supervises,
        "may_reopen": found.state == VisitState.ANSWERED and supervises,
    }  # fmt: skip
    return page(request, "plan/visit.html", context, status=422 if form.is_bound else 200)


@require_POST
def step(request: Request, visit_id: int, step: str) -> HttpResponse:
    """Answer, reopen or close a visit."""
    found = queries.get_visit(request.actor, visit_id)
    now = timezone.now()
    if step == "answer":
        form = AnswerVisitForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form)
        try:
            services.answer_visit(found, actor=request.actor, now=now, **form.cleaned_data)
        except (Invalid, WrongState) as refusal:
            found = queries.get_visit(request.actor, visit_id)
            return _page(request, found, form, told(form, refusal, lambda: found, _facts))
    elif step in ("reopen", "close"):
        version = whole_number(request.POST.get("version"))
        if version is None:
            raise Invalid({"version": [_("Load the page again and send it from there.")]})
        move = services.reopen_visit if step == "reopen" else services.close_visit
        move(found, version=version, actor=request.actor, now=now)
    else:
        raise NotFound(step=step)
    messages.success(request, _("Saved."))
    return done(request, reverse("plan:visit", args=[visit_id]))


def _facts(visit: Any) -> Facts:
    """What is on record of a visit now."""
    return [(_("State"), STATES[visit.state]), (_("What was mended"), visit.answer)]
