"""One person: the entry as a whole, adding one, correcting, a death."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.clock import age_on
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import VAULT
from linli.kernel.web import Request, page
from linli.people import permits
from linli.people.forms import EraseForm, FactsForm, LeaveForm, LivesForm, PersonForm
from linli.people.queries.persons import entry_of, get_person
from linli.people.queries.scopes import node_of_code, places_to_choose
from linli.people.queries.vault import vault_of
from linli.people.services.deaths import withdraw_death
from linli.people.services.forgetting import erase_person
from linli.people.services.register import correct_person, record_death, register_person
from linli.people.types import titles
from linli.people.views.frame import GET_POST, form_page, place_name
from linli.people.views.window import Window, is_at_counter

if TYPE_CHECKING:
    from linli.people.models import Person


# what is asked of everybody at the window, and what only some have
FIRST = ("document_number", "document_kind", "name", "phone", "address", "standing", "basis", "since",
         "place")  # fmt: skip
MORE = ("permit_until", "sex", "born_on", "other_name", "document_until", "dwelling_kind", "group",
        "household", "relation", "employer", "hukou_address")  # fmt: skip


def person_frame(request: Request, person: Person) -> dict[str, Any]:
    """Return what the page of a person shows."""
    actor, entry = request.actor, entry_of(request.actor, person)
    paths = [row.path for row in entry.residencies]
    return {
        "person": person,
        "entry": entry,
        "vault": vault_of(actor, person),
        "may_edit": any(actor.may(permits.EDIT, at=path) for path in paths),
        "may_reveal": any(actor.may(permits.REVEAL, at=path, level=VAULT) for path in paths),
        "may_erase": any(actor.may(permits.ERASE, at=path, level=VAULT) for path in paths),
        "may_move": bool(actor.paths(permits.EDIT)),
        "reasons": reasons(),
        "t": titles,
        "name_of": place_name,
        "age": age_on(person.born_on, person.died_on or localdate()) if person.born_on else None,
    }


def reasons() -> list[tuple[str, Any]]:
    """Return the usual reasons for seeing a number in full."""
    return [
        ("", _("Choose a reason")),
        ("service", _("To serve them at the counter")),
        ("call", _("To call or write to them")),
        ("compare", _("To compare with a document")),
        ("order", _("By order of an authority")),
        ("other", _("Another reason")),
    ]


@require_GET
def person(request: Request, person_id: int) -> HttpResponse:
    """The entry of one person; at the window in large rows, for two who look at it."""
    found = get_person(request.actor, person_id)
    if found.pk == request.actor.person_id and not request.actor.is_staff:
        return redirect("people:me")
    face = "counter/person" if is_at_counter(request) else "person"
    return page(request, f"people/{face}.html", person_frame(request, found))


@require_http_methods(GET_POST)
def person_new(request: Request) -> HttpResponse:
    """Enter somebody new."""
    places = places_to_choose(request.actor, permits.EDIT, level="village")
    if not places:
        raise NotFound()
    asked = node_of_code(request.GET.get("place", ""))
    first = asked.code if asked and asked.level == "village" else places[0].code
    form = PersonForm(request.POST or None, places=places, initial={"place": first})

    def act(form: PersonForm) -> str:
        row = form.row(localdate())
        if row is None:
            raise Invalid({})
        made = register_person(row, actor=request.actor, now=timezone.now())
        return reverse("people:person", args=[made.pk])

    window = Window(_("Enter somebody"), reverse("people:counter"), FIRST, MORE)
    return form_page(
        request, "people/person_new.html", form, act, context={"window": window},
        said=lambda form: _("%(name)s is in the register.") % {"name": form.cleaned_data["name"]},
    )  # fmt: skip


@require_http_methods(GET_POST)
def person_edit(request: Request, person_id: int) -> HttpResponse:
    """Correct name, sex or birth date."""
    found = get_person(request.actor, person_id, permits.EDIT)
    names = ("name", "other_name", "sex", "born_on", "version")
    form = FactsForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def reread() -> dict[str, Any]:
        now = get_person(request.actor, person_id)
        return {name: getattr(now, name) for name in names}

    def act(form: FactsForm) -> str:
        correct_person(
            found, form.facts(), version=form.cleaned_data["version"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
        return reverse("people:person", args=[found.pk])

    window = Window(
        _("Correct an entry"), reverse("people:person", args=[found.pk]), names, who=found.name
    )
    return form_page(
        request, "people/person_edit.html", form, act, said=_("Saved."),
        context={"person": found, "window": window}, reread=reread,
    )  # fmt: skip


@require_http_methods(GET_POST)
def person_died(request: Request, person_id: int) -> HttpResponse:
    """Enter a death."""
    found = get_person(request.actor, person_id, permits.EDIT)
    form = LeaveForm(request.POST or None)
    del form.fields["because"]

    def act(form: LeaveForm) -> str:
        record_death(found, form.cleaned_data["on"], actor=request.actor, now=timezone.now())
        return reverse("people:person", args=[found.pk])

    return form_page(
        request, "people/person_died.html", form, act, said=_("The death is entered."),
        context={"person": found},
    )  # fmt: skip


@require_http_methods(GET_POST)
def person_lives(request: Request, person_id: int) -> HttpResponse:
    """Take a death back that was entered by mistake; whoever lives has none."""
    found = get_person(request.actor, person_id, permits.EDIT)
    if found.died_on is None and request.method != "POST":
        return redirect("people:person", found.pk)

    def act(form: LivesForm) -> str:
        reason = form.cleaned_data["because"]
        withdraw_death(found, reason, actor=request.actor, now=timezone.now())
        return reverse("people:person", args=[found.pk])

    return form_page(
        request, "people/person_lives.html", LivesForm(request.POST or None), act,
        said=_("The death is taken back."), context={"person": found},
    )  # fmt: skip


@require_http_methods(GET_POST)
def person_erase(request: Request, person_id: int) -> HttpResponse:
    """Erase somebody who has left, because the law asks for it."""
    found = get_person(request.actor, person_id, permits.ERASE)

    def act(form: EraseForm) -> str:
        erase_person(found, form.cleaned_data["basis"], actor=request.actor, now=timezone.now())
        return reverse("people:list")

    return form_page(
        request, "people/person_erase.html", EraseForm(request.POST or None), act,
        said=_("The data are erased."), context={"person": found},
    )  # fmt: skip
