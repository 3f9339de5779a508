"""Pilots and cards of good practice."""

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
from linli.plan import permits, queries, services
from linli.plan.forms import EndPilotForm, PilotForm, PracticeForm
from linli.plan.states import PilotState
from linli.plan.views.answering import Facts, told
from linli.plan.views.asking import (
    PAGE,
    may_anywhere,
    names_of,
    number_of,
    plan_of,
)
from linli.runtime.queries import offered
from linli.ui.demo import demo_note
from linli.ui.formats import day, listed

NEWEST = Keyset("-started", ("-started_on", "-id"))
NEWEST_CARD = Keyset("-written", ("-written_at", "-id"))


@require_GET
def pilots(request: Request) -> HttpResponse:
    """Pilots: what is tried where, and what ended ones taught."""
    plan, state = plan_of(request), request.GET.get("state", "")
    asked = queries.visible_pilots(request.actor).filter(document=plan)
    asked = asked.filter(state=state) if state in list(PilotState) else asked
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(list(asked.order_by("-started_on", "-id")), request.GET["format"])
    found = page_of(asked, NEWEST, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    context: dict[str, object] = {
        "plan": plan, "found": found, "state": state, "names": names_of(found.items),
        "may_start": may_anywhere(request, permits.PILOT),
        **offered(request.actor, "plan.pilots"),
    }  # fmt: skip
    return page(request, "plan/pilots.html", context)


def _file(rows: list[Any], form: str) -> HttpResponse:
    names = names_of(rows)
    heads = [
        _("Place"),
        _("What is tried"),
        _("Tasks"),
        _("First day"),
        _("Last day"),
        _("Summary"),
    ]
    body = [
        [names[r.path].name, r.title, listed(t.number for t in r.tasks.all()), r.started_on,
         r.ended_on or "", r.summary]
        for r in rows
    ]  # fmt: skip
    return download([heads, *body], name=_("Pilots"), form=form, note=demo_note())


@require_http_methods(["GET", "POST"])
def new_pilot(request: Request) -> HttpResponse:
    """Start a pilot."""
    plan = plan_of(request)
    places, tasks = queries.places_for(request.actor, permits.PILOT), queries.open_tasks(plan)
    if not places:
        raise NotFound()
    form = PilotForm(
        places, tasks, request.POST or None, initial={"place": request.GET.get("place")}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = next(one for one in places if one.code == data["place"])
        try:
            pilot = services.start_pilot(
                plan, place, queries.chosen_tasks(tasks, data["tasks"]), data,
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as wrong:
            form.take(wrong.fields)
        else:
            messages.success(request, _("The pilot has begun."))
            return done(request, reverse("plan:pilot", args=[pilot.pk]))
    context: dict[str, object] = {"plan": plan, "form": form, "title": _("Start a pilot")}
    return page(request, "plan/pilot_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def pilot(request: Request, pilot_id: int) -> HttpResponse:
    """One pilot; whoever runs it ends it with a summary."""
    found = queries.get_pilot(request.actor, pilot_id)
    form = EndPilotForm(request.POST or None, initial={"version": found.version})
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            services.end_pilot(found, actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except (Invalid, WrongState) as refusal:
            found = queries.get_pilot(request.actor, pilot_id)
            current = told(form, refusal, lambda: found, _facts)
        else:
            messages.success(request, _("The pilot has ended."))
            return done(request, reverse("plan:pilot", args=[pilot_id]))
    context: dict[str, object] = {
        "pilot": found, "form": form, "current": current, "place": names_of([found])[found.path],
        "may_end": found.state == PilotState.RUNNING
        and request.actor.may(permits.PILOT, at=found.path),
        "may_write": request.actor.may(permits.PRACTICE, at=found.path),
        "practices": list(queries.found_practices().filter(pilot=found)),
    }  # fmt: skip
    return page(request, "plan/pilot.html", context, status=422 if form.is_bound else 200)


def _facts(pilot: Any) -> Facts:
    """What is on record of a pilot now."""
    return [(_("Last day"), pilot.ended_on and day(pilot.ended_on)), (_("Summary"), pilot.summary)]


@require_GET
def practices(request: Request) -> HttpResponse:
    """Cards of good practice, by words and task."""
    plan = plan_of(request)
    words, number = request.GET.get("q", "").strip(), number_of(request.GET.get("task", ""))
    asked = queries.found_practices(words, task=number)
    found = page_of(asked, NEWEST_CARD, cursor=request.GET.get("cursor"), limit=clean_limit(12))
    context: dict[str, object] = {
        "plan": plan, "found": found, "words": words, "number": number,
        "names": names_of(found.items), "tasks": queries.open_tasks(plan),
        "may_write": may_anywhere(request, permits.PRACTICE),
        **offered(request.actor, "plan.practices"),
    }  # fmt: skip
    return page(request, "plan/practices.html", context, part="plan/_practices.html")


@require_http_methods(["GET", "POST"])
def new_practice(request: Request) -> HttpResponse:
    """Write a card, alone or out of a pilot."""
    plan = plan_of(request)
    places, tasks = queries.places_for(request.actor, permits.PRACTICE), queries.open_tasks(plan)
    if not places:
        raise NotFound()
    number = number_of(request.GET.get("pilot", ""))
    pilot = queries.get_pilot(request.actor, number) if number is not None else None
    form = PracticeForm(places, tasks, request.POST or None, initial=_from(pilot))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = next(one for one in places if one.code == data["place"])
        card = services.add_practice(
            plan, place, queries.chosen_tasks(tasks, data["tasks"]), {**data, "pilot": pilot},
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The card is published."))
        return done(request, reverse("plan:practice", args=[card.pk]))
    context: dict[str, object] = {"plan": plan, "form": form, "pilot": pilot}
    return page(request, "plan/practice_new.html", context, status=422 if form.is_bound else 200)


def _from(pilot: Any) -> dict[str, Any]:
    """What a pilot has said already is not asked again."""
    if pilot is None:
        return {}
    return {
        "place": pilot.path.rstrip("/").rpartition("/")[2],
        "title": pilot.title,
        "tasks": [str(task.number) for task in pilot.tasks.all()],
        "problem": pilot.reason,
        "effect": pilot.summary,
    }


@require_GET
def practice(request: Request, practice_id: int) -> HttpResponse:
    """One card."""
    card = queries.get_practice(practice_id)
    context: dict[str, object] = {
        "card": card, "place": names_of([card])[card.path],
        "may_withdraw": request.actor.may(permits.PRACTICE, at=card.path),
    }  # fmt: skip
    return page(request, "plan/practice.html", context)


@require_POST
def withdraw(request: Request, practice_id: int) -> HttpResponse:
    """Take a card out of the search."""
    card = queries.get_practice(practice_id)
    services.withdraw_practice(card, actor=request.actor, now=timezone.now())
    messages.success(request, _("The card was withdrawn."))
    return done(request, reverse("plan:practices"))
