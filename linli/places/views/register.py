"""The list of places and one place with its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.web import Request, page
from linli.places import permits, queries
from linli.places.queries.sheets import BY_CODE, places_asked
from linli.places.types import (
    CATEGORY_TITLES,
    KIND_TITLES,
    SETTLEMENT_TITLES,
    Category,
    Kind,
    Settlement,
)
from linli.runtime.queries import offered
from linli.ui.downloads import list_download


@require_GET
def listing(request: Request) -> HttpResponse:
    """Every place, filtered by level, kind and words, as a page or a file."""
    level, kind = request.GET.get("level", ""), request.GET.get("kind", "")
    word = request.GET.get("word", "").strip()
    found = places_asked(request.GET.dict())
    if request.GET.get("format") in ("csv", "xlsx"):
        return list_download(request, "places.register", found)
    rows_of = page_of(found, BY_CODE, cursor=request.GET.get("cursor"), limit=clean_limit(50))
    context: dict[str, object] = {
        "found": rows_of, "level": level, "kind": kind, "word": word,
        "kinds": [(k.value, title) for k, title in KIND_TITLES.items()],
        "kind_titles": {k.value: title for k, title in KIND_TITLES.items()},
        "may_draw": bool(request.actor.paths(permits.DRAW)),
        "may_layer": request.actor.may(permits.DRAW, at=CITY_PATH),
        **offered(request.actor, "places.register"),
    }  # fmt: skip
    return page(request, "places/register.html", context)


@require_GET
def detail(request: Request, code: str) -> HttpResponse:
    """One place: what it is, what it was, what hangs on it, what may be changed."""
    place, today = queries.get_place(code), timezone.localdate()
    settlement = queries.decision_on(place, "settlement", today)
    category = queries.decision_on(place, "category", today)
    town, is_open = place.path[: -len(place.code) - 1], place.valid_to is None
    context: dict[str, object] = {
        "place": place,
        "kind": KIND_TITLES[Kind(place.kind)],
        "settlement": settlement and SETTLEMENT_TITLES[Settlement(settlement.value)],
        "category": category and CATEGORY_TITLES[Category(category.value)],
        "decisions": queries.decisions_of(place),
        "titles": {**_values(SETTLEMENT_TITLES), **_values(CATEGORY_TITLES)},
        "versions": queries.versions_of(place),
        "changes": queries.changes_of(place),
        # how much is registered at a place is for those who change it or work there
        "hanging": queries.hanging_on(place) if request.actor.is_staff else None,
        "layers": queries.layers(),
        "successors": queries.successors_of(place),
        "origins": queries.origins_of(place),
        "may_change": is_open
        and place.parent_id
        and permits.may_change(request.actor, place.level, at=place.path),
        "parts": queries.count_parts(place) if place.level == "village" else None,
        "may_decide": is_open
        and place.level == "village"
        and request.actor.may(permits.DECIDE, at=town),
    }
    return page(request, "places/detail.html", context)


def _values(titles: Mapping[Any, object]) -> dict[str, object]:
    return {key.value: title for key, title in titles.items()}
