"""Events of the grid on a phone: reported, read, moved on."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.queries.kinds import kind_of
from linli.cases.types.moves import At
from linli.files import services as files
from linli.grid import permits
from linli.grid.forms.rounds import MoveForm, SightForm
from linli.grid.queries import choices, rounds
from linli.grid.services import events
from linli.grid.types import EVENT, MATTER_TITLES
from linli.grid.types.sending import Sent
from linli.grid.views.frame import GET_POST, due_words
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.ui.formats import file_size
from linli.ui.forms import Form


def must_work(request: Request) -> None:
    """Refuse with NotAllowed whoever works in no cell."""
    if not request.actor.is_system and not request.actor.paths(permits.WORK):
        raise NotAllowed(permit=permits.WORK.name, at="")


@require_http_methods(GET_POST)
def report(request: Request) -> HttpResponse:
    """Report something seen; photos that came in stay until the words are right too."""
    must_work(request)
    now, post = timezone.now(), request.POST if request.method == "POST" else None
    form = SightForm(
        post, request.FILES or None, cells=choices.cell_choices(request.actor, now),
        initial={"sent": uuid4(), "cell": request.GET.get("cell", "")},
    )  # fmt: skip
    here = _photos(request, form) if post is not None else files.FormDrafts()
    if form.is_bound and form.is_valid() and (number := _reported(request, form, here)):
        messages.success(request, _("Recorded, number %(number)s.") % {"number": number})
        return done(request, reverse("grid:today"))
    status = 422 if form.is_bound and not here.is_fresh else 200
    context: dict[str, object] = {"form": form, "received": _received(here)}
    return page(request, "grid/report.html", context, status=status)


def _received(here: files.FormDrafts) -> list[tuple[str, str]]:
    """The photos that are here already, each with its size."""
    return [
        (_("Photo %(number)s") % {"number": at}, file_size(one.size))
        for at, one in enumerate(here.files, start=1)
    ]


def _photos(request: Request, form: SightForm | MoveForm) -> files.FormDrafts:
    """Take in what was chosen, and say on the field what was refused."""
    named = files.Named(request.POST.get("kept", ""), request.POST.get("drop", ""))
    uploads = request.FILES.getlist("photos")
    here = files.keep_form_drafts(named, uploads, actor=request.actor, now=timezone.now())
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["kept"] = ",".join(here.codes)  # type: ignore[index]
    if here.refused:
        form.take({"photos": list(here.refused)})
    elif "drop" in request.POST:
        form.as_typed()
    return here


def _reported(request: Request, form: SightForm, here: files.FormDrafts) -> str:
    """Report what was typed; return the number, or nothing with the faults shown."""
    place, cell = choices.read(form.cleaned_data["cell"])
    sight = replace(form.sight, photos=Sent(here.codes))
    uuid = form.cleaned_data["sent"]
    try:
        opened = events.report_event(
            place, cell, sight, uuid=uuid, actor=request.actor, now=timezone.now()
        )
    except Invalid as fault:
        form.take(fault.fields)
        return ""
    return opened.number


@require_safe
def detail(request: Request, number: str) -> HttpResponse:
    """An event with its next steps as large buttons."""
    return _answer(request, number, MoveForm())


def _answer(
    request: Request, number: str, form: Form, status: int = 200,
    here: files.FormDrafts = files.FormDrafts(),
) -> HttpResponse:  # fmt: skip
    case = rounds.get_event(request.actor, number)
    kind = kind_of(case.kind, case.version)
    seen, done = rounds.photos_of(case.pk)
    context: dict[str, object] = {
        "due_words": due_words, "case": case, "state": kind.states[case.state], "form": form, "now": timezone.now(),
        "at": rounds.sighting_of(case.pk), "matters": MATTER_TITLES,
        "moves": [m for m in rounds.moves_for(request.actor, case) if m.name in events.MOVES],
        "notes": rounds.notes_of(request.actor, case),
        "offer": rounds.offered_number(case.pk, request.actor.posts),
        "photos": seen, "done_photos": done, "received": _received(here),
    }  # fmt: skip
    return page(request, "grid/event.html", context, status=status)


@require_POST
def move(request: Request, number: str, move: str) -> HttpResponse:
    """Make a step of an event; a word or a photo on it is the evidence or the reason where one is needed.

    Photos that came in stay until the step is right; one that is taken back makes no step.
    """
    case = rounds.get_event(request.actor, number)
    form = MoveForm(request.POST, request.FILES)
    if case.kind != EVENT or move not in {*events.MOVES, "take"}:
        raise NotFound()
    here = _photos(request, form)
    status = (
        HTTPStatus.OK
        if here.is_fresh or "drop" in request.POST
        else HTTPStatus.UNPROCESSABLE_ENTITY
    )
    if form.is_valid():
        said = form.cleaned_data
        at, photos = At(case.pk, said["seq"]), Sent(here.codes)
        try:
            events.make_move(
                at, move, note=said["note"], photos=photos, actor=request.actor, now=timezone.now()
            )
        except Invalid:
            words = _("Write a word on it or add a photo first: it shows what was done, or why.")
            form.add_error("note", words)
        except WrongState as refused:
            # the event is shown as it stands now, and what was written beside it
            form.add_error(None, str(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Done."))
            return done(request, reverse("grid:event", args=[number]))
    return _answer(request, number, form, status, here)
