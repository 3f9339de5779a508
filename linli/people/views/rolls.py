"""Rolls and who is on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.people import permits
from linli.people.forms import EntryForm, LeaveForm, RollForm
from linli.people.queries.persons import get_person
from linli.people.queries.rolls import get_entry, get_roll, list_entries, visible_rolls
from linli.people.queries.scopes import places_to_choose
from linli.people.queries.search import FoundPage, find_people
from linli.people.services import rolls as services
from linli.people.types import RollKind, titles
from linli.people.views.frame import GET_POST, form_page, ordered, parts_of, place_name
from linli.runtime.queries import offered

BY_ID = Keyset("place", ("path", "kind", "id"))


@require_GET
def roll_list(request: Request) -> HttpResponse:
    """Rolls that one may see."""
    if not request.actor.holds(permits.VIEW_ROLLS):
        raise NotFound()
    kind = request.GET.get("kind", "")
    found = visible_rolls(request.actor)
    if kind in set(RollKind):
        found = found.filter(kind=kind)
    rolls = page_of(
        found, BY_ID, cursor=request.GET.get("cursor"), limit=clean_limit(request.GET.get("limit"))
    )
    may_open = bool(places_to_choose(request.actor, permits.EDIT_ROLLS, level="village"))
    frame = {
        "tabs": parts_of(request, "rolls"),
        "found": rolls,
        "kind": kind,
        "may_open": may_open,
        **offered(request.actor, "people.rolls"),
        "t": titles,
        "name_of": place_name,
    }
    return page(request, "people/roll_list.html", frame)


@require_http_methods(GET_POST)
def roll_new(request: Request) -> HttpResponse:
    """Open a roll."""
    places = places_to_choose(request.actor, permits.EDIT_ROLLS, level="village")
    if not places:
        raise NotFound()
    form = RollForm(request.POST or None, places=places, initial={"opened_on": localdate()})

    def act(form: RollForm) -> str:
        given = form.cleaned_data
        made = services.open_roll(
            given["place"], RollKind(given["kind"]), given["name"], given["basis"],
            on=given["opened_on"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return reverse("people:roll", args=[made.pk])

    return form_page(request, "people/roll_new.html", form, act, said=_("The roll is open."))


@require_GET
def roll(request: Request, roll_id: int) -> HttpResponse:
    """One roll: who is on it, who was."""
    found, gone = get_roll(request.actor, roll_id), request.GET.get("gone") == "1"
    text = request.GET.get("q", "").strip()[:100]
    people = find_people(request.actor, text) if text else FoundPage([])
    entries = list_entries(
        found, gone=gone, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    frame = {
        "roll": found, "found": entries, "gone": gone, "q": text, "people": people.items,
        "may_edit": request.actor.may(permits.EDIT_ROLLS, at=found.path) and not found.closed_on,
        "may_export": request.actor.may(permits.EXPORT, at=found.path),
        "t": titles, "name_of": place_name,
    }  # fmt: skip
    return page(request, "people/roll.html", frame)


@require_POST
def roll_export(request: Request, roll_id: int) -> HttpResponse:
    """Order a file of who is on a roll, or was."""
    found = get_roll(request.actor, roll_id)
    asked = {"roll": found.pk, "gone": request.POST.get("gone") == "1"}
    return ordered(request, "roll", found.path, asked)


@require_http_methods(GET_POST)
def roll_enter(request: Request, roll_id: int, person_id: int) -> HttpResponse:
    """Put somebody on a roll."""
    found, person = get_roll(request.actor, roll_id), get_person(request.actor, person_id)
    form = EntryForm(request.POST or None, initial={"person": person.pk, "since": localdate()})

    def act(form: EntryForm) -> str:
        given = form.cleaned_data
        entered = services.Entered(
            given["since"], given["evidence"], given["detail"], given["quantity"]
        )
        services.enter_on_roll(found, person, entered, actor=request.actor, now=timezone.now())
        return reverse("people:roll", args=[found.pk])

    return form_page(
        request, "people/roll_enter.html", form, act, said=_("Entered on the roll."),
        context={"roll": found, "person": person},
    )  # fmt: skip


@require_http_methods(GET_POST)
def entry_end(request: Request, entry_id: int) -> HttpResponse:
    """Take somebody off a roll."""
    entry = get_entry(request.actor, entry_id)

    def act(form: LeaveForm) -> str:
        given = form.cleaned_data
        services.end_entry(
            entry, given["on"], given["because"], actor=request.actor, now=timezone.now()
        )
        return reverse("people:roll", args=[entry.roll_id])

    return form_page(
        request, "people/entry_end.html", LeaveForm(request.POST or None), act,
        said=_("Taken off the roll."), context={"entry": entry},
    )  # fmt: skip


@require_POST
def roll_close(request: Request, roll_id: int) -> HttpResponse:
    """Close a roll."""
    found = get_roll(request.actor, roll_id)
    services.close_roll(found, localdate(), actor=request.actor, now=timezone.now())
    messages.success(request, _("The roll is closed."))
    return done(request, reverse("people:roll", args=[roll_id]))
