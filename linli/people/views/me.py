"""What the register knows of oneself: to read, to take along, to correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import NotFound
from linli.kernel.web import Request, page
from linli.people.errors import OnlyHerself
from linli.people.queries.persons import entry_of, get_person
from linli.people.queries.vault import vault_of
from linli.people.services.own_data import own_copy
from linli.people.types import titles
from linli.people.views.frame import address_of, place_name
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
    person = _own(request)
    frame = {
        "person": person, "entry": entry_of(request.actor, person),
        "vault": vault_of(request.actor, person), "t": titles, "name_of": place_name,
        "ask_url": address_of("access:request_new"), "asked_url": address_of("access:my_requests"),
        "reads_url": address_of("trail:who_read"),
    }  # fmt: skip
    return page(request, "people/me.html", frame)


@never_cache
@require_POST
def me_copy(request: Request) -> HttpResponse:
    """Take along all that is kept about me, in full."""
    content = own_copy(_own(request), actor=request.actor, now=timezone.now())
    if note := demo_note():
        content = {"note": note, **content}
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer
