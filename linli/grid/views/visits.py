"""Places of the rounds: which are due, how a visit was, which come in and go out."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.grid.forms.rounds import StopForm, VisitForm
from linli.grid.queries import choices, rounds
from linli.grid.services import visits
from linli.grid.views.events import must_work
from linli.grid.views.frame import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page


@require_http_methods(GET_POST)
def add(request: Request) -> HttpResponse:
    """Take a place into the rounds."""
    must_work(request)
    now = timezone.now()
    form = StopForm(request.POST or None, cells=choices.cell_choices(request.actor, now))
    if request.method == "POST" and form.is_valid():
        place, cell = choices.read(form.cleaned_data["cell"])
        try:
            visits.add_stop(place, cell, form.facts, actor=request.actor, now=now)
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("The place is in the rounds."))
            return done(request, reverse("grid:stops"))
    context: dict[str, object] = {"form": form, "title": _("Take a place into the rounds")}
    return page(request, "grid/stop_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(GET_POST)
def visit(request: Request, stop_id: int) -> HttpResponse:
    """Record a visit; what was learnt becomes a case."""
    stop = rounds.get_stop(request.actor, stop_id)
    form = VisitForm(request.POST or None, initial={"sent": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            visits.record_visit(
                stop, said["outcome"], learnt=form.learnt, key=said["sent"], actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("The visit is recorded."))
            return done(request, reverse("grid:today"))
    context: dict[str, object] = {"form": form, "stop": stop}
    return page(request, "grid/visit.html", context, status=422 if form.is_bound else 200)


@require_POST
def end(request: Request, stop_id: int) -> HttpResponse:
    """Take a place out of the rounds."""
    stop = rounds.get_stop(request.actor, stop_id)
    visits.end_stop(stop, actor=request.actor, now=timezone.now())
    messages.success(request, _("The place is out of the rounds."))
    return done(request, reverse("grid:stops"))
