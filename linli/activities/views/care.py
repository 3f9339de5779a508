"""Care of public space: what groups of neighbours did, with photos of before and after."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.activities.forms.culture import CareForm
from linli.activities.queries import care as queries
from linli.activities.queries import rounds, venues
from linli.activities.services import bookings
from linli.activities.services import care as services
from linli.activities.types.culture import CareFacts, WishState
from linli.activities.views.frame import GET_POST
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, limited

NEWEST, PAGE = Keyset("new", ("-on", "-id")), 12


@limited("activities.codes", bookings.LOOKS, client_address)
@require_http_methods(GET_POST)
def care(request: Request, code: str) -> HttpResponse:
    """What groups did for public space here; a group adds its work by its code."""
    place = venues.open_place(code)
    form = CareForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            facts = CareFacts(
                said["title"], said["where"], said["on"], said["about"], tuple(said["before"]), tuple(said["after"]),
            )  # fmt: skip
            group = rounds.group_by_code(said["code"])
            services.show_care(group, facts, actor=request.actor, now=timezone.now())
        except NotFound:
            form.add_error("code", _("There is no group of this code. Compare it sign by sign."))
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("Thank you. It is shown once the office has looked at it."))
            return done(request, reverse("activities:care", args=[place.code]))
    found = page_of(queries.care_at(place.path, WishState.SHOWN), NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)  # fmt: skip
    context: dict[str, object] = {
        "place": place, "form": form, "found": found, "works": queries.with_photos(found.items),
    }  # fmt: skip
    return page(request, "activities/culture/care.html", context, status=422 if form.is_bound else 200)  # fmt: skip


care.reads_freely = True  # type: ignore[attr-defined]  # opening the page shows no work
