"""Which post a case goes to: the first rule in order that fits, found for many cases at once.

Polygons are asked by one bulk query of a tree and places by their path, so that only a handful of
rules is tried for a case; a test compares the answers with trying every rule in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime, time
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from linli.cases.rules.clocks import SHANGHAI
from linli.cases.types.routing import Asked, Routed, Rule

# returns cases with the cells of some layers that they lie in
Look = Callable[[Sequence[Asked], Iterable[str]], Sequence[Asked]]
# pairs of place and category whose rules are kept at hand
MOST_REMEMBERED = 50_000


class BadPolygon(ValueError):
    """A polygon that crosses itself or has no area; the text says where."""


def polygon_of(geometry: Mapping[str, Any]) -> shapely.Geometry:
    """Return a polygon to route by. Raises BadPolygon."""
    try:
        found = shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, shapely.errors.ShapelyError) as error:
        raise BadPolygon(str(error)) from error
    if found.geom_type not in ("Polygon", "MultiPolygon") or found.is_empty:
        raise BadPolygon(found.geom_type)
    if not found.is_valid:
        raise BadPolygon(shapely.is_valid_reason(found))
    return found


def fits(rule: Rule, asked: Asked, polygon: shapely.Geometry | None) -> bool:
    """Say whether one rule fits one case; where it sends to cells, one that somebody looks after."""
    return _meets(rule, asked, polygon) and (not rule.layer or _has_post(asked, rule.layer))


def _meets(rule: Rule, asked: Asked, polygon: shapely.Geometry | None) -> bool:
    """The plain meaning of a rule wherever its cases lie, one condition a line."""
    return (
        (not rule.categories or asked.category_id in rule.categories)
        and (not rule.matters or asked.matter in rule.matters)
        and (not rule.channels or asked.channel in rule.channels)
        and (not rule.path or asked.path.startswith(rule.path))
        and (not rule.is_timed or _in_time(rule, asked.at))
        and (
            not rule.answers
            or all(_is_answered(asked.answers.get(k), values) for k, values in rule.answers)
        )
        and (polygon is None or _covers(polygon, asked.point))
    )


def _is_answered(given: str | None, values: Set[str]) -> bool:
    """Say whether an answer is one of these values; where something is, also a place above it."""
    return given is not None and (given in values or not values.isdisjoint(given.split("/")))


def _has_post(asked: Asked, layer: str) -> bool:
    return layer in asked.cells and bool(asked.cells[layer].post_id)


def sent_by(rule: Rule, asked: Asked) -> Routed:
    """Return where a rule that fits sends a case: to its own post, or to that of the cell."""
    org_id, post_id = rule.org_id, rule.post_id
    if rule.layer:
        org_id, post_id = asked.cells[rule.layer].org_id, asked.cells[rule.layer].post_id
    return Routed(rule.id, org_id, post_id, inputs_of(rule, asked))


def _in_time(rule: Rule, at: datetime) -> bool:
    local = at.astimezone(SHANGHAI)
    day = local.date()
    return (
        (rule.since is None or rule.since <= day)
        and (rule.until is None or day < rule.until)
        and (not rule.weekdays or day.weekday() in rule.weekdays)
        and (rule.hours is None or _within(local.time(), rule.hours))
    )


def inputs_of(rule: Rule, asked: Asked) -> dict[str, Any]:
    """Return what of a case a rule looked at: only a change of these routes it anew."""
    looked: dict[str, Any] = {}
    if rule.categories:
        looked["category"] = asked.category_id
    if rule.matters:
        looked["matter"] = asked.matter
    if rule.channels:
        looked["channel"] = asked.channel
    if rule.path:
        looked["path"] = asked.path
    if rule.polygon is not None and asked.point is not None:
        looked["point"] = [round(asked.point[0] * 1e6), round(asked.point[1] * 1e6)]
    if rule.layer:
        cell = asked.cells.get(rule.layer)
        looked["cell"] = f"{rule.layer} {cell.code}" if cell else None
    for key, _ in rule.answers:
        looked[f"answer.{key}"] = asked.answers.get(key)
    return looked


def _within(at: time, hours: tuple[time, time]) -> bool:
    begin, end = hours
    return begin <= at < end if begin < end else at >= begin or at < end


def _covers(polygon: shapely.Geometry, point: tuple[float, float] | None) -> bool:
    return point is not None and bool(shapely.intersects_xy(polygon, *point))


class Router:
    """A set of rules made ready. It does not change; another set is another router."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = sorted(rules, key=lambda rule: (rule.order, rule.id))
        self.polygons = [polygon_of(r.polygon) if r.polygon else None for r in self.rules]
        self._shaped = [n for n, polygon in enumerate(self.polygons) if polygon is not None]
        self._shapes = np.array([self.polygons[n] for n in self._shaped], dtype=object)
        self._has_layers = any(rule.layer for rule in self.rules)
        self._columns: dict[int | None, int] = {None: 0}
        for category in sorted(set().union(*(rule.categories for rule in self.rules))):
            self._columns[category] = len(self._columns)
        self._takes = self._category_table()
        # rules without a polygon, by the place that they hold for; "" holds everywhere
        self._at: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.rules):
            if self.polygons[number] is None:
                self._at[rule.path].append(number)
        self._plain: dict[tuple[str, int | None], list[int]] = {}

    def route(self, asked: Asked) -> Routed | None:
        """Return where one case goes, or None if no rule fits."""
        return self.route_many([asked])[0]

    def route_many(self, asked: Sequence[Asked], look: Look | None = None) -> list[Routed | None]:
        """Return where each case goes, in the order given.

        `look` is asked once, for those cases alone that go by the cell in which they lie.
        """
        inside = self._inside(asked)
        if look is not None and self._has_layers:
            asked = self._looked(asked, inside, look)
        return [self._first(one, inside.get(n)) for n, one in enumerate(asked)]

    def _first(self, asked: Asked, shaped: list[int] | None) -> Routed | None:
        for number in self._numbers(asked, shaped):
            rule = self.rules[number]
            # its polygon holds the point already
            if fits(rule, asked, None):
                return sent_by(rule, asked)
        return None

    def _numbers(self, asked: Asked, shaped: list[int] | None) -> list[int]:
        """The rules to try, in their order: those of place and category, and of the point."""
        key = (asked.path, asked.category_id)
        plain = self._plain.get(key)
        if plain is None:
            plain = self._remember(key)
        return sorted(shaped + plain) if shaped else plain

    def _looked(
        self, asked: Sequence[Asked], inside: Mapping[int, list[int]], look: Look
    ) -> Sequence[Asked]:
        layers = [self._layers_for(one, inside.get(n)) for n, one in enumerate(asked)]
        wanted = [n for n, names in enumerate(layers) if names]
        if not wanted:
            return asked
        placed = look([asked[n] for n in wanted], set().union(*layers))
        known = dict(zip(wanted, placed, strict=True))
        return [known.get(n, one) for n, one in enumerate(asked)]

    def _layers_for(self, asked: Asked, shaped: list[int] | None) -> set[str]:
        """The layers by which a case may go before a rule with a post of its own takes it."""
        found: set[str] = set()
        for number in self._numbers(asked, shaped):
            rule = self.rules[number]
            if _meets(rule, asked, None):
                if not rule.layer:
                    break
                found.add(rule.layer)
        return found

    def _remember(self, key: tuple[str, int | None]) -> list[int]:
        path, category = key
        codes = path.split("/")
        paths = ["", *("/".join(codes[:n]) + "/" for n in range(1, len(codes)))]
        found = [
            number
            for place in paths
            for number in self._at.get(place, ())
            if not self.rules[number].categories or category in self.rules[number].categories
        ]
        if len(self._plain) >= MOST_REMEMBERED:
            self._plain.clear()
        return self._plain.setdefault(key, sorted(found))

    def _category_table(self) -> NDArray[np.bool_]:
        """Return which category (row) each rule with a polygon (column) takes; row 0 is unknown."""
        table = np.zeros((len(self._columns), len(self._shaped)), dtype=np.bool_)
        for column, number in enumerate(self._shaped):
            wanted = self.rules[number].categories
            rows = [self._columns[c] for c in wanted] if wanted else slice(None)
            table[rows, column] = True
        return table

    def _inside(self, asked: Sequence[Asked]) -> dict[int, list[int]]:
        """Return for each case the rules of its category whose polygon holds its point."""
        found: dict[int, list[int]] = defaultdict(list)
        placed = [n for n, one in enumerate(asked) if one.point is not None]
        if not placed or not self._shaped:
            return found
        tree = shapely.STRtree(shapely.points([asked[n].point for n in placed]))
        shaped, case = tree.query(self._shapes, predicate="intersects")
        rows = np.array([self._columns.get(asked[n].category_id, 0) for n in placed])
        takes = self._takes[rows[case], shaped]
        for number, polygon in zip(case[takes].tolist(), shaped[takes].tolist(), strict=True):
            found[placed[number]].append(self._shaped[polygon])
        return found


def tried_in_order(
    rules: Sequence[Rule], polygons: Sequence[shapely.Geometry | None], asked: Asked
) -> Rule | None:
    """Return the first rule that fits by trying one after the other: the measure of `Router`."""
    for rule, polygon in zip(rules, polygons, strict=True):
        if fits(rule, asked, polygon):
            return rule
    return None
