"""The first page at the window: who stands here? By card reader, by number, by name."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import age_on
from linli.kernel.web import Request, done, page
from linli.people import permits
from linli.people.queries.lists import place_to_list
from linli.people.queries.scopes import places_to_choose
from linli.people.queries.search import find_people
from linli.people.rules.asked import read_question
from linli.people.types import titles
from linli.people.views.frame import GET_POST, place_name

# as many as there are digits to choose by
MOST = 9


@never_cache
@require_http_methods(GET_POST)
def find(request: Request) -> HttpResponse:
    """Find who stands at the window. What was scanned never gets into an address or a history."""
    place = place_to_list(request.actor, "")
    text = request.POST.get("q", "").strip()[:100]
    found = find_people(request.actor, text, limit=MOST) if text else None
    if found is not None and len(found.items) == 1:
        return done(request, reverse("people:person", args=[found.items[0].person_id]))
    frame: dict[str, object] = {
        "place": place,
        "q": text,
        "found": found,
        "is_number": bool(text and read_question(text).numbers),
        "may_add": bool(places_to_choose(request.actor, permits.EDIT, level="village")),
        "t": titles,
        "name_of": place_name,
        "age_of": lambda born_on: age_on(born_on, localdate()),
    }
    return page(request, "people/counter/find.html", frame)
