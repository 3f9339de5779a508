"""What the pages of those who work on cases share."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from linli.cases.forms.filters import unknown_filters, wanted_of
from linli.cases.queries.filters import place_of, sees_cases
from linli.cases.types.listing import Wanted
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.ui.addresses import address_of
from linli.ui.formats import listed


def wanted_from(request: Request, *, without: Collection[str] = ()) -> Wanted:
    """Return what the address asks for. Refuses with NotFound who sees no cases, and Invalid.

    `without` names parts that are left aside.
    """
    if not sees_cases(request.actor):
        raise NotFound()
    given = {name: text for name, text in request.GET.dict().items() if name not in without}
    place = place_of(request.actor, given.get("place", ""))
    return wanted_of({**given, "place": place}, now=timezone.now())


def only_known(request: Request, *, asked: Collection[str] = ()) -> HttpResponse | None:
    """Lead on without the filters that nobody knows any more, told which; None if all are known.

    A link that somebody kept for long still leads to a list, on the page, on paper, in the calendar.
    What is `asked` in a field of the page is kept: the page says beside the field what is wrong.
    """
    gone = unknown_filters(request.GET.dict()) if sees_cases(request.actor) else {}
    gone = {name: title for name, title in gone.items() if name not in asked}
    if not gone:
        return None
    told = {"names": listed(gone.values())}
    words = _("This link asks for something that is not known any more; left out: %(names)s.")
    messages.warning(request, words % told)
    return redirect(address_of(request).to(**dict.fromkeys([*gone, "cursor"])))


def back_to_list(address: str) -> str:
    """Return an address of this site that was sent along, or the list of cases."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )
    return address if is_ours else reverse("cases:list")
