"""API of the supervisor's board and of the days on which cases are due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases.forms.filters import wanted_of
from linli.cases.queries.board import Board, BoardRow, board_of, supervised_place
from linli.cases.queries.filters import place_of, sees_cases
from linli.cases.queries.listing import due_by_day
from linli.kernel.days import bounds
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
MOST_DAYS = 92


class BoardRowOut(Schema):
    """Counts of a place or a category."""

    code: str
    title: str
    open: int
    overdue: int
    with_nobody: int
    handed_back: int
    taken_up_again: int


class BoardOut(Schema):
    """The sum of a place, its places in the order of the register, its categories; nobody is ranked."""

    at: datetime
    whole: BoardRowOut
    places: list[BoardRowOut]
    categories: list[BoardRowOut]


class BoardIn(Schema):
    """`place` is a code; without it the first that the caller supervises."""

    place: str = ""


class DueDayOut(Schema):
    """How many cases are due on a day."""

    on: date
    count: int


class DueIn(Schema):
    """The days, both counted, at most three months; the other words narrow as in the list of cases."""

    first: date
    last: date
    view: str = ""
    place: str = ""
    category: str = ""
    kind: str = ""


@router.get("/boards/cases/", response=BoardOut)
def board(request: Request, asked: Query[BoardIn]) -> dict[str, Any]:
    """What is open, late, with nobody, handed back, taken up again, by place and by category."""
    now = timezone.now()
    place = places.get_place(supervised_place(request.actor, asked.place))
    found: Board = board_of(request.actor, place.path, place.level, now)
    return {
        "at": now,
        "whole": _row(BoardRow(place.code, place.name, found.total)),
        "places": [_row(row) for row in found.places],
        "categories": [_row(row) for row in found.categories],
    }


@router.get("/boards/due/", response=list[DueDayOut])
def due(request: Request, asked: Query[DueIn]) -> list[dict[str, Any]]:
    """How many cases are due on each day, for calendars; days without any are left out."""
    if not sees_cases(request.actor):
        raise NotFound()
    if not 0 <= (asked.last - asked.first).days < MOST_DAYS:
        raise Invalid({"last": [f"1-{MOST_DAYS}"]})
    narrowed = {
        "view": asked.view, "category": asked.category, "kind": asked.kind,
        "place": place_of(request.actor, asked.place),
    }  # fmt: skip
    wanted = wanted_of(narrowed, now=timezone.now())
    counts = due_by_day(request.actor, wanted, *bounds(asked.first, asked.last))
    return [{"on": day, "count": count} for day, count in sorted(counts.items())]


def _row(row: BoardRow) -> dict[str, Any]:
    names = ("open", "overdue", "with_nobody", "handed_back", "taken_up_again")
    return {"code": row.key, "title": row.title, **dict(zip(names, row.counts, strict=True))}
