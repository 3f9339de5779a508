"""How events in the cells of a place were dealt with (GR-04), and the events that a figure rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.grid.forms.lists import SpanFilter
from linli.grid.indicators import measured
from linli.grid.queries import cells
from linli.grid.queries import figures as queries
from linli.grid.queries.figures import Part
from linli.grid.types.figures import FIGURES, Counted, Figure, Found, Span
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class FigureOut(Schema):
    """A figure from day `since` up to `as_of`; `numerator` is null where it is unknown. `evidence` and
    `missing` name some hundred events at most; `…/figures/{key}/` lists all of them."""

    key: str
    title: str
    method: str
    unit: str
    numerator: int | None
    denominator: int | None
    since: date
    as_of: date
    evidence: list[str]
    missing: list[str]


class FiguresOut(Schema):
    count: int
    items: list[FigureOut]
    next: str | None


class FiguresIn(PagedIn):
    """Without days the last ninety; at most the last two years."""

    first: date | None = None
    last: date | None = None


class CountedOut(Schema):
    """An event that a figure rests on; what did not happen yet is null."""

    number: str
    place: str
    filed_at: datetime | None
    due_at: datetime | None
    disposed_at: datetime | None
    closed_at: datetime | None
    reworks: int


class CountedListOut(Schema):
    count: int
    items: list[CountedOut]
    next: str | None


class CountedIn(FiguresIn):
    """`part` is yes for those that count in the figure, no for the others that it is out of."""

    part: str = "yes"


def _span(asked: FiguresIn) -> Span:
    return SpanFilter({"first": asked.first, "last": asked.last}).span(localdate())


@router.get("/places/{code}/figures/", response=FiguresOut)
def list_figures(request: Request, code: str, asked: Query[FiguresIn]) -> dict[str, Any]:
    """How events in the cells of a village, town or city were dealt with (GR-04)."""
    place, span = cells.ground_for(request.actor, code), _span(asked)
    unseen = queries.about_reader(request.actor, place.path)
    counted = queries.counted(place.path, span, unseen)
    page = page_of_rows(
        FIGURES, lambda one: one.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, lambda one: _figure(one, place.path, span, counted, unseen))


def _figure(
    one: Figure, path: str, span: Span, counted: Counted, unseen: Sequence[int]
) -> dict[str, Any]:
    said = measured(one, path, span, counted, unseen)
    return {
        **plain(one, "key"), "title": str(one.title), "method": str(one.method),
        "unit": "percent" if one.is_share else "hours", "since": span.first,
        **plain(said, "numerator", "denominator", "as_of"),
        "evidence": [each.text for each in said.evidence],
        "missing": [each.text for each in said.missing],
    }  # fmt: skip


@router.get("/places/{code}/figures/{key}/", response=CountedListOut)
def list_counted(request: Request, code: str, key: str, asked: Query[CountedIn]) -> dict[str, Any]:
    """The events that a figure counts, or with `part=no` the others that it is out of, by number."""
    place = cells.ground_for(request.actor, code)
    figure = next((one for one in FIGURES if one.key == key), None)
    if figure is None:
        raise NotFound(key=key)
    is_good = one_of("part", asked.part, ("yes", "no")) == "yes"
    unseen = queries.about_reader(request.actor, place.path)
    part = Part(place.path, _span(asked), figure, is_good, unseen)
    page = queries.page_of_part(part, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, _counted)


def _counted(one: Found) -> dict[str, Any]:
    moments = ("filed_at", "due_at", "disposed_at", "closed_at")
    return {**plain(one, "number", *moments, "reworks"), "place": code_of(one.path)}
