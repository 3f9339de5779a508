"""What officials write down about categories, who is in charge, and rules of routing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from linli.cases.types.routing import Duty


@dataclass(frozen=True, slots=True)
class CategoryDetails:
    """What a category is called, the words that point to it, its place in the list, what it promises."""

    title: str
    title_en: str
    words: tuple[str, ...] = ()
    order: int = 100
    promise: str = ""
    promise_en: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is in charge of a category at a place, or is to know of it, from which day, on what basis."""

    category_id: int
    path: str
    duty: Duty
    post_id: int
    since: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class RuleDetails:
    """A rule as somebody writes it; empty conditions fit everything (`types.routing.Rule`).

    It has a post, or a layer of cells whose posts get the cases (then `post_id` is 0).
    """

    title: str
    post_id: int = 0
    categories: tuple[int, ...] = ()
    matters: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    path: str = ""
    polygon: Mapping[str, Any] | None = None
    hours: tuple[time, time] | None = None
    weekdays: tuple[int, ...] = ()
    answers: Mapping[str, list[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    layer: str = ""


@dataclass(frozen=True, slots=True)
class TestDetails:
    """A case made up to test a set; `post_id` is where it must go, None if no rule may fit it.

    With a `layer` it must go to whoever looks after the cell in which it lies.
    """

    __test__ = False

    title: str
    at: datetime
    path: str
    category_id: int | None = None
    matter: str = ""
    channel: str = ""
    point: tuple[int, int] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    post_id: int | None = None
    layer: str = ""
