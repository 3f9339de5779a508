"""The directory of the city: who serves people, from which windows, in which venues; all public.

Everything is read a page at a time, in the order of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from linli.activities.queries.venues import venues_at
from linli.kernel import sql
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY, PUBLIC
from linli.offerings.models import ServiceWindow, WindowHours
from linli.offerings.queries.items import offered
from linli.orgs import queries as orgs
from linli.orgs.queries.charge import BODIES
from linli.orgs.queries.register import with_names

# 社区社会组织、社工机构、法律服务站、物业服务企业 (民发〔2013〕170号: 便民服务资源)
HELPING = (
    "community_social_org",
    "social_work_agency",
    "legal_service_station",
    "property_company",
)
# items beside the centres of their places, in the order of items, without a row for each pair being made
PAIRS = """
WITH shown AS (
    SELECT v.id AS version, i.id AS item, i.path FROM offerings_itemversion v
      JOIN offerings_item i ON i.id = v.item_id
     WHERE i.state IN ('offered', 'suspended') AND v.state = 'published' AND v.kind <> 'refused'
       AND v.since <= %(on)s AND (v.until IS NULL OR v.until > %(on)s)),
centres AS MATERIALIZED (
    SELECT id, path, rank FROM orgs_organisation
     WHERE kind_id = ANY(%(kinds)s) AND level = %(public)s AND (closed_on IS NULL OR closed_on > %(on)s)),
counted AS (
    SELECT p.path, count(*) AS number FROM (SELECT DISTINCT path FROM shown) p
      JOIN centres c ON starts_with(c.path, p.path) GROUP BY p.path),
lined AS (
    SELECT s.version, s.item, s.path, number, sum(number) OVER (ORDER BY s.item) - number AS before
      FROM shown s JOIN counted USING (path))
SELECT l.version, c.id FROM lined l JOIN LATERAL (
    SELECT id, row_number() OVER (ORDER BY path, rank, id) AS line
      FROM centres WHERE starts_with(path, l.path)) c ON true
 WHERE l.before < %(stop)s AND l.before + l.number > %(start)s
   AND l.before + c.line > %(start)s AND l.before + c.line <= %(stop)s
 ORDER BY l.before + c.line
"""


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window in use; `items` are keys of what is served there, none for everything.

    `spans` are (weekday, opens, closes) of its week, in minutes of the day.
    """

    id: int
    centre_id: int
    number: str
    name: str
    items: tuple[str, ...]
    is_low: bool
    spans: tuple[tuple[int, int, int], ...]

    def serves(self, item: str) -> bool:
        return not self.items or item in self.items


class Answers(NamedTuple):
    """Who answers for something: its owner if it has one, else the body that stands for its place."""

    owner_id: int | None
    path: str


def _open(on: date) -> Q:
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


def _bodies(on: date) -> QuerySet[Any]:
    found = orgs.visible_organisations(NOBODY).filter(_open(on))
    return with_names(found, on).select_related("kind", "place", "centre").order_by("path", "rank", "pk")  # fmt: skip


def centres(on: date) -> QuerySet[Any]:
    """Return the service centres of the city, also those that are planned."""
    return _bodies(on).filter(kind_id__in=orgs.CENTRES)


def helping_bodies(on: date) -> QuerySet[Any]:
    """Return the social organisations and service companies of the city."""
    return _bodies(on).filter(kind_id__in=HELPING)


def listed_bodies(on: date) -> QuerySet[Any]:
    """Return all bodies of the directory: centres, who helps, and who answers for an item or a venue."""
    items = services(on).values_list("item__owner_id", "item__path").order_by().distinct()
    paths = venues().values_list("path", flat=True).order_by().distinct()
    asked = [*(Answers(*one) for one in items), *(Answers(None, path) for path in paths)]
    codes = set(answering(asked, on).values())
    return _bodies(on).filter(Q(kind_id__in=(*orgs.CENTRES, *HELPING)) | Q(code__in=codes))


def services(on: date) -> QuerySet[Any]:
    """Return every item of service that is offered on a day; proofs that are refused are no services."""
    return offered(on).exclude(kind="refused").order_by("item_id")


def venues() -> QuerySet[Any]:
    """Return the venues and the equipment that people book."""
    return venues_at(CITY_PATH)


def answering(asked: Iterable[Answers], on: date) -> dict[Answers, str]:
    """Return who answers for things, by its code; what nobody public answers for is left out."""
    wanted = set(asked)
    owners = _codes_of({one.owner_id for one in wanted if one.owner_id}, on)
    bodies: dict[str, str] = {}
    found = orgs.visible_organisations(NOBODY).filter(_open(on), kind_id__in=BODIES)
    rows = found.filter(path__in={one.path for one in wanted}).order_by("path", "rank", "pk")
    for path, code in rows.values_list("path", "code"):
        bodies.setdefault(path, code)
    told = {one: owners.get(one.owner_id or 0) or bodies.get(one.path, "") for one in wanted}
    return {one: code for one, code in told.items() if code}


def _codes_of(ids: Collection[int], on: date) -> dict[int, str]:
    """Return the codes of owners; of one that has ended that of who bears its work."""
    seen = orgs.visible_organisations(NOBODY).filter(_open(on))
    found = dict(seen.filter(pk__in=ids).values_list("pk", "code"))
    for gone in set(ids) - found.keys():
        code = seen.filter(pk=orgs.bearer_of(gone, on)).values_list("code", flat=True).first()
        if code:
            found[gone] = code
    return found


def count_pairs(on: date) -> int:
    """Return how many pairs of an item and a centre that serves it there are; two queries."""
    at = list(centres(on).values_list("path", flat=True))
    items = services(on).order_by().values_list("item__path").annotate(number=Count("pk"))
    return sum(number * sum(one.startswith(path) for one in at) for path, number in items)


def pairs(on: date, start: int, stop: int) -> list[tuple[Any, Any]]:
    """Return (version of an item, centre) from `start` to before `stop`, by item and then by place."""
    params = {
        "on": on, "kinds": list(orgs.CENTRES), "public": int(PUBLIC), "start": start, "stop": stop,
    }  # fmt: skip
    ids = sql.tuples("directory.pairs", PAIRS, params)
    versions = services(on).in_bulk({version for version, _centre in ids})
    bodies = centres(on).in_bulk({centre for _version, centre in ids})
    return [(versions[version], bodies[centre]) for version, centre in ids]


def open_windows(centre_ids: Collection[int], on: date) -> dict[int, list[OpenWindow]]:
    """Return the windows in use of centres with their weeks; two queries."""
    found = ServiceWindow.objects.filter(_open(on), centre_id__in=centre_ids)
    rows = WindowHours.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on),
        window__in=found,
    )  # fmt: skip
    spans: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
    for window, *span in rows.values_list("window_id", "weekday", "opens", "closes"):
        weekday, opens, closes = span
        spans[window].add((weekday, opens, closes))
    told: dict[int, list[OpenWindow]] = defaultdict(list)
    for one in found.order_by("centre_id", "number", "pk"):
        told[one.centre_id].append(OpenWindow(
            one.pk, one.centre_id, one.number, one.name, tuple(one.items), one.is_low,
            tuple(sorted(spans[one.pk])),
        ))  # fmt: skip
    return told
