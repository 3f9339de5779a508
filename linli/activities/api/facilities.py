"""The register of facilities with hours and use over the API, for the office."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from linli.activities.queries import desk, facilities
from linli.activities.queries.venues import BY_PLACE
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request

router = Router()


class FacilitiesIn(PagedIn):
    """`month` as 2026-11; this one without."""

    place: str = ""
    month: str = ""


class FacilityOut(Schema):
    """A facility in a month: minutes that it was open and used, bookings by how they went, people announced."""

    id: int
    place: str
    name: str
    name_en: str
    kind: str
    owner: str
    address: str
    people: int
    open_minutes: int
    used_minutes: int
    bookings: int
    missed: int
    cancelled: int
    people_announced: int


class FacilitiesOut(Schema):
    count: int
    items: list[FacilityOut]
    next: str | None


@router.get("/desk/facilities/", response=FacilitiesOut)
def list_facilities(request: Request, asked: Query[FacilitiesIn]) -> dict[str, Any]:
    """The register of facilities with hours and use in a month, by place and name."""
    actor = request.actor
    desk.must_serve(actor)
    here, (first, last) = (
        desk.venues_in_use(actor, path_of(asked.place)),
        desk.month_of(asked.month),
    )
    found = page_of(here, BY_PLACE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    rows = {row.venue.pk: row for row in facilities.use_of(found.items, first, last)}
    return listed(found, lambda venue: _out(rows[venue.pk]))


def _out(row: facilities.UseRow) -> dict[str, Any]:
    return {
        **plain(row.venue, "id", "name", "name_en", "kind", "owner", "address", "people"),
        **plain(row, "bookings", "missed", "cancelled"), "place": code_of(row.venue.path),
        "open_minutes": row.opened, "used_minutes": row.booked, "people_announced": row.people,
    }  # fmt: skip
