"""Fees that are to go back, at the desk: what was paid for applications that ended without a decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.activities.queries.going_back import count_back as elsewhere
from linli.cases.queries.intake import choices_of_places
from linli.kernel.errors import NotFound
from linli.kernel.list_files import Asked
from linli.kernel.paging import page_of
from linli.kernel.paths import path_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request, page
from linli.offerings import permits
from linli.offerings.queries import fees as queries
from linli.runtime.queries import offered
from linli.ui.downloads import list_download

LIST = "offerings.fees_back"
PAGE = 50


def wanted(actor: Actor, given: Asked) -> Any:
    """Return the payments that an address asks for. Refuses with Invalid a place that is not there."""
    path = path_of(given.get("place", "")[:24])
    return queries.back_at(queries.to_go_back(actor), path, given.get("q", "").strip()[:40])


@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """What was paid and is not owed any more, the oldest first; as a file too."""
    grounds = choices_of_places(request.actor, permits.RECEIVE)
    if not grounds and not request.actor.is_system:
        raise NotFound()
    found = wanted(request.actor, request.GET)
    if request.GET.get("format") in ("csv", "xlsx"):
        return list_download(request, LIST, found)
    shown = page_of(found, queries.OLDEST, cursor=request.GET.get("cursor"), limit=PAGE)
    bookings, families = elsewhere(request.actor)
    frame: dict[str, object] = {
        "bookings": bookings, "families": families,
        "found": shown, "rows": [(one, queries.left_of(one)) for one in shown.items], "grounds": grounds,
        "place": request.GET.get("place", "")[:24], "words": request.GET.get("q", "").strip()[:40],
        **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/applications/fees_back.html", frame)
