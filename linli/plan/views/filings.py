"""Town plans: asked for, filed with six contents, returned once, accepted; who is late."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.plan import permits, queries, services
from linli.plan.forms import CallForm, CheckForm, NewTownPlanForm, RefileForm
from linli.plan.rules.contents import lacking
from linli.plan.states import FilingState
from linli.plan.types import CONTENTS, CallKind
from linli.plan.views.answering import Facts, told
from linli.plan.views.asking import PAGE, may_anywhere, names_of, plan_of
from linli.plan.views.words import STATES
from linli.runtime.queries import offered
from linli.ui.demo import demo_note
from linli.ui.formats import statements

BY_PLACE = Keyset("place", ("path", "id"))


@require_GET
def filings(request: Request) -> HttpResponse:
    """Town plans with their state; the late list; what towns were asked for."""
    plan, today = plan_of(request), timezone.localdate()
    state = request.GET.get("state", "")
    asked = queries.visible_town_plans(request.actor).filter(document=plan)
    if state in list(FilingState):
        asked = asked.filter(state=state)
    late = queries.late_towns(request.actor, plan, today)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(list(asked.order_by("path")), late, request.GET["format"])
    found = page_of(asked, BY_PLACE, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    calls = list(queries.calls_of(plan))
    context: dict[str, object] = {
        "plan": plan, "found": found, "late": late, "state": state, "contents": CONTENTS,
        "names": names_of([*found.items, *calls]), "calls": calls,
        "may_call": may_anywhere(request, permits.MANAGE),
        **offered(request.actor, "plan.filings"),
        "may_file": may_anywhere(request, permits.FILE),
        "is_staff": may_anywhere(request, permits.VIEW),
    }  # fmt: skip
    return page(request, "plan/filings.html", context)


def _file(plans: list[Any], late: list[Any], form: str) -> HttpResponse:
    names = names_of(plans)
    heads = [
        pgettext("board", "Town"),
        _("Title of the plan"),
        _("Document number"),
        _("State"),
        _("Filed"),
        _("Late"),
    ]
    rows = [
        [
            names[p.path].name,
            p.title,
            p.document_number,
            str(STATES[p.state]),
            localdate(p.filed_at),
            "",
        ]
        for p in plans
    ]
    rows += [[town.name, "", "", "", "", _("late")] for town in late]
    return download([heads, *rows], name=_("Town plans"), form=form, note=demo_note())


@require_http_methods(["GET", "POST"])
def new_call(request: Request) -> HttpResponse:
    """Ask towns for their plans or reports."""
    plan = plan_of(request)
    places = queries.callable_places(request.actor)
    if not places:
        raise NotFound()
    form = CallForm(places, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        path = next(place.path for place in places if place.code == data["place"])
        try:
            services.call_towns(
                plan, CallKind(data["kind"]), path=path, due_on=data["due_on"],
                basis=data["basis"], actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The towns were asked."))
            return done(request, reverse("plan:filings"))
    context: dict[str, object] = {"plan": plan, "form": form, "title": _("Ask the towns")}
    return page(request, "plan/call.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_call(request: Request, call_id: int) -> HttpResponse:
    """End a demand."""
    call = queries.get_call(plan_of(request), call_id)
    services.end_call(call, on=timezone.localdate(), actor=request.actor, now=timezone.now())
    messages.success(request, _("Nobody is asked for this any more."))
    return done(request, reverse("plan:filings"))


@require_http_methods(["GET", "POST"])
def new_filing(request: Request) -> HttpResponse:
    """File a town's plan."""
    plan = plan_of(request)
    places = [p for p in queries.places_for(request.actor, permits.FILE) if p.level == "town"]
    if not places:
        raise NotFound()
    initial = {"place": request.GET.get("place", "")}
    form = NewTownPlanForm(places, request.POST or None, request.FILES or None, initial=initial)
    if "read" in request.POST:
        form = _filled(request, places)
    elif request.method == "POST" and form.is_valid():
        place = next(one for one in places if one.code == form.cleaned_data["place"])
        try:
            filed = services.file_town_plan(
                plan, place, form.cleaned_data, actor=request.actor, now=timezone.now()
            )
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The plan is filed. You are told when it was checked."))
            return done(request, reverse("plan:filing", args=[filed.pk]))
    context: dict[str, object] = {"plan": plan, "form": form, "contents": CONTENTS}
    return page(request, "plan/filing_new.html", context, status=422 if form.is_bound else 200)


def _filled(request: Request, places: list[Any]) -> NewTownPlanForm:
    """The form with what the town's own text says; what was typed already stays."""
    typed = {key: value for key, value in request.POST.dict().items() if value}
    file = request.FILES.get("file")
    try:
        hints = queries.contents_of(file.read() if file else b"")
    except Invalid as wrong:
        form = NewTownPlanForm(places, request.POST, request.FILES)
        form.take(wrong.fields)
        return form
    return NewTownPlanForm(places, initial={**hints, **typed})


@require_GET
def filing(request: Request, plan_id: int) -> HttpResponse:
    """One town plan; whoever checks it says for each content what it lacks, or accepts it."""
    filed = queries.get_town_plan(request.actor, plan_id)
    return _filing_page(request, filed, CheckForm(initial={"version": filed.version}))


def _filing_page(
    request: Request, filed: Any, form: CheckForm, current: Facts | None = None
) -> HttpResponse:
    context: dict[str, object] = {
        "filed": filed, "form": form, "current": current, "contents": CONTENTS, "empty": lacking(filed.contents),
        "place": names_of([filed])[filed.path],
        "may_check": filed.state == FilingState.FILED
        and request.actor.may(permits.CHECK, at=filed.path),
        "may_refile": filed.state == FilingState.RETURNED
        and request.actor.may(permits.FILE, at=filed.path),
    }  # fmt: skip
    return page(request, "plan/filing.html", context, status=422 if form.is_bound else 200)


@require_POST
def check(request: Request, plan_id: int) -> HttpResponse:
    """Accept a plan or return it with its reasons."""
    filed = queries.get_town_plan(request.actor, plan_id)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _filing_page(request, filed, form)
    try:
        checked = services.check_town_plan(
            filed, form.cleaned_data, version=form.cleaned_data["version"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
    except WrongState as refusal:
        filed = queries.get_town_plan(request.actor, plan_id)
        return _filing_page(request, filed, form, told(form, refusal, lambda: filed, _facts))
    is_accepted = checked.state == FilingState.ACCEPTED
    messages.success(request, _("Accepted.") if is_accepted else _("Returned with the reasons."))
    return done(request, reverse("plan:filing", args=[plan_id]))


@require_http_methods(["GET", "POST"])
def refile(request: Request, plan_id: int) -> HttpResponse:
    """File a returned plan again; what was filed before fills the form."""
    filed = queries.get_town_plan(request.actor, plan_id)
    initial = {
        "title": filed.title, "document_number": filed.document_number, "version": filed.version,
        **filed.contents,
    }  # fmt: skip
    form, current = RefileForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            services.refile_town_plan(
                filed, form.cleaned_data, version=form.cleaned_data["version"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except (Invalid, WrongState) as refusal:
            filed = queries.get_town_plan(request.actor, plan_id)
            current = told(form, refusal, lambda: filed, _facts)
        else:
            messages.success(request, _("The plan is filed. You are told when it was checked."))
            return done(request, reverse("plan:filing", args=[plan_id]))
    context: dict[str, object] = {
        "filed": filed, "form": form, "contents": CONTENTS, "current": current,
    }  # fmt: skip
    return page(request, "plan/filing_new.html", context, status=422 if form.is_bound else 200)


def _facts(filed: Any) -> Facts:
    """What is on record of a town plan now."""
    reasons = [f"{CONTENTS[key]}: {reason}" for key, reason in filed.lacking.items()]
    return [
        (_("Title of the plan"), filed.title),
        (_("Document number"), filed.document_number),
        (_("State"), STATES[filed.state]),
        *((str(title), filed.contents.get(key)) for key, title in CONTENTS.items()),
        (_("What is missing"), statements(reasons)),
    ]
