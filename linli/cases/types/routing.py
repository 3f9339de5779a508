"""Rules by which cases reach posts, and what they look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from linli.kernel.quick import quick


class Duty(StrEnum):
    """What a post has to do with the cases of a category: 责任岗位, 知会岗位."""

    RESPONSIBLE = "responsible"
    INFORMED = "informed"


class SetState(StrEnum):
    """Where a set of rules stands: being written, only watched beside the one in force, in force."""

    DRAFT = "draft"
    SHADOW = "shadow"
    IN_FORCE = "in_force"


class By(StrEnum):
    """What sent a case: a rule, the list of responsibilities, or the office of the place."""

    RULE = "rule"
    LIST = "list"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class InCell:
    """The cell of a layer in which a case lies, and the post that looks after it; 0 where nobody does."""

    code: str
    org_id: int = 0
    post_id: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the first in order that fits sends a case to its post.

    With a `layer` it has no post of its own: it sends a case to the post that looks after the cell
    of this layer in which the case lies, and fits none for whose cell nobody does. Empty conditions fit everything. `path` is a place and all below it; `polygon` GeoJSON
    (WGS-84); `hours` a part of the day, which may go over midnight; `weekdays` 0 to 6 from Monday;
    `answers` are values by the key of a question, codes of places for one that asks where: what lies below
    fits too. It holds from `since` up to before `until`.
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
    layer: str = ""

    @property
    def is_timed(self) -> bool:
        """Say whether the moment matters to this rule."""
        return bool(self.since or self.until or self.weekdays or self.hours)


@quick
@dataclass(frozen=True, slots=True)
class Asked:
    """What routing looks at in a case. `point` is (lon, lat) in degrees, `cells` the cell by layer; an answer
    that says where is the codes of the place and of those above it, parted by slashes."""

    at: datetime
    path: str
    category_id: int | None = None
    matter: str = ""
    channel: str = ""
    point: tuple[float, float] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, InCell] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True)
class Routed:
    """Which rule sent a case where, and the inputs that the rule looked at.

    Without a rule `by` says what sent it; `meant_post_id` is the vacant post that it was meant for.
    """

    rule_id: int | None
    org_id: int
    post_id: int
    inputs: Mapping[str, Any]
    by: By = By.RULE
    meant_post_id: int | None = None
