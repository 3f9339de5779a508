"""Contact persons of a cell: entered, shown once with a reason, let go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.grid import permits
from linli.grid.forms.cells import ContactForm, ContactTieForm, WhyForm
from linli.grid.queries.contacts import get_contact
from linli.grid.services import contacts, register_ties
from linli.grid.views.cell import contact_reasons
from linli.grid.views.frame import GET_POST, answer, ask_entry, way_to, where
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.formats import clauses


def _cell_url(contact: Any) -> str:
    args = [code_of(contact.path), contact.layer.key, contact.cell_code]
    return reverse("grid:cell", args=args)


@require_http_methods(GET_POST)
def add(request: Request, code: str, layer: str, cell: str) -> HttpResponse:
    """Enter somebody who agreed to be named."""
    at = where(request, code, layer, cell)
    require(request.actor, permits.CONTACTS, at=at.place.path)
    form = ContactForm(request.POST or None, initial={"consent_on": localdate()})

    def act() -> None:
        place = places.open_place(code)
        contacts.name_contact(place, at.key, form.facts, actor=request.actor, now=timezone.now())

    title = _("A contact person")
    asking = Asking(
        title=title, form=form, way=way_to(at.place, (at.cell.name, at.url), (title, "")),
        to=at.url, submit=_("Record"), said=_("The contact person is entered."), lead=at.cell.name,
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def tie(request: Request, contact_id: int) -> HttpResponse:
    """Say which entry of the register a contact person is."""
    found = get_contact(request.actor, contact_id)
    at = where(request, code_of(found.path), found.layer.key, found.cell_code)
    return ask_entry(
        request, found, ContactTieForm, register_ties.tie_contact,
        way=way_to(at.place, (at.cell.name, at.url)), lead=f"{found.masked_name} · {found.covers}",
    )  # fmt: skip


@never_cache
@require_POST
def show(request: Request, contact_id: int) -> HttpResponse:
    """Show name and telephone in full, once."""
    found = get_contact(request.actor, contact_id)
    said = WhyForm(request.POST).accepted()
    known = {key: words for key, words in contact_reasons() if key and key != "other"}
    why = clauses(filter(None, [known.get(said["reason"], ""), said["reason_text"].strip()]))
    name, phone = contacts.show_contact(found, why, actor=request.actor, now=timezone.now())
    context: dict[str, object] = {
        "name": name,
        "number": phone,
        "to": _cell_url(found),
        "reason": why,
    }
    return page(request, "grid/contact.html", context)


@require_POST
def end(request: Request, contact_id: int) -> HttpResponse:
    """Let a contact person go."""
    found = get_contact(request.actor, contact_id)
    contacts.end_contact(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("Name and telephone are taken out."))
    return done(request, _cell_url(found))
