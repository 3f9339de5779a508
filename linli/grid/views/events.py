"""Events of the grid on a phone: reported, read, moved on."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.queries.kinds import kind_of
from linli.cases.types.moves import At
from linli.grid import permits
from linli.grid.forms.rounds import MoveForm, SightForm
from linli.grid.queries import choices, rounds
from linli.grid.services import events
from linli.grid.types import EVENT, MATTER_TITLES
from linli.grid.views.frame import GET_POST, due_words
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, done, page
from linli.ui.forms import Form

DUE_FIRST = Keyset("due", ("due_at", "id"))
NEWEST = Keyset("new", ("-opened_at", "-id"))
PAGE = 50


def must_work(request: Request) -> None:
    """Refuse with NotAllowed whoever works in no cell."""
    if not request.actor.is_system and not request.actor.paths(permits.WORK):
        raise NotAllowed(permit=permits.WORK.name, at="")


@require_http_methods(GET_POST)
def report(request: Request) -> HttpResponse:
    """Report something seen."""
    must_work(request)
    now = timezone.now()
    initial = {"sent": uuid4(), "cell": request.GET.get("cell", "")}
    form = SightForm(
        request.POST or None, cells=choices.cell_choices(request.actor, now), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        place, cell = choices.read(form.cleaned_data["cell"])
        try:
            opened = events.report_event(
                place,
                cell,
                form.sight,
                uuid=form.cleaned_data["sent"],
                actor=request.actor,
                now=now,
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("Recorded, number %(number)s.") % {"number": opened.number})
            return done(request, reverse("grid:today"))
    status = 422 if form.is_bound else 200
    return page(request, "grid/report.html", {"form": form}, status=status)


@require_safe
def listing(request: Request) -> HttpResponse:
    """Events that somebody may see: open ones by due day, or all, the latest first."""
    must_work(request)
    every = request.GET.get("view") == "all"
    found = rounds.visible_events(request.actor)
    found = found if every else found.filter(is_open=True)
    sort = NEWEST if every else DUE_FIRST
    shown = page_of(found, sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "every": every, "due_words": due_words, "matters": MATTER_TITLES, "now": timezone.now(),
        "titles": {e.pk: kind_of(e.kind, e.version).states[e.state].title for e in shown.items},
    }  # fmt: skip
    return page(request, "grid/events.html", context)


@require_safe
def detail(request: Request, number: str) -> HttpResponse:
    """An event with its next steps as large buttons."""
    return _answer(request, number, MoveForm())


def _answer(request: Request, number: str, form: Form, status: int = 200) -> HttpResponse:
    case = rounds.get_event(request.actor, number)
    kind = kind_of(case.kind, case.version)
    context: dict[str, object] = {
        "due_words": due_words, "case": case, "state": kind.states[case.state], "form": form, "now": timezone.now(),
        "at": rounds.sighting_of(case.pk), "matters": MATTER_TITLES,
        "moves": [m for m in rounds.moves_for(request.actor, case) if m.name in events.MOVES],
        "notes": rounds.notes_of(request.actor, case),
        "offer": rounds.offered_number(case.pk, request.actor.posts),
    }  # fmt: skip
    return page(request, "grid/event.html", context, status=status)


@require_POST
def move(request: Request, number: str, move: str) -> HttpResponse:
    """Make a step of an event; a word on it is the evidence or the reason where one is needed."""
    case = rounds.get_event(request.actor, number)
    form = MoveForm(request.POST)
    if case.kind != EVENT or move not in {*events.MOVES, "take"}:
        raise NotFound()
    if form.is_valid():
        said = form.cleaned_data
        at = At(case.pk, said["seq"])
        try:
            events.make_move(at, move, note=said["note"], actor=request.actor, now=timezone.now())
        except Invalid:
            form.add_error("note", _("Write a word on it first: it shows what was done, or why."))
        else:
            messages.success(request, _("Done."))
            return done(request, reverse("grid:event", args=[number]))
    return _answer(request, number, form, 422)
