"""Public cases over the API: what everybody may see, place by place."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router, Schema

from linli.cases.queries import public as queries
from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicCase, PublicWanted
from linli.kernel.api import PagedIn, listed, one_of
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request

router = Router(tags=["cases"])
MICRO = 1_000_000


class PublicWordOut(Schema):
    """Released words; what was blacked out stays out."""

    said_on: date
    text: str
    is_by_reporter: bool


class PublicCaseOut(Schema):
    """A case for everybody. `lon` and `lat` are the middle of a cell of about 100 metres; `body` has it,
    `expected_on` is the last day of the promise.
    """

    number: str
    category: str
    category_code: str
    place: str
    place_code: str
    state: str
    stage: str
    reported_on: date
    updated_on: date
    lon: float | None
    lat: float | None
    words: list[PublicWordOut]
    photos: list[str]
    same_as: str | None
    body: str
    expected_on: date | None
    promise: str


class PublicCaseListOut(Schema):
    count: int
    items: list[PublicCaseOut]
    next: str | None


class PublicListIn(PagedIn):
    """`stage` is open, answered, solved, refused or ended; `category` a code."""

    category: str = ""
    stage: str = ""


@router.get("/places/{code}/cases/", response=PublicCaseListOut)
def public_list(request: Request, code: str, asked: Query[PublicListIn]) -> dict[str, Any]:
    """Public cases of a city, town or village, newest first: rough place, state, released words."""
    place = queries.public_place(code)
    wanted = PublicWanted(asked.category[:40], one_of("stage", asked.stage, Stage))
    limit = clean_limit(asked.limit)
    return listed(queries.list_public(place, wanted, cursor=asked.cursor, limit=limit), _out)


@router.get("/places/{code}/cases/{number}/", response=PublicCaseOut)
def public_one(request: Request, code: str, number: str) -> dict[str, Any]:
    """One public case."""
    return _out(queries.get_public(number, queries.public_place(code)))


def _out(case: PublicCase) -> dict[str, Any]:
    lon, lat = case.point or (None, None)
    return {
        "number": case.number,
        "category": case.category,
        "category_code": case.category_code,
        "place": case.place,
        "place_code": case.place_code,
        "state": str(case.state),
        "stage": case.stage,
        "reported_on": case.opened_on,
        "updated_on": case.updated_on,
        "lon": None if lon is None else lon / MICRO,
        "lat": None if lat is None else lat / MICRO,
        "words": [
            {"said_on": w.on, "text": w.text, "is_by_reporter": w.is_by_reporter}
            for w in case.words
        ],
        "photos": list(case.photos),
        "same_as": case.same_as or None,
        "body": case.body,
        "expected_on": case.expected_on,
        "promise": case.promise,
    }
