"""What the pages of those who work on cases share."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from linli.cases.forms.filters import wanted_of
from linli.cases.queries.filters import place_of, sees_cases
from linli.cases.types.listing import Wanted
from linli.kernel.errors import NotFound
from linli.kernel.web import Request


def wanted_from(request: Request) -> Wanted:
    """Return what the address asks for. Refuses with NotFound who sees no cases, and Invalid."""
    if not sees_cases(request.actor):
        raise NotFound()
    given = request.GET.dict()
    place = place_of(request.actor, given.get("place", ""))
    return wanted_of({**given, "place": place}, now=timezone.now())


def back_to_list(address: str) -> str:
    """Return an address of this site that was sent along, or the list of cases."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )
    return address if is_ours else reverse("cases:list")
