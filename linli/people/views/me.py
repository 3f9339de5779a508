"""What the register knows of oneself: to read, to take along, to correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, page
from linli.people.errors import OnlyHerself
from linli.people.forms import CopyForm
from linli.people.queries.persons import entry_of, get_person
from linli.people.queries.vault import vault_of
from linli.people.services.own_data import own_copy
from linli.people.types import titles
from linli.people.views.frame import address_of, place_name
from linli.runtime.types import without_key
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.people.models import Person


def _own(request: Request) -> Person:
    """Return the person behind the account, who acts for nobody else now.

    Refuses with OnlyHerself, and with NotFound for accounts without a person.
    """
    if request.actor.acting_for is not None:
        raise OnlyHerself()
    if request.actor.person_id is None:
        raise NotFound()
    return get_person(request.actor, request.actor.person_id)


@dataclass(frozen=True, slots=True)
class Way:
    """Something that one can do with one's own data."""

    title: Any
    text: Any
    url: str
    icon: str


@require_GET
def me(request: Request) -> HttpResponse:
    """What the register knows of me."""
    return page(request, "people/me.html", _frame(request, _own(request), CopyForm()))


def _frame(request: Request, person: Person, form: CopyForm) -> dict[str, Any]:
    return {
        "form": form,
        "person": person, "entry": entry_of(request.actor, person),
        "vault": vault_of(request.actor, person), "t": titles, "name_of": place_name,
        "ask_url": address_of("access:request_new"), "asked_url": address_of("access:my_requests"),
        "reads_url": address_of("trail:who_read"),
    }  # fmt: skip


@never_cache
@without_key("a wrong try is counted, and the copy must not be kept beside a key")
@require_POST
def me_copy(request: Request) -> HttpResponse:
    """Take along all that is kept about me, in full."""
    person, form = _own(request), CopyForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    try:
        content = own_copy(person, number, actor=request.actor, now=timezone.now())
    except Invalid as refusal:
        form.take(refusal.fields)
        return page(request, "people/me.html", _frame(request, person, form), status=422)
    if note := demo_note():
        content = {"note": note, **content}
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer
