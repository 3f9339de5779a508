"""Indicators as a list, as far as the reader may know their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.registries import INDICATORS, Evidence, Indicator
from linli.places import queries as places
from linli.plan.models import PlanDocument, Target
from linli.plan.queries.values import Shown, latest_values, may_see_values


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator, the targets that it measures, and its latest value for the city."""

    indicator: Indicator
    targets: list[str]
    shown: Shown | None
    may_see: bool


def indicator_rows(actor: Actor, document: PlanDocument, on: date) -> list[IndicatorRow]:
    """Return every indicator; two queries."""
    bound: dict[str, list[str]] = {}
    found = Target.objects.filter(document=document).exclude(indicator_key="").order_by("code")
    for code, key in found.values_list("code", "indicator_key"):
        bound.setdefault(key, []).append(code)
    values = latest_values(actor, [one.key for one in INDICATORS], [document.path], on)
    return [
        IndicatorRow(
            one,
            bound.get(one.key, []),
            values.get((one.key, document.path)),
            may_see_values(actor, one.level, document.path),
        )
        for one in INDICATORS
    ]


def get_indicator(
    actor: Actor, document: PlanDocument, key: str, *, at: str | None = None
) -> Indicator:
    """Return an indicator whose values the actor may see, of the city or of a place in it.

    Refuses with NotFound.
    """
    one, path = INDICATORS.get(key), document.path if at is None else at
    if one is None or not path.startswith(document.path):
        raise NotFound(key=key)
    if not may_see_values(actor, one.level, path):
        raise NotFound(key=key)
    return one


@dataclass(frozen=True, slots=True)
class KeptValue:
    """The newest value of an indicator at a place; none was kept where `shown` is missing."""

    indicator: Indicator
    path: str
    shown: Shown | None


def kept_values(actor: Actor, paths: Sequence[str], on: date, *, key: str = "") -> list[KeptValue]:
    """Return a row for each indicator and place whose value the actor may see; one query."""
    wanted = [one for one in INDICATORS if not key or one.key == key]
    values = latest_values(actor, [one.key for one in wanted], paths, on)
    return [
        KeptValue(one, path, values.get((one.key, path)))
        for one in wanted
        for path in paths
        if may_see_values(actor, one.level, path)
    ]


def measured(
    one: Indicator, path: str, on: date
) -> tuple[Shown, Sequence[Evidence], Sequence[Evidence]]:
    """Ask an indicator about a place: what it says, what that rests on, what is missing."""
    said = one.measure(path, on)
    shown = Shown(
        one.key, path, said.as_of, said.numerator, said.denominator, len(said.evidence), one.level
    )
    return shown, said.evidence, said.missing


def indicator_towns(
    actor: Actor, document: PlanDocument, key: str, on: date, *, with_invented: bool
) -> list[tuple[Any, Shown | None]]:
    """Return each town with its latest value, by code; two queries."""
    towns = list(
        places.places_of_level("town", with_invented=with_invented)
        .filter(path__startswith=document.path)
        .order_by("-is_invented", "code")
    )
    values = latest_values(actor, [key], [town.path for town in towns], on)
    return [(town, values.get((key, town.path))) for town in towns]
