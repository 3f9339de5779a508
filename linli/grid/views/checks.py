"""Hazard checks by checklist: new, looked at, done again."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.grid.forms.rounds import AnswersForm, CheckForm, RecheckForm
from linli.grid.queries import choices, rounds
from linli.grid.queries.checklists import lines_of
from linli.grid.rules.checklists import failed
from linli.grid.services import checks
from linli.grid.types import ANSWER_TITLES, HAZARD_TITLES, CheckFacts, Hazard
from linli.grid.views.events import must_work
from linli.grid.views.frame import GET_POST
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page


@require_http_methods(GET_POST)
def add(request: Request, hazard: str) -> HttpResponse:
    """Check a place by one of the lists."""
    must_work(request)
    if hazard not in {str(one) for one in Hazard}:
        raise NotFound(hazard=hazard)
    now = timezone.now()
    form = CheckForm(
        request.POST or None, request.FILES or None, hazard=hazard,
        cells=choices.cell_choices(request.actor, now), initial={"sent": uuid4()},
    )  # fmt: skip

    def act() -> int:
        place, cell = choices.read(form.cleaned_data["cell"])
        facts = CheckFacts(hazard, form.cleaned_data["title"], form.answers)
        made = checks.record_check(
            place, cell, facts, photos=_photos(form), key=form.key, actor=request.actor, now=now
        )
        return int(made.pk)

    if request.method == "POST" and (made := _made(form, act)) is not None:
        messages.success(request, _("The check is recorded."))
        return done(request, reverse("grid:check", args=[made]))
    context: dict[str, object] = {"form": form, "title": HAZARD_TITLES[Hazard(hazard)]}
    return page(request, "grid/check_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: Request, check_id: int) -> HttpResponse:
    """A check: what was found, the case that came of it, and when it is checked again."""
    check = rounds.get_check(request.actor, check_id)
    context: dict[str, object] = {
        "check": check, "title": HAZARD_TITLES[Hazard(check.hazard)], "answers": ANSWER_TITLES,
        "lines": [one for one in lines_of(check.hazard) if one[0].key in check.answers],
        "followed": getattr(check, "followed_by", None),
    }  # fmt: skip
    return page(request, "grid/check.html", context)


@require_http_methods(GET_POST)
def again(request: Request, check_id: int) -> HttpResponse:
    """Check again what was not in order."""
    first = rounds.get_check(request.actor, check_id)
    form = RecheckForm(
        request.POST or None, request.FILES or None, hazard=first.hazard,
        only=failed(first.answers), initial={"sent": uuid4()},
    )  # fmt: skip

    def act() -> int:
        made = checks.record_recheck(
            first, form.answers, photos=_photos(form), key=form.key, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
        return int(made.pk)

    if request.method == "POST" and (made := _made(form, act)) is not None:
        messages.success(request, _("The check is recorded."))
        return done(request, reverse("grid:check", args=[made]))
    title = _("Check again: %(what)s") % {"what": first.title}
    context: dict[str, object] = {"form": form, "title": title}
    return page(request, "grid/check_new.html", context, status=422 if form.is_bound else 200)


def _photos(form: AnswersForm) -> list[object]:
    photo = form.cleaned_data.get("photos")
    return [photo] if photo else []


def _made(form: AnswersForm, act: object) -> int | None:
    """Do the act of a form that is whole; return what was made, or None with its faults shown."""
    if not form.is_valid():
        return None
    try:
        return int(act())  # type: ignore[operator]
    except Invalid as fault:
        form.take(fault.fields)
    return None
