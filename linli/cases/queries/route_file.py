"""Where the rows of a list would go today: place by point or words, topic by words, post by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.cases.models import Category, RoutingRule
from linli.cases.queries.posts import post_names
from linli.cases.queries.routing import destinations
from linli.cases.queries.suggesting import suggest
from linli.cases.rules.clocks import local_day
from linli.cases.rules.route_file import RouteRow
from linli.cases.types.routing import Asked
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths

BATCH = 1000
DEPTH_OF_TOWN, DEPTH_OF_VILLAGE = 2, 3


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with the place and topic that were found for it."""

    row: RouteRow
    path: str
    place_by: str | None
    category_id: int | None


def routed_rows(
    rows: Sequence[RouteRow], *, channel: str, city: str, now: datetime
) -> Iterator[list[dict[str, Any]]]:
    """Yield batches of rows as they would be routed now; nothing is opened, nothing is decided.

    The point tells the place before the words do; without either the row is the city's.
    """
    titles = dict(Category.objects.values_list("pk", "title"))
    codes = dict(Category.objects.values_list("pk", "code"))
    for start in range(0, len(rows), BATCH):
        read = _read(rows[start : start + BATCH], city)
        asked = [
            Asked(now, one.path, one.category_id, channel=channel, point=one.row.point)
            for one in read
        ]
        found = destinations(asked, local_day(now))
        posts = post_names(one.post_id for one in found if one)
        rules = _rule_titles({one.rule_id for one in found if one and one.rule_id})
        names = names_of_paths(path for one in read for path in _places(one.path) if path)
        yield [
            {
                "number": one.row.number,
                "town": names.get(_places(one.path)[0]),
                "village": names.get(_places(one.path)[1]),
                "place_by": one.place_by,
                "topic": titles.get(one.category_id or 0),
                "topic_code": codes.get(one.category_id or 0),
                "post": posts.get(to.post_id) if to else None,
                "post_id": to.post_id if to else None,
                "rule": to.rule_id if to else None,
                "rule_title": rules.get(to.rule_id or 0) if to else None,
                "by": str(to.by) if to else None,
                "fault": one.row.fault or None,
            }
            for one, to in zip(read, found, strict=True)
        ]


def _read(rows: Sequence[RouteRow], city: str) -> list[_Read]:
    placed = [row for row in rows if row.point]
    lons = [row.point[0] for row in placed if row.point]
    lats = [row.point[1] for row in placed if row.point]
    codes = places.locate_many(lons, lats) if placed else []
    inside = {row.line: code for row, code in zip(placed, codes, strict=True) if code}
    paths = places.paths_of(inside.values())
    return [_one(row, paths.get(inside.get(row.line, ""), ""), city) for row in rows]


def _one(row: RouteRow, by_point: str, city: str) -> _Read:
    told = suggest(row.text, by_point)
    category = told.categories[0].category_id if told.categories else None
    if by_point:
        return _Read(row, by_point, "point", category)
    if told.places:
        return _Read(row, told.places[0].path, "words", category)
    return _Read(row, city, None, category)


def _places(path: str) -> tuple[str, str]:
    """Return the paths of the town and the village of a path; empty where it has none."""
    codes = path.strip("/").split("/")
    town = "/".join(codes[:DEPTH_OF_TOWN]) + "/" if len(codes) >= DEPTH_OF_TOWN else ""
    village = "/".join(codes[:DEPTH_OF_VILLAGE]) + "/" if len(codes) >= DEPTH_OF_VILLAGE else ""
    return town, village


def _rule_titles(ids: set[int]) -> dict[int, str]:
    return dict(RoutingRule.objects.filter(pk__in=ids).values_list("pk", "title"))
