"""Pages on which lists of posts and staff are handed in, checked and taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Refusal
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.orgs import permits
from linli.orgs.forms.lists import FAULTS, StaffListForm
from linli.orgs.queries import lists
from linli.orgs.queries.naming import place_name
from linli.orgs.rules.staff_rows import HEADINGS, REQUIRED, WITH_NAME, Fault
from linli.orgs.services import intake
from linli.orgs.states import ListState
from linli.orgs.views.answering import way_to
from linli.places import queries as places
from linli.ui.columns import col
from linli.ui.demo import demo_note

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: Request, code: str) -> HttpResponse:
    """Take a list in, and show those of the place."""
    find = places.open_place if request.method == "POST" else places.get_place
    place = find(code)
    require(request.actor, permits.IMPORT, at=place.path)
    form = StaffListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff_list = intake.receive_staff_list(
                form.cleaned_data["file"], place=place.path, actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Refusal as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, _("The list is being checked. Nothing is taken yet."))
            return done(request, reverse("orgs:staff_list", args=[staff_list.pk]))
    context: dict[str, object] = {
        "place": place,
        "way": way_to(code, (_("Import posts and staff"), ""))[1],
        "title": _("Import posts and staff of %(place)s") % {"place": place_name(place)},
        "form": form,
        "rows": list(lists.staff_lists(request.actor, place.path)[:50]),
        "fields": [(words[0], words[-1], _needed(field)) for field, words in HEADINGS.items()],
        "state_of": state_words,
        "columns": [col(_("File")), col(_("Handed in")), col(_("Rows"), end=True), col(_("State"))],
    }
    return page(request, "orgs/import.html", context, status=422 if form.is_bound else 200)


@require_safe
def blank(request: Request, code: str) -> HttpResponse:
    """An empty sheet with the headings, to be filled in."""
    place = places.get_place(code)
    require(request.actor, permits.IMPORT, at=place.path)
    heads = [words[0] for words in HEADINGS.values()]
    return download([heads], name=_("Posts and staff"), form="xlsx", note="")


@require_safe
def one(request: Request, list_id: int) -> HttpResponse:
    """What the check of a list found, and what was taken."""
    staff_list = lists.get_staff_list(request.actor, list_id)
    faults = [Fault(*fault) for fault in staff_list.faults]
    if request.GET.get("format") in ("csv", "xlsx"):
        rows: list[list[Any]] = [
            [_("Row"), _("Column"), _("What is wrong"), _("What stood there")],
            *map(_said, faults),
        ]
        return download(rows, name=_("Rows left out"), form=request.GET["format"], note=demo_note())
    code = code_of(staff_list.path)
    here = (_("Import posts and staff"), reverse("orgs:import", args=[code]))
    place, way = way_to(code, here, (staff_list.file_name, ""))
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": staff_list.file_name,
        "staff_list": staff_list,
        "state": state_words(staff_list.state),
        "faults": [_said(fault) for fault in faults[:SHOWN]],
        "more_faults": max(0, len(faults) - SHOWN),
        "may_take": staff_list.state == ListState.CHECKED and staff_list.right > 0,
        "may_drop": staff_list.state in (ListState.RECEIVED, ListState.CHECKED),
        "columns": [col(_("Row"), end=True), col(_("Column")), col(_("What is wrong")), col(_("What stood there"))],
    }  # fmt: skip
    return page(request, "orgs/staff_list.html", context)


@require_POST
def take(request: Request, list_id: int) -> HttpResponse:
    """Take the right rows."""
    staff_list = lists.get_staff_list(request.actor, list_id)
    intake.start_taking(staff_list, actor=request.actor, now=timezone.now())
    return done(request, reverse("orgs:staff_list", args=[list_id]))


@require_POST
def drop(request: Request, list_id: int) -> HttpResponse:
    """Put a list away."""
    staff_list = lists.get_staff_list(request.actor, list_id)
    intake.drop_staff_list(staff_list, actor=request.actor, now=timezone.now())
    return done(request, reverse("orgs:staff_list", args=[list_id]))


def _needed(field: str) -> str:
    if field in REQUIRED:
        return _("yes")
    return _("if somebody is named") if field in WITH_NAME else _("no")


def _said(fault: Fault) -> list[Any]:
    return [fault.line, HEADINGS[fault.field][0], str(FAULTS[fault.code]), fault.value]


def state_words(state: str) -> tuple[str, str]:
    """Return how the state of a list reads, and its tone."""
    words = {
        ListState.RECEIVED: (_("being checked"), "run"),
        ListState.CHECKED: (_("checked, nothing taken yet"), "soon"),
        ListState.TAKING: (_("being taken"), "run"),
        ListState.TAKEN: (_("taken"), "done"),
        ListState.DROPPED: (_("put away"), "idle"),
    }
    return words[ListState(state)]
