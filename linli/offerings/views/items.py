"""What one can get done here: by life event, by one's own words, and what each matter needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.kernel.addresses import address_of
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, drawing_answer, page
from linli.offerings.clients.guide_sheets import Around, sheet_of
from linli.offerings.queries import items as queries
from linli.offerings.queries.guides import Guide, guide_of
from linli.offerings.queries.item_files import life_events
from linli.offerings.queries.item_search import search_items
from linli.offerings.types.items import KIND_TITLES
from linli.offerings.types.ways import ITEM_WAYS
from linli.orgs.queries.homes import Centre, Office, centres_of, office_of
from linli.places import queries as places
from linli.runtime.types import Rate, client_address, limited
from linli.ui.addresses import Address
from linli.ui.addresses import address_of as of_request
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Place

SHOWN, ON_TOUCH = 50, 9
# faces of a guide: the touch screen, and paper that is printed there to take along
TOUCH = "touch"
FACES = {TOUCH: "touch_guide", "a5": "touch_paper", "a4": "touch_paper"}
IN_ORDER = Keyset("order", ("item_id", "id"))
# a printed page costs a tenth of a second; behind one address a whole office may stand
PRINTS = Rate(120, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Entrance:
    """A life event as an entrance: the services that belong to it."""

    title: str
    url: str
    icon: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A button on the page of an item."""

    words: Any
    icon: str
    url: str
    is_main: bool


def place_of(request: Request) -> Place | None:
    """Return the place that an address names, if there is one of this code."""
    code = request.GET.get("place", "")
    return places.get_place(code) if code else None


@require_safe
def entrance(request: Request) -> HttpResponse:
    """Everything that is offered: a search, life events, or what belongs to one of them."""
    place, today = place_of(request), localdate()
    words, event = request.GET.get("q", "").strip()[:60], request.GET.get("event", "")
    path, is_touch = place.path if place else "", _is_touch(request, place)
    chosen = next((one for one in life_events() if one.key == event), None)
    context: dict[str, object] = {
        "place": place, "words": words, "event": chosen, "entries": _entrances(place, TOUCH if is_touch else ""),
        "kinds": KIND_TITLES, "hits": search_items(words, today, path=path) if words else [],
        "found": None, "here": _office(place),
    }  # fmt: skip
    if not words and (chosen or request.GET.get("all")):
        found = queries.offered(today, path)
        if chosen:
            found = found.filter(events__contains=[chosen.key])
        limit = ON_TOUCH if is_touch else SHOWN
        context["found"] = page_of(found, IN_ORDER, cursor=request.GET.get("cursor"), limit=limit)
    if is_touch:
        return page(request, "offerings/items/touch.html", context)
    return page(
        request, "offerings/items/entrance.html", context, part="offerings/items/_found.html"
    )


def _is_touch(request: Request, place: Place | None) -> bool:
    """Say whether the touch screen of a place asks: it goes home to that place by itself."""
    return place is not None and request.GET.get("face") == TOUCH


def _entrances(place: Place | None, face: str = "") -> list[Entrance]:
    known = (("place", place.code if place else ""), ("face", face))
    to = Address(address_of("offerings:items"), tuple(pair for pair in known if pair[1]))
    return [Entrance(one.title, to.to(event=one.key), one.icon) for one in life_events()]


def _office(place: Place | None) -> dict[str, Any]:
    """Return where one goes: the office of a place, and the centres that serve it."""
    if place is None:
        return {"office": None, "centres": []}
    today = localdate()
    return {"office": office_of(place.path, today), "centres": centres_of(place.path, today)}


@require_safe
def guide(request: Request, key: str) -> HttpResponse:
    """What one matter needs, shortened by questions to one's own case; a link keeps the answers."""
    place = place_of(request)
    version = queries.shown_version(key, localdate())
    told = guide_of(version, request.GET.dict())
    context: dict[str, object] = {
        "one": told, "place": place, "here": _office(place), "owner": version.item.owner,
        "answers": _answers(told), "ways": _ways(told, place),
        "live": settings.LINLI_PUBLIC_URL + _address("offerings:item", told, place),
        "print": _address("offerings:item_sheet", told, place),
    }  # fmt: skip
    face = request.GET.get("face", "")
    if place is not None and face in FACES:
        return page(
            request, f"offerings/items/{FACES[face]}.html", context | _on_touch(request, told, face)
        )
    return page(request, "offerings/items/guide.html", context)


def _on_touch(request: Request, told: Guide, face: str) -> dict[str, object]:
    """Return the question that comes next, its answers as addresses, and where the paper leads back."""
    at = of_request(request)
    is_done = told.is_refused or "all" in request.GET
    asked = None if is_done else next((one for one in told.questions if not one.chosen), None)
    options = [(at.to(**{asked.key: key}), words) for key, words in asked.options] if asked else []
    return {
        "at": at, "asked": asked, "options": options, "sheet": face, "back": at.to(face=TOUCH),
        "number": sum(bool(one.chosen) for one in told.questions) + 1,
        "again": at.to(**{one.key: None for one in told.questions}, all=None),
    }  # fmt: skip


def _answers(told: Guide) -> list[tuple[str, str]]:
    return [(one.key, one.chosen) for one in told.questions if one.chosen]


def _ways(told: Guide, place: Place | None) -> list[Way]:
    """Return what can be done next; nothing while the item is suspended or where it is refused."""
    if told.is_refused or told.is_suspended:
        return []
    return [
        Way(one.words, one.icon, _address(one.url_name, told, place), one.is_main)
        for one in ITEM_WAYS
        if one.is_open(told.facts)
    ]


def _address(name: str, told: Guide, place: Place | None) -> str:
    """Return the address of a guide or its printed page, with the answers that it was shortened by."""
    known = [*_answers(told), *([("place", place.code)] if place else [])]
    return Address(reverse(name, args=[told.key]), tuple(known)).to()


@limited("offerings.item_sheet", PRINTS, client_address)
@require_safe
def sheet(request: Request, key: str) -> HttpResponse:
    """The guide on A4, with boxes to tick and the code of the live page."""
    place, today = place_of(request), localdate()
    told = guide_of(queries.shown_version(key, today), request.GET.dict())
    here = _office(place)
    around = Around(
        settings.LINLI_PUBLIC_URL + _address("offerings:item", told, place), _where(place, here["centres"]), today,
        bool(place and place.is_invented),
    )  # fmt: skip
    return drawing_answer(sheet_of(told, around), f"{key}.pdf")


def _where(place: Place | None, centres: list[Centre]) -> tuple[str, ...]:
    """Return where one goes, line by line."""
    if place is None:
        return ()
    office = office_of(place.path, localdate())
    doors: list[Centre | Office] = [*centres] or [office] if office else [*centres]
    lines = [
        " · ".join(part for part in (one.name, one.address, one.phone, one.hours) if part)
        for one in doors
    ]
    return tuple(lines) or (named(place),)
