"""What was measured over the API: indicators, their values by place, and what these rest on.

Unknown is null, never zero. What the Party tasks measure is not here for who lacks the permit:
neither the indicator nor a value nor its evidence.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.registries import Evidence, Indicator
from linli.kernel.web import Request
from linli.places import queries as places
from linli.plan import queries
from linli.plan.api.frame import ListIn
from linli.plan.queries import IndicatorRow, Shown

router = Router()


class ValueOut(Schema):
    """`value` is in `unit`: a share in whole percent, else an average to one place, else a count."""

    indicator: str
    place: str
    numerator: int | None
    denominator: int | None
    value: int | float | None
    unit: str
    as_of: date | None
    evidence_count: int | None


class ValuesOut(Schema):
    count: int
    items: list[ValueOut]
    next: str | None


class EvidenceOut(Schema):
    text: str
    url: str
    place: str


class ValueDetailOut(ValueOut):
    method: str
    evidence: list[EvidenceOut]
    missing: list[EvidenceOut]
    history: list[ValueOut]


class IndicatorOut(Schema):
    key: str
    title: str
    method: str
    unit: str
    targets: list[str]
    city: ValueOut


class IndicatorsOut(Schema):
    count: int
    items: list[IndicatorOut]
    next: str | None


class ValuesIn(ListIn):
    indicator: str = ""
    place: str = ""
    below: bool = True
    demo: str = ""


@router.get("/plan/indicators/", response=IndicatorsOut)
def list_indicators(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Every indicator whose values the caller may see: how it is counted, what it says of the city."""
    plan = queries.current_document(asked.plan)
    rows = [r for r in queries.indicator_rows(request.actor, plan, localdate()) if r.may_see]
    page = page_of_rows(
        rows, lambda row: row.indicator.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, lambda row: _indicator(row, plan.path))


@router.get("/plan/indicators/{key}/", response=IndicatorOut)
def get_indicator(request: Request, key: str, plan: str = "") -> dict[str, Any]:
    """One indicator."""
    document = queries.current_document(plan)
    queries.get_indicator(request.actor, document, key)
    rows = queries.indicator_rows(request.actor, document, localdate())
    return _indicator(next(row for row in rows if row.indicator.key == key), document.path)


def _indicator(row: IndicatorRow, path: str) -> dict[str, Any]:
    one = row.indicator
    return {
        "key": one.key, "title": str(one.title), "method": str(one.method), "unit": one.unit,
        "targets": row.targets, "city": _value(one, path, row.shown),
    }  # fmt: skip


@router.get("/plan/values/", response=ValuesOut)
def list_values(request: Request, asked: Query[ValuesIn]) -> dict[str, Any]:
    """The newest value of each indicator for the city and each town; `demo=include` adds invented.

    With `place` that place and, unless `below=false`, the towns in it. A value that nobody knows is
    in the list with nulls.
    """
    plan = queries.current_document(asked.plan)
    kept = queries.kept_values(
        request.actor, _paths(asked, plan.path), localdate(), key=asked.indicator
    )
    page = page_of_rows(
        kept, lambda row: f"{row.indicator.key} {row.path}", cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, lambda row: _value(row.indicator, row.path, row.shown))


def _paths(asked: ValuesIn, root: str) -> list[str]:
    """The places whose values are kept, cut by what was asked."""
    path = path_of(asked.place) if asked.place else root
    every = queries.measured_paths(with_invented=asked.demo == "include" or path != root)
    below = asked.below or not asked.place
    return [at for at in every if at == path or (below and at.startswith(path))]


@router.get("/plan/values/{key}/{place}/", response=ValueDetailOut)
def get_value(request: Request, key: str, place: str, plan: str = "") -> dict[str, Any]:
    """What an indicator says of one place today, what that rests on, and what is missing."""
    document, today = queries.current_document(plan), localdate()
    at = places.get_place(place)
    one = queries.get_indicator(request.actor, document, key, at=at.path)
    now, evidence, missing = queries.measured(one, at.path, today)
    history = queries.trend_of(request.actor, key, at.path, today)
    return {
        **_value(one, at.path, now), "method": str(one.method),
        "evidence": [_evidence(thing) for thing in evidence],
        "missing": [_evidence(thing) for thing in missing],
        "history": [_value(one, at.path, value) for value in history],
    }  # fmt: skip


def _value(one: Indicator, path: str, shown: Shown | None) -> dict[str, Any]:
    """A value with what it comes to and the unit of that; unknown is null."""
    return {
        "indicator": one.key, "place": code_of(path),
        "numerator": shown.numerator if shown else None,
        "denominator": shown.denominator if shown else None,
        "value": shown.value if shown else None,
        "unit": shown.unit if shown else one.unit, "as_of": shown.as_of if shown else None,
        "evidence_count": shown.evidence_count if shown else None,
    }  # fmt: skip


def _evidence(thing: Evidence) -> dict[str, str]:
    return {"text": thing.text, "url": thing.url, "place": code_of(thing.path)}
