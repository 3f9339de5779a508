"""Rules by which cases reach posts, and what they look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the first in order that fits sends a case to its post.

    Empty conditions fit everything. `path` is a place and all below it; `polygon` GeoJSON
    (WGS-84); `hours` a part of the day, which may go over midnight; `weekdays` 0 to 6 from Monday;
    `answers` are values by the key of a question. It holds from `since` up to before `until`.
    """

    id: int
    order: int
    org_id: int
    post_id: int
    categories: frozenset[int] = frozenset()
    matters: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    path: str = ""
    polygon: Mapping[str, Any] | None = None
    hours: tuple[time, time] | None = None
    weekdays: frozenset[int] = frozenset()
    answers: tuple[tuple[str, frozenset[str]], ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_timed(self) -> bool:
        """Say whether the moment matters to this rule."""
        return bool(self.since or self.until or self.weekdays or self.hours)


@dataclass(frozen=True, slots=True)
class Asked:
    """What routing looks at in a case. `point` is (lon, lat) in degrees."""

    at: datetime
    path: str
    category_id: int | None = None
    matter: str = ""
    channel: str = ""
    point: tuple[float, float] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Routed:
    """Which rule sent a case where, and the inputs that the rule looked at."""

    rule_id: int
    org_id: int
    post_id: int
    inputs: Mapping[str, Any]
