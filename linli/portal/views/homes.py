"""Pages that mix many apps."""

from __future__ import annotations

import re

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from linli.kernel.addresses import address_of
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.portal import doors, names, queries
from linli.ui.ends import ends_of

CITY = "441900"
YEAR = 31_536_000

# a card or a telephone: such words do not stay in the address
PERSONAL_NUMBER = re.compile(r"\d{11}")


@require_GET
def to_language(request: Request) -> HttpResponse:
    """Lead from / to the home page in the reader's language."""
    response = HttpResponseRedirect(f"/{get_language()}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_GET
def home(request: Request) -> HttpResponse:
    """The city's home."""
    return place_home(request, CITY)


@require_GET
def place_home(request: Request, code: str) -> HttpResponse:
    """The home of a city, a town or a village."""
    home, around = _framed(request, code, "home")
    is_village = home.place.level == "village"
    template = "portal/village_home.html" if is_village else "portal/area_home.html"
    response = page(request, template, {**around, "entrances": doors.of_place(home.place)})
    if is_village and request.COOKIES.get(doors.PLACE_COOKIE) != home.place.code:
        # the tabs lead back to the village that this reader looked at last
        response.set_cookie(doors.PLACE_COOKIE, home.place.code, max_age=YEAR, samesite="Lax")
    return response


@require_GET
def place_map(request: Request, code: str) -> HttpResponse:
    """The parts of a city or town as a map with a list beside it; a village without parts, itself."""
    home, around = _framed(request, code, "home")
    outlines = list(places.outlines_below(home.place.id)) or places.own_outline(home.place.id)
    context = {**around, "features": names.features(outlines, _address)}
    return page(request, "portal/place_map.html", context)


def _address(code: str) -> str:
    return address_of("portal:place", code)


def _framed(
    request: Request, code: str, tab: str, *, door: str = ""
) -> tuple[queries.Home, dict[str, object]]:
    """Return the home of a place and what stands around it; head and foot are drawn while it is read."""
    asked = queries.begin_home(code, request.actor, timezone.localdate(), door=door)
    ends = ends_of(request, tab)
    home = asked()
    return home, {**frame(home), **ends}


def frame(home: queries.Home) -> dict[str, object]:
    """Return what every page about one place shows around itself."""
    place = home.place
    return {
        "home": home,
        "place": place,
        "way": [(names.short_name(p), _address(p.code)) for p in [*home.way, place]],
        "name": names.short_name(place),
        "successors": [
            (names.short_name(each), _address(each.code)) for each in places.successors_of(place)
        ],
        "kind": names.kind_name(place),
        "parts": names.parts_words([child for child in home.children if not child.is_invented]),
        "children": [
            (names.short_name(child), _address(child.code), child.is_invented)
            for child in home.children
        ],
    }


@require_GET
def search(request: Request) -> HttpResponse:
    """Search across everything one may see."""
    words = request.GET.get("q", "")[:100]
    found = queries.search(request.actor, words)
    is_personal = PERSONAL_NUMBER.search(words) is not None
    frame: dict[str, object] = {"words": words, "found": found, "names_somebody": is_personal}
    return page(request, "portal/search.html", frame, part="portal/_found.html")


@require_GET
def place_door(request: Request, code: str, key: str) -> HttpResponse:
    """What a place offers behind one door, and how the office does the rest."""
    door = doors.get(key)
    if door is None:
        raise NotFound(door=key)
    home, around = _framed(request, code, key, door=key)
    context = {
        **around, "door": door, "groups": home.slots.get(f"door:{key}", []),
        "has_phone": home.has_phone,
    }  # fmt: skip
    return page(request, "portal/door.html", context)
