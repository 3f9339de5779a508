"""Documents and contacts of one person: added, ended, shown once with a reason."""

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

from linli.kernel.web import Request, done, page
from linli.people import permits
from linli.people.forms import ContactForm, DocumentForm
from linli.people.queries.persons import get_person, holds_for
from linli.people.queries.vault import get_contact, get_document
from linli.people.services import vault as services
from linli.people.types import titles
from linli.people.views.frame import GET_POST, address_of, form_page
from linli.people.views.person import reasons
from linli.people.views.window import Window
from linli.ui.formats import clauses


def _reason(request: Request) -> str:
    """Return the reason in words: the chosen one, with what was written beside it."""
    chosen, written = request.POST.get("reason", ""), request.POST.get("reason_text", "").strip()
    known = {key: str(words) for key, words in reasons() if key and key != "other"}
    return clauses(part for part in (known.get(chosen, ""), written) if part)


@never_cache
@require_POST
def document_reveal(request: Request, document_id: int) -> HttpResponse:
    """Show a number in full, once."""
    found = get_document(request.actor, document_id)
    shown = services.reveal_document(
        found, _reason(request), actor=request.actor, now=timezone.now()
    )
    return _shown(request, found.person_id, titles.DOCUMENT[found.kind], shown)


@never_cache
@require_POST
def contact_reveal(request: Request, contact_id: int) -> HttpResponse:
    """Show a telephone or an address in full, once."""
    found = get_contact(request.actor, contact_id)
    shown = services.reveal_contact(
        found, _reason(request), actor=request.actor, now=timezone.now()
    )
    return _shown(request, found.person_id, titles.CONTACT[found.kind], shown)


def _shown(request: Request, person_id: int, title: Any, value: str) -> HttpResponse:
    person = get_person(request.actor, person_id)
    frame = {"person": person, "title": title, "value": value, "reason": _reason(request)}
    return page(request, "people/shown.html", frame)


@require_http_methods(GET_POST)
def document_new(request: Request, person_id: int) -> HttpResponse:
    """Add a document."""
    person = get_person(request.actor, person_id, permits.EDIT)

    def act(form: DocumentForm) -> str:
        given = form.cleaned_data
        services.add_document(
            person, given["kind"], given["document_number"], valid_until=given["valid_until"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return reverse("people:person", args=[person.pk])

    return form_page(
        request, "people/document_new.html", DocumentForm(request.POST or None), act,
        said=_("The document is added."), context={"person": person},
    )  # fmt: skip


@require_POST
def document_end(request: Request, document_id: int) -> HttpResponse:
    """A document was replaced or given back."""
    found = get_document(request.actor, document_id)
    services.end_document(found, localdate(), actor=request.actor, now=timezone.now())
    messages.success(request, _("The document counts no longer."))
    return done(request, reverse("people:person", args=[found.person_id]))


@require_http_methods(GET_POST)
def contact_new(request: Request, person_id: int) -> HttpResponse:
    """Note a telephone or an address; a person does it for herself too."""
    person = get_person(request.actor, person_id)
    own = request.actor.person_id == person.pk
    back = reverse("people:me") if own else reverse("people:person", args=[person.pk])
    window = None if own else Window(_("Note one"), back, who=person.name)

    def act(form: ContactForm) -> str:
        given = form.cleaned_data
        services.set_contact(
            person, given["kind"], given["value"], actor=request.actor, now=timezone.now()
        )
        return back

    form = ContactForm(request.POST or None)
    if own and not holds_for(request.actor, person.pk, permits.EDIT):
        form.without_phone()
    ask_url = address_of("access:request_new")
    return form_page(
        request, "people/contact_new.html", form, act, said=_("Noted."),
        context={"person": person, "own": own, "window": window, "ask_url": ask_url},
    )  # fmt: skip


@require_POST
def contact_end(request: Request, contact_id: int) -> HttpResponse:
    """A telephone or address does not hold any more."""
    found = get_contact(request.actor, contact_id)
    services.end_contact(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("Taken out."))
    own = request.actor.person_id == found.person_id
    to = reverse("people:me") if own else reverse("people:person", args=[found.person_id])
    return done(request, to)
