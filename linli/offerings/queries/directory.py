"""Who serves people in the city besides its centres, and when the windows of centres are open; all public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from linli.kernel.paging import MAX_LIMIT
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY
from linli.offerings.models import WindowHours
from linli.orgs.queries.register import Wanted, organisations

# 社区社会组织、社工机构、法律服务站、物业服务企业 (民发〔2013〕170号: 便民服务资源)
KINDS = ("community_social_org", "social_work_agency", "legal_service_station", "property_company")


def helping_bodies(on: date) -> list[Any]:
    """Return social organisations and service companies of the city, kind by kind."""
    return [body for kind in KINDS for body in _bodies(kind, on)]


def _bodies(kind: str, on: date) -> Iterable[Any]:
    wanted, cursor = Wanted(path=CITY_PATH, kind=kind, with_invented=True), None
    while True:
        found = organisations(NOBODY, wanted, on=on, cursor=cursor, limit=MAX_LIMIT)
        yield from found.items
        cursor = found.next
        if not cursor:
            return


def opening_hours(centre_ids: Iterable[int], on: date) -> dict[int, list[tuple[int, int, int]]]:
    """Return (weekday, opens, closes) of centres, in minutes of the day; windows together, one query."""
    rows = WindowHours.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on),
        window__centre_id__in=list(centre_ids),
    )  # fmt: skip
    spans: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
    for centre, weekday, opens, closes in rows.values_list(
        "window__centre_id", "weekday", "opens", "closes"
    ):
        spans[centre].add((weekday, opens, closes))
    return {centre: merged(sorted(found)) for centre, found in spans.items()}


def merged(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return spans of a week with those that touch put together; they come sorted."""
    found: list[tuple[int, int, int]] = []
    for weekday, opens, closes in spans:
        if found and found[-1][0] == weekday and opens <= found[-1][2]:
            found[-1] = (weekday, found[-1][1], max(closes, found[-1][2]))
        else:
            found.append((weekday, opens, closes))
    return found
