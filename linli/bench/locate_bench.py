"""Bench `locate`: points in the outlines of 609 villages, many at once and one by one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import shapely
from shapely import STRtree

from linli.bench.measure import Part, Result, judge, machine, paired, timed
from linli.places import clients, queries

POINTS, SINGLES, SEED = 1_000_000, 20_000, 4419


def run(say: Callable[[str], None]) -> Result:
    """Ours: places.queries; baseline: a bare STRtree over the same outlines and points."""
    draw = random.Random(SEED)
    lons = [draw.uniform(113.52, 114.26) for _ in range(POINTS)]
    lats = [draw.uniform(22.65, 23.15) for _ in range(POINTS)]
    tree = _bare_tree()
    say(f"{POINTS:,} points at once …")
    many = paired(
        lambda: timed(lambda: queries.locate_many(lons, lats)),
        lambda: timed(lambda: tree.query(shapely.points(lons, lats), predicate="intersects")),
    )
    pairs = list(zip(lons[:SINGLES], lats[:SINGLES], strict=True))
    say(f"{SINGLES:,} points one by one …")
    single = paired(
        lambda: timed(lambda: [queries.locate(lon, lat) for lon, lat in pairs]),
        lambda: timed(lambda: [_bare(tree, lon, lat) for lon, lat in pairs]),
    )
    parts = (
        _rate("many at once, points/s", many, POINTS, target=0.5),
        _rate("one by one, points/s", single, SINGLES, target=0.2),
    )
    return Result("locate", f"{POINTS:,} points in 609 outlines", parts, machine())


def _rate(
    name: str, seconds: tuple[list[float], list[float]], count: int, *, target: float
) -> Part:
    ours, baseline = ([count / s for s in run] for run in seconds)
    return judge(name, ours, baseline, target=target, bound="at least", unit="points/s")


def _bare_tree() -> STRtree:
    shapes = [
        shapely.from_geojson(json.dumps(geometry))
        for code, geometry in clients.outlines()
        if len(code) == len("441900003001")
    ]
    shapely.prepare(shapes)
    return STRtree(shapes)


def _bare(tree: STRtree, lon: float, lat: float) -> object:
    return tree.query(shapely.points(lon, lat), predicate="intersects")
