"""Service centres for everybody: what is done there, whether it is open now, the way there."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.kernel.web import Request, page
from linli.offerings.queries import centres as queries
from linli.offerings.queries import visits, windows
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.items import offered
from linli.offerings.queries.norms import platforms
from linli.orgs import queries as orgs
from linli.places import queries as places

MOST_ITEMS, CLOSINGS = 200, 10


@require_safe
def centre(request: Request, centre: str) -> HttpResponse:
    """A centre: open now or when next, its windows, what it takes in, which villages it serves."""
    now = timezone.now()
    today = localdate(now)
    body = windows.centre_called(centre, today)
    merged = queries.platforms_of(body.pk)
    items = list(offered(today, body.path).order_by("name")[: MOST_ITEMS + 1])
    context: dict[str, object] = {
        "centre": body, "place": places.get_place(body.place.code), "centre_row": orgs.get_centre(body.pk),
        "opening": open_at(body.pk, now), "today": today, "windows": list(windows.windows_of(body.pk)),
        "closings": list(windows.closings_of(body.pk, today)[:CLOSINGS]), "serves": [a.place for a in orgs.areas_of([body.pk], today)],
        "platforms": [one for key, one in platforms().items() if key in merged],
        "items": items[:MOST_ITEMS], "is_cut": len(items) > MOST_ITEMS, "why_words": visits.why_words, "public_url": settings.LINLI_PUBLIC_URL,
    }  # fmt: skip
    name = "paper" if request.GET.get("format") == "print" else "centre"
    return page(request, f"offerings/centres/{name}.html", context)
