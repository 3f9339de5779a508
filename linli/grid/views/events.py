"""Events of the grid on a phone: reported, read, moved on."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.queries.kinds import kind_of
from linli.cases.queries.open_moves import open_moves
from linli.cases.queries.steps_of_events import part_offered
from linli.cases.types.moves import At
from linli.files import services as files
from linli.grid import permits
from linli.grid.forms.rounds import FileForm, SightForm
from linli.grid.queries import choices, rounds, subclasses
from linli.grid.services import events
from linli.grid.types import EVENT, MATTER_TITLES
from linli.grid.types.sending import Sent
from linli.grid.views.frame import GET_POST, due_words
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done, page
from linli.ui.formats import file_size


def must_work(request: Request) -> None:
    """Refuse with NotAllowed whoever works in no cell."""
    require_somewhere(request.actor, permits.WORK)


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


def _photos(request: Request, form: SightForm | FileForm) -> files.FormDrafts:
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
    """An event with its next steps as large buttons; to be filed, with the table of its sub-classes."""
    case = rounds.get_event(request.actor, number)
    return _answer(request, number, _form(case))


def _form(case: Any, *sent: Any) -> FileForm:
    lines = subclasses.lines_of(localdate(), case.matter)
    told = [subclasses.told(one) for one in lines]
    return FileForm(*sent).offer(told, subclasses.area_titles())


def _answer(
    request: Request, number: str, form: FileForm, status: int = 200,
    here: files.FormDrafts = files.FormDrafts(),
) -> HttpResponse:  # fmt: skip
    case = rounds.get_event(request.actor, number)
    kind = kind_of(case.kind, case.version)
    seen, done = rounds.photos_of(case.pk)
    moves = [m for m in open_moves(request.actor, case) if m.name in events.MOVES]
    context: dict[str, object] = {
        "due_words": due_words, "case": case, "state": kind.states[case.state], "form": form, "now": timezone.now(),
        "at": rounds.sighting_of(case.pk), "matters": MATTER_TITLES, "moves": moves,
        "notes": rounds.notes_of(request.actor, case),
        "offer": part_offered(case.pk, request.actor.posts),
        "photos": seen, "done_photos": done, "received": _received(here),
        "areas": subclasses.area_titles(), "filed": _filed(case.pk),
        "to_file": _to_file(case, moves),
    }  # fmt: skip
    return page(request, "grid/event.html", context, status=status)


def _to_file(case: Any, moves: list[Any]) -> list[subclasses.Told]:
    """The table of sub-classes where the event is to be filed now."""
    if not any(move.name == "file" for move in moves):
        return []
    return [subclasses.told(one) for one in subclasses.lines_of(localdate(), case.matter)]


def _filed(case_id: int) -> tuple[subclasses.Told, str] | None:
    """As what an event was filed, in the reader's language, with the level of its area."""
    found = subclasses.filed_as(case_id)
    return (subclasses.told(found[0]), found[1]) if found else None


@require_POST
def move(request: Request, number: str, move: str) -> HttpResponse:
    """Make a step of an event; a word or a photo on it is the evidence or the reason where one is needed.

    Photos that came in stay until the step is right; one that is taken back makes no step.
    """
    case = rounds.get_event(request.actor, number)
    form = _form(case, request.POST, request.FILES)
    if case.kind != EVENT or move not in {*events.MOVES, "take"}:
        raise NotFound()
    here = _photos(request, form)
    is_kept = here.is_fresh or "drop" in request.POST
    status = HTTPStatus.OK if is_kept else HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            _make(request, case.pk, move, form, Sent(here.codes))
        except Invalid as fault:
            _tell(form, fault)
        except WrongState as refused:
            # the event is shown as it stands now, and what was written beside it
            form.add_error(None, str(refused))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Done."))
            return done(request, reverse("grid:event", args=[number]))
    return _answer(request, number, form, status, here)


def _make(request: Request, case_id: int, move: str, form: FileForm, photos: Sent) -> None:
    said, now = form.cleaned_data, timezone.now()
    at, note, actor = At(case_id, said["seq"]), said["note"], request.actor
    if move == "file":
        events.file_event(at, note=note, photos=photos, filed=form.filed, actor=actor, now=now)
    else:
        events.make_move(at, move, note=note, photos=photos, actor=actor, now=now)


def _tell(form: FileForm, fault: Invalid) -> None:
    """Say beside the field what the step was refused with; what lacks is a word or a photo."""
    known = {name: words for name, words in fault.fields.items() if name in form.fields}
    words = _("Write a word on it or add a photo first: it shows what was done, or why.")
    form.take(known or {"note": [words]})
