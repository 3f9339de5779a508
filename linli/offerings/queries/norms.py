"""The six norms of centres and the platforms that they take in, as the package brings them along."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from linli.offerings.types.centres import Norm, Platform, Point

DATA = Path(__file__).parents[1] / "data" / "norms.yaml"


@cache
def _read() -> Any:
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@cache
def norms() -> tuple[Norm, ...]:
    """Return the six norms with their points, in the order of the plan."""
    return tuple(
        Norm(
            one["key"],
            one["zh"],
            one["en"],
            tuple(Point(norm=one["key"], **point) for point in one["points"]),
        )
        for one in _read()["norms"]
    )


@cache
def points() -> dict[str, Point]:
    """Return every point by its key."""
    return {point.key: point for norm in norms() for point in norm.points}


@cache
def platforms() -> dict[str, Platform]:
    """Return the platforms that a centre takes in, by key."""
    return {one["key"]: Platform(one["key"], one["zh"], one["en"]) for one in _read()["platforms"]}


def platform_source() -> str:
    """Return which document names the platforms."""
    return str(_read()["platform_source"])
