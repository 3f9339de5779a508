"""The month over the API: who turns an age that matters, whose permit ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Router, Schema

from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.people.api.frame import place_of
from linli.people.queries.turning import Part, month_page, turning_of

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


class DeclarationOut(Schema):
    dwelling: int
    address: str
    number: str
    on: date


class MonthOut(Schema):
    """Lines of the three lists, in their order; with `next` the lists go on."""

    turning: list[TurningOut]
    permits: list[EndingOut]
    declarations: list[DeclarationOut]
    next: str | None


@router.get("/people/months/{int:year}/{int:month}/", response=MonthOut)
def month(
    request: Request,
    year: int,
    month: int,
    place: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Who turns 16, 18, 60, 65 or 80 in a month, whose residence permit ends, which dwellings' declarations."""
    if not (1950 <= year <= 2100 and 1 <= month <= 12):
        raise Invalid({"month": ["1950-01 … 2100-12"]})
    lines, following = month_page(
        place_of(request, place), year, month, cursor=cursor, limit=clean_limit(limit)
    )
    found: dict[str, Any] = {"turning": [], "permits": [], "declarations": [], "next": following}
    for part, row in lines:
        found[part.what].append(_line(part, row, year))
    return found


def _line(part: Part, row: Any, year: int) -> dict[str, Any]:
    if part.what == "declarations":
        return {"dwelling": row.pk, "address": row.address, "number": row.declared_number,
                "on": row.declared_until}  # fmt: skip
    who = {"person": row.person_id, "name": row.person.name}
    if part.what == "permits":
        return {**who, "on": row.basis_until}
    return {**who, "age": part.age, "on": turning_of(row, part.age, year).on}
