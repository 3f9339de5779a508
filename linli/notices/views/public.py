"""What everybody reads: the notices of a place, and one notice with its earlier versions."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.kernel.addresses import address_of as address_named
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.notices import queries
from linli.notices.forms.filters import NoticeFilter
from linli.notices.views.showing import address_of_posting, name_of, rows, shown
from linli.places import queries as places
from linli.runtime.queries import views_of_list
from linli.ui.addresses import address_of

LIST = "notices.of_place"


@require_safe
def of_place(request: Request, code: str) -> HttpResponse:
    """Show the notices of a place, filtered by the address; ended and withdrawn ones are the archive."""
    *way, place = places.chain_of(code)
    form, here, today = NoticeFilter(request.GET or None), address_of(request), timezone.localdate()
    asked = form.shown() if request.GET else queries.Filter()
    found = queries.list_public(place.path, asked, on=today, cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "place": place, "way": [(name_of(one), address_named("portal:place", one.code)) for one in [*way, place]],
        "name": name_of(place), "form": form, "here": here, "found": found,
        "rows": rows(found.items, today), "has_parts": place.level != "village",
        "feed": reverse("notices_feed", args=[code]),
        "views": views_of_list(request.actor, LIST) if request.actor.account_id else [],
        "list_name": LIST if request.actor.account_id else "",
    }  # fmt: skip
    return page(request, "notices/of_place.html", context, part="notices/_rows.html")


@require_safe
def posting(request: Request, code: str) -> HttpResponse:
    """Show one notice, or with `?version=` what it said before it was corrected."""
    today = timezone.localdate()
    found = queries.get_public(code, on=today)
    number = whole_number(request.GET.get("version"))
    version = found.current if number is None else queries.get_version(found, number)
    *way, place = places.chain_of(found.place.rstrip("/").rpartition("/")[2])
    context: dict[str, object] = {
        "one": shown(found, version, today), "versions": queries.published_versions(found),
        "is_old": version is not None and version.pk != found.current_id,
        "way": [(name_of(one), address_named("portal:place", one.code)) for one in [*way, place]],
        "place": place, "address": address_of_posting(found),
        "may_work": queries.may_work(request.actor, found),
        "public_url": settings.LINLI_PUBLIC_URL,
    }  # fmt: skip
    response = page(request, "notices/posting.html", context)
    if found.state == "withdrawn" or found.is_hidden:
        response["X-Robots-Tag"] = "noindex"
    return response
