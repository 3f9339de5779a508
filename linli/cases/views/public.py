"""Cases as everybody sees them: list and map of a place, one case, the feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from linli.cases.forms.public import MICRO, public_wanted
from linli.cases.queries import public as queries
from linli.cases.rules.shown import CELL
from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicCase
from linli.kernel.addresses import address_of
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.downloads import list_download
from linli.ui.formats import is_chinese, listed

PAGE, FEED = 25, 50
FILES = ("csv", "xlsx")
TONES = {
    Stage.OPEN: "run", Stage.ANSWERED: "soon", Stage.SOLVED: "done",
    Stage.REFUSED: "idle", Stage.ENDED: "idle",
}  # fmt: skip
STAGES = {
    Stage.OPEN: gettext_lazy("being dealt with"),
    Stage.ANSWERED: gettext_lazy("answered, not done yet"),
    Stage.SOLVED: gettext_lazy("solved"),
    Stage.REFUSED: gettext_lazy("refused, with the rule"),
    Stage.ENDED: gettext_lazy("ended otherwise"),
}


@require_GET
def listing(request: Request, code: str) -> HttpResponse:
    """The public cases of a place, newest first, with a sketch of where they are."""
    place, wanted = queries.public_place(code), public_wanted(request.GET.dict())
    if request.GET.get("format") in FILES:
        rows = queries.listed_public(place, wanted)
        name = _("Reports in %(place)s") % {"place": name_of(place)}
        return list_download(request, "cases.public", rows, name=name, place=code)
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    found = queries.list_public(place, wanted, cursor=cursor, limit=limit)
    context: dict[str, object] = {
        "place": place, "found": found, "wanted": wanted, "tones": TONES, "stages": STAGES,
        "categories": queries.category_choices(place), "way": way_to(place),
        "features": _features(place, found.items), "is_paper": "print" in request.GET,
    }  # fmt: skip
    name = "cases/public/print.html" if "print" in request.GET else "cases/public/list.html"
    return page(request, name, context)


@require_GET
def detail(request: Request, code: str, number: str) -> HttpResponse:
    """One case as everybody sees it."""
    place = queries.public_place(code)
    case = queries.get_public(number, place)
    context: dict[str, object] = {
        "place": place, "case": case, "tones": TONES, "way": way_to(place),
        "features": _features(place, [case]),
    }  # fmt: skip
    return page(request, "cases/public/case.html", context)


@require_GET
def feed(request: Request, code: str) -> HttpResponse:
    """The newest public cases of a place as Atom."""
    place = queries.public_place(code)
    title = _("Reports in %(place)s") % {"place": name_of(place)}
    made = Atom1Feed(
        title, request.build_absolute_uri(address_of("cases:public", code)), "",
        feed_url=request.build_absolute_uri(request.path), language=request.LANGUAGE_CODE or "",
    )  # fmt: skip
    for case in queries.released_at_place(place, FEED):
        made.add_item(
            title=f"{case.category} · {case.state}",
            link=request.build_absolute_uri(address_of("cases:public_case", code, case.number)),
            description=case.said or _("The words are read before they are shown."),
            unique_id=f"urn:linli:case:{case.number}",
            updateddate=datetime.combine(case.updated_on, time.min, get_current_timezone()),
            categories=[case.category],
            enclosures=[_enclosed(request, code) for code in case.photos],
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _enclosed(request: Request, code: str) -> Enclosure:
    """A released photo in a feed; how many bytes it has is left open."""
    return Enclosure(
        request.build_absolute_uri(address_of("files:smaller", code, "1920")), "0", "image/jpeg"
    )


def name_of(place: PlaceRow) -> str:
    """Return the name of a place as people say it."""
    if not is_chinese():
        return place.name_en or place.name
    return (place.short_name or place.name) if place.level == "village" else place.name


def way_to(place: PlaceRow) -> list[tuple[str, str]]:
    """Return the places above and the place itself with their homes."""
    chain = places.chain_of(place.code)
    return [(name_of(one), address_of("portal:place", one.code)) for one in chain]


def _features(place: PlaceRow, cases: Iterable[PublicCase]) -> list[dict[str, Any]]:
    """Cells with cases as the map takes them; each leads to its own list."""
    by_cell: dict[tuple[int, int], list[PublicCase]] = defaultdict(list)
    for case in cases:
        if case.point is not None:
            by_cell[case.point].append(case)
    here = address_of("cases:public", place.code)
    return [
        {
            "key": f"{lon},{lat}",
            "label": _label(found),
            "rings": [_square(lon, lat)],
            "url": f"{here}?cell={lon},{lat}",
            "is_schematic": False,
        }
        for (lon, lat), found in sorted(by_cell.items())
    ]


def _label(found: list[PublicCase]) -> str:
    count = ngettext("%(num)s report", "%(num)s reports", len(found)) % {"num": len(found)}
    return f"{listed(dict.fromkeys(case.category for case in found))} · {count}"


def _square(lon: int, lat: int) -> list[tuple[float, float]]:
    half = CELL // 2
    corners = ((-half, -half), (half, -half), (half, half), (-half, half))
    return [((lon + x) / MICRO, (lat + y) / MICRO) for x, y in corners]
