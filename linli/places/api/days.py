"""Places of one day as they are on another, and their figures then and restated."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Schema

from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request
from linli.places import queries
from linli.places.api.routing import BY_CODE, check_level, day_of, router
from linli.places.queries.becoming import Becoming, becoming
from linli.places.types import FIGURES

COUNTED = ("town", "village")


class DaysIn(PagedIn):
    level: str = "village"
    measured_on: str | None = None
    on: str | None = None
    demo: str = ""


class ShareOut(Schema):
    code: str
    name: str
    numerator: int
    denominator: int


class RestatedOut(Schema):
    code: str
    name: str
    name_en: str
    level: str
    kind: str
    parent: str | None
    path: str
    is_invented: bool
    happened: list[str]
    becomes: list[ShareOut]


class RestatedsOut(Schema):
    count: int
    items: list[RestatedOut]
    next: str | None


class FigureOut(Schema):
    value: int | None
    known: int | None


class CountedOut(Schema):
    code: str
    name: str
    name_en: str
    level: str
    parent: str | None
    is_invented: bool
    figures: dict[str, FigureOut]


class CountedsOut(Schema):
    count: int
    items: list[CountedOut]
    next: str | None


def _days(asked: DaysIn) -> tuple[date, date]:
    measured_on, on = day_of("measured_on", asked.measured_on), day_of("on", asked.on)
    if on < measured_on:
        raise Invalid({"on": [f"≥ {measured_on.isoformat()}"]})
    return measured_on, on


@router.get("/places/restated/", response=RestatedsOut)
def list_restated(request: Request, asked: Query[DaysIn]) -> dict[str, Any]:
    """The places of `measured_on`, each with what it is on `on` and with which share of it.

    `happened`: merged, split, renamed, moved; empty where nothing did.
    """
    check_level(asked.level)
    measured_on, on = _days(asked)
    found = queries.then(measured_on, with_invented=asked.demo == "include")
    page = page_of(
        found.filter(level=asked.level), BY_CODE, cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    places = [queries.as_then(place) for place in page.items]
    items = [_restated(one) for one in becoming(places, measured_on=measured_on, on=on)]
    return listed(page, items=items)


def _restated(one: Becoming) -> dict[str, Any]:
    then = one.place
    return {
        "code": then.code, "name": then.name, "name_en": then.name_en, "level": then.level,
        "kind": then.kind, "parent": then.above or None, "path": then.path,
        "is_invented": then.is_invented, "happened": list(one.happened),
        "becomes": [
            {
                "code": share.place.code, "name": share.place.name,
                "numerator": share.share.numerator, "denominator": share.share.denominator,
            }
            for share in one.shares
        ],
    }  # fmt: skip


@router.get("/places/figures/", response=CountedsOut)
def list_figures(request: Request, asked: Query[DaysIn]) -> dict[str, Any]:
    """What the register counted on `measured_on`, under the towns or villages of `on`.

    Both days alike give the figures as they were. `value` is null where all or a part is not
    known; `known` is the known part. The sum over all places is the same under either borders.
    """
    check_level(asked.level, COUNTED)
    measured_on, on = _days(asked)
    invented = asked.demo == "include"
    figures = queries.figures_carried(
        asked.level, measured_on=measured_on, on=on, with_invented=invented
    )
    found = queries.then(on, with_invented=invented).filter(level=asked.level)
    page = page_of(found, BY_CODE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    items = []
    for place in map(queries.as_then, page.items):
        counted = figures[place.id]
        items.append(
            {
                "code": place.code, "name": place.name, "name_en": place.name_en,
                "level": place.level, "parent": place.above or None,
                "is_invented": place.is_invented,
                "figures": {
                    key: {"value": counted[key].value, "known": counted[key].known}
                    for key in FIGURES
                },
            }
        )  # fmt: skip
    return listed(page, items=items)
