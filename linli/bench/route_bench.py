"""Bench `route`: 5,000 reports through 500 rules against trying the rules in order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import shapely

from linli.bench.measure import Result, judge, machine, paired, timed
from linli.cases.rules.routing import Router, tried_in_order
from linli.cases.types.routing import Asked, Rule

REPORTS, RULES, CATEGORIES, SEED = 5000, 500, 40, 20261124
# the box around Dongguan, in degrees
WEST, SOUTH, EAST, NORTH = 113.52, 22.65, 114.26, 23.16
MONDAY = datetime(2026, 8, 10, 0, tzinfo=UTC)


def run(say: Callable[[str], None]) -> Result:
    """Ours: `Router.route_many`; baseline: each rule in order, polygons prepared, first match."""
    say(f"{REPORTS:,} reports, {RULES} rules …")
    random_ = random.Random(SEED)
    rules, asked = _rules(random_), _reports(random_)
    router = Router(rules)
    shapely.prepare([polygon for polygon in router.polygons if polygon is not None])
    found = router.route_many(asked)
    tried = [tried_in_order(router.rules, router.polygons, one) for one in asked]
    assert [o and o.rule_id for o in found] == [o and o.id for o in tried], "answers differ"
    ours, baseline = paired(
        lambda: 1 / timed(lambda: router.route_many(asked)),
        lambda: 1 / timed(
            lambda: [tried_in_order(router.rules, router.polygons, one) for one in asked]
        ),
    )  # fmt: skip
    per_second = [[REPORTS * rate for rate in rates] for rates in (ours, baseline)]
    part = judge("reports/s against trying in order", *per_second, target=20, bound="at least",
                 unit="1/s")  # fmt: skip
    work = f"{REPORTS:,} reports × {RULES} rules, {sum(bool(r.polygon) for r in rules)} polygons"
    return Result("route", work, (part,), machine())


def _rules(random_: random.Random) -> list[Rule]:
    """Four fifths with a polygon and categories, the rest by town; the last takes what is left."""
    rules = [_rule(number, random_) for number in range(RULES - 1)]
    return [*rules, Rule(RULES, RULES, 1, 1)]


def _rule(number: int, random_: random.Random) -> Rule:
    categories = frozenset(random_.sample(range(CATEGORIES), 4))
    if number % 5 == 4:
        return Rule(number, number, 1, number, categories, path=_path(random_))
    return Rule(number, number, 1, number, categories, polygon=_area(random_))


def _area(random_: random.Random) -> Any:
    """A crooked area of a few kilometres with forty corners."""
    lon, lat = random_.uniform(WEST, EAST), random_.uniform(SOUTH, NORTH)
    circle = shapely.Point(lon, lat).buffer(random_.uniform(0.01, 0.06), quad_segs=10)
    return shapely.geometry.mapping(circle)


def _path(random_: random.Random) -> str:
    return f"441900/{441900000 + random_.randint(3, 38)}/"


def _reports(random_: random.Random) -> list[Asked]:
    return [
        Asked(
            at=MONDAY + timedelta(minutes=n),
            path=f"{_path(random_)}x/",
            category_id=random_.randrange(CATEGORIES),
            channel="page",
            point=(random_.uniform(WEST, EAST), random_.uniform(SOUTH, NORTH)),
        )
        for n in range(REPORTS)
    ]
