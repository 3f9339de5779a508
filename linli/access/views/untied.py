"""Who took a post that gives rights and has no account yet: the list behind the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.access.queries.choices import place_names
from linli.access.queries.untied import untied_at
from linli.kernel.paging import page_of_rows
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, page
from linli.orgs.permits import APPOINT
from linli.runtime.queries import offered
from linli.ui.downloads import list_download
from linli.ui.picking import picked

LIST = "access.holders"
PAGE = 50


@require_GET
def listing(request: Request) -> HttpResponse:
    """Holders without an account, as a page or a file."""
    require_somewhere(request.actor, APPOINT)
    every = untied_at(request.actor, "", now=timezone.now())
    places = sorted(place_names({one.path for one in every}).items())
    typed = request.GET.get("place", "")
    path = picked(places, typed) or typed
    rows = [one for one in every if one.path.startswith(path)]
    if request.GET.get("format") in ("csv", "xlsx"):
        return list_download(request, LIST, len(rows), about={"place": path})
    found = page_of_rows(
        rows, lambda one: str(one.id), cursor=request.GET.get("cursor"), limit=PAGE
    )
    frame: dict[str, Any] = {
        "found": found, "path": path, "places": places, "names": dict(places),
        **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "access/holders.html", frame)
