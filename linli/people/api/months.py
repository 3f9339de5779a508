"""The month over the API: who turns an age that matters, whose permit ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema

from linli.kernel.errors import Invalid
from linli.kernel.web import Request
from linli.people.api.frame import place_of
from linli.people.queries.turning import month_of

router = Router()


class TurningOut(Schema):
    person: int
    name: str
    age: int
    on: date


class EndingOut(Schema):
    person: int
    name: str
    on: date


class MonthOut(Schema):
    turning: list[TurningOut]
    permits: list[EndingOut]


@router.get("/people/months/{int:year}/{int:month}/", response=MonthOut)
def month(request: Request, year: int, month: int, place: str = "") -> dict[str, Any]:
    """Who turns 16, 18, 60, 65 or 80 in a month, and whose residence permit ends."""
    if not (1950 <= year <= 2100 and 1 <= month <= 12):
        raise Invalid({"month": ["1950-01 … 2100-12"]})
    found = month_of(place_of(request, place), year, month)
    return {
        "turning": [
            {"person": one.row.person_id, "name": one.row.person.name, "age": age, "on": one.on}
            for age, rows in found.turning
            for one in rows
        ],
        "permits": [
            {"person": row.person_id, "name": row.person.name, "on": on}
            for on, row in found.permit_lines
        ],
    }
