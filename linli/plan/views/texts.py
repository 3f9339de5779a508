"""The plan as text: documents, tasks, targets, measures, corrections beside the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.registries import INDICATORS
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.plan import imports, permits, queries, services
from linli.plan.forms import FIELD_TITLES, BindForm, ImportForm
from linli.plan.reading.asdata import FORCE_WORDS
from linli.plan.rules.texts import mended
from linli.plan.types import (
    FORCE_TITLES,
    KIND_TITLES,
    LEVEL_TITLES,
    WHY_WORDS,
    Force,
    Origin,
    TargetKind,
)
from linli.plan.views.asking import PAGE, may_anywhere, number_of
from linli.plan.views.words import amount_words, goal_words_for, trend_points
from linli.runtime.queries import offered
from linli.ui.demo import demo_note

IN_ORDER = Keyset("start", ("start", "id"))
BY_CODE = Keyset("code", ("code", "id"))
NEWEST = Keyset("-made", ("-made_at", "-id"))
FILES = ("csv", "xlsx")


@require_http_methods(["GET", "POST"])
def documents(request: Request) -> HttpResponse:
    """The plans of this installation; those with the permit import another."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = _imported(request, form)
        if kept is not None:
            messages.success(request, _("The plan was read. Look through what was guessed."))
            return done(request, reverse("plan:reading", args=[kept.code]))
    context: dict[str, object] = {
        "documents": list(queries.documents()), "form": form,
        "may_import": may_anywhere(request, permits.IMPORT),
    }  # fmt: skip
    return page(request, "plan/documents.html", context, status=422 if form.is_bound else 200)


def _imported(request: Request, form: ImportForm) -> Any:
    data = form.cleaned_data
    path = next(iter(request.actor.paths(permits.IMPORT)), CITY_PATH)
    origin = Origin(data["code"], data["source"], path)
    try:
        return imports.import_file(
            data["file"].read(), origin, actor=request.actor, now=timezone.now()
        )
    except Invalid as wrong:
        form.take(wrong.fields)
        return None


@require_GET
def document(request: Request, code: str) -> HttpResponse:
    """The text beside what was read from it; every stretch leads to its item."""
    plan = queries.get_document(code)
    pieces = queries.pieces_of(plan)
    context: dict[str, object] = {
        "plan": plan, "pieces": pieces, "targets": _by_task(plan),
        "may_correct": request.actor.may(permits.CORRECT, at=plan.path),
        "force_titles": FORCE_TITLES, "goal_words": goal_words_for(request.actor, plan.path),
        "corrections": queries.visible_corrections(request.actor, plan).count(),
    }  # fmt: skip
    return page(request, "plan/document.html", context)


def _by_task(plan: Any) -> dict[int, list[Any]]:
    out: dict[int, list[Any]] = {}
    for target in queries.public_targets(plan):
        out.setdefault(target.task_id or -(target.stage_id or 0), []).append(target)
    return out


@require_GET
def reading(request: Request, code: str) -> HttpResponse:
    """What was guessed, what could not be read, and what people corrected."""
    plan = queries.get_document(code)
    found = page_of(
        queries.visible_corrections(request.actor, plan), NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(PAGE),
    )  # fmt: skip
    if request.GET.get("format") in FILES:
        return _guesses_file(plan, request.GET["format"])
    total = len(plan.text)
    context: dict[str, object] = {
        "plan": plan, "found": found, "fields": FIELD_TITLES, "why": WHY_WORDS,
        "characters": (plan.characters_in_items, total - plan.characters_in_items, total),
    }  # fmt: skip
    return page(request, "plan/reading.html", context)


def _guesses_file(plan: Any, form: str) -> HttpResponse:
    why = WHY_WORDS
    heads = [_("Line"), _("Kind"), _("As printed"), _("Read as"), _("Why")]
    rows = [
        [g["line"], _("guessed"), g["raw"], g["reading"], str(why[g["code"]])] for g in plan.guesses
    ]
    rows += [[u["line"], _("not read"), u["raw"], "", str(why[u["code"]])] for u in plan.unread]
    return download([heads, *rows], name=_("Guesses"), form=form, note=demo_note())


@require_GET
def task(request: Request, code: str, number: int) -> HttpResponse:
    """One task: the plan's own words, departments then and today, measures, targets, values."""
    plan = queries.get_document(code)
    found = queries.get_task(plan, number)
    today = timezone.localdate()
    keys = {t.indicator_key for t in found.targets.all() if t.indicator_key}
    context: dict[str, object] = {
        "plan": plan, "task": found, "text": mended(plan.text[found.body_start : found.body_end]), "mended": mended,
        "departments": list(found.departments.all()),
        "measures": list(queries.measures_of(plan, task=number)),
        "targets": list(found.targets.all()), "amount_words": amount_words, "goal_words": goal_words_for(request.actor, plan.path),
        "values": queries.latest_values(request.actor, keys, [plan.path], today),
        "force_titles": FORCE_TITLES, "levels": LEVEL_TITLES,
        "corrections": list(
            queries.visible_corrections(request.actor, plan, kind="task", item_id=found.pk)[:20]
        ),
        "may_correct": request.actor.may(permits.CORRECT, at=plan.path), "fields": FIELD_TITLES,
        "practices": list(queries.found_practices(task=number)[:5]),
        "numbers": [t.number for t in queries.tasks_of(plan)],
    }  # fmt: skip
    return page(request, "plan/task.html", context)


@require_GET
def targets(request: Request, code: str) -> HttpResponse:
    """All targets of a plan."""
    plan = queries.current_document(code)
    asked, told = queries.public_targets(plan), goal_words_for(request.actor, plan.path)
    if request.GET.get("format") in FILES:
        return _targets_file(asked, told, request.GET["format"])
    found = page_of(asked, BY_CODE, cursor=request.GET.get("cursor"), limit=clean_limit(50))
    context: dict[str, object] = {
        "plan": plan, "found": found, "goal_words": told, "force_titles": FORCE_TITLES,
        "mended": mended,
    }  # fmt: skip
    return page(request, "plan/targets.html", context)


def _targets_file(asked: Any, told: Callable[[Any], str], form: str) -> HttpResponse:
    heads = [_("Code"), _("Name"), _("Target"), _("Deadline"), _("Force"), _("From"), _("Text")]
    rows = [
        [t.code, t.name, told(t), t.deadline or t.deadline_text, FORCE_WORDS[t.force],
         _("read") if t.origin == "read" else _("added by a person"), t.text]
        for t in asked
    ]  # fmt: skip
    return download([heads, *rows], name=_("Targets"), form=form, note=demo_note())


@require_GET
def target(request: Request, code: str, target: str) -> HttpResponse:
    """One target: what the plan says, how it is measured, how it went."""
    plan = queries.get_document(code)
    found = queries.get_target(plan, target)
    today = timezone.localdate()
    indicator = INDICATORS.get(found.indicator_key) if found.indicator_key else None
    may_see = queries.may_see_target_value(request.actor, found, plan.path)
    history = (
        queries.trend_of(request.actor, found.indicator_key, plan.path, today) if may_see else []
    )
    history = [value for value in history if value.numerator is not None]
    choices = [(one.key, f"{one.key} {one.title}") for one in INDICATORS]
    context: dict[str, object] = {
        "plan": plan, "target": found, "goal": goal_words_for(request.actor, plan.path)(found), "indicator": indicator,
        "mended": mended, "may_see": may_see, "history": history, "rows": trend_points(history), "force": FORCE_TITLES[Force(found.force)],
        "kind": KIND_TITLES[TargetKind(found.kind)], "fields": FIELD_TITLES,
        "corrections": list(
            queries.visible_corrections(request.actor, plan, kind="target", item_id=found.pk)[:20]
        ),
        "may_correct": request.actor.may(permits.CORRECT, at=plan.path),
        "may_bind": request.actor.may(permits.MANAGE, at=plan.path),
        "form": BindForm(choices, initial={"indicator": found.indicator_key}),
    }  # fmt: skip
    return page(request, "plan/target.html", context)


@require_POST
def bind(request: Request, code: str, target: str) -> HttpResponse:
    """Say which indicator measures a target."""
    plan = queries.current_document(code)
    found = queries.get_target(plan, target)
    services.bind_target_to_indicator(
        found, request.POST.get("indicator", ""), actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("The target is bound."))
    return done(request, reverse("plan:target", args=[code, target]))


@require_GET
def measures(request: Request, code: str) -> HttpResponse:
    """Every sentence with an action, by force, level and task."""
    plan = queries.current_document(code)
    force, level = request.GET.get("force", ""), request.GET.get("level", "")
    number = number_of(request.GET.get("task", ""))
    asked = queries.measures_of(
        plan, task=number, force=force if force in list(Force) else "",
        addressee=level if level in LEVEL_TITLES else "",
    )  # fmt: skip
    if request.GET.get("format") in FILES:
        return _measures_file(asked, request.GET["format"])
    found = page_of(asked, IN_ORDER, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    context: dict[str, object] = {
        "plan": plan, "found": found, "mended": mended, "force": force, "level": level, "number": number,
        "force_titles": FORCE_TITLES, "levels": LEVEL_TITLES,
        "tasks": list(queries.tasks_of(plan)),
        "may_correct": request.actor.may(permits.CORRECT, at=plan.path),
        **offered(request.actor, "plan.measures"),
    }  # fmt: skip
    return page(request, "plan/measures.html", context)


def _measures_file(asked: Any, form: str) -> HttpResponse:
    heads = [_("Task"), _("Text"), _("Force"), _("Whom it addresses"), _("Deadline"), _("To issue")]
    rows = [
        [m.task.number if m.task else "", m.text, FORCE_WORDS[m.force],
         str(LEVEL_TITLES[m.addressee]), m.deadline or "", "、".join(m.documents)]
        for m in asked
    ]  # fmt: skip
    return download([heads, *rows], name=_("Measures"), form=form, note=demo_note())
