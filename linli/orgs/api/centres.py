"""Service centres over the API: when they are open and which villages they serve. Public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed, one_of, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import ListIn, WithEdition
from linli.orgs.forms.centres import AreaForm, CentreForm
from linli.orgs.queries import CentreRow
from linli.orgs.services import CentreFacts

router = Router()
FACTS = ("opened_on", "closed_on", "lon", "lat", "note")


class AreaOut(Schema):
    place: str
    name: str
    since: date | None


class CentreOut(Schema):
    """A centre without an opening day is planned; `edition` 0: nothing is on record of it yet."""

    code: str
    name: str
    kind: str
    place: str
    phone: str
    address: str
    hours: str
    is_open: bool
    opened_on: date | None
    closed_on: date | None
    lon: float | None
    lat: float | None
    note: str
    edition: int
    serves: list[str]


class CentresOut(Schema):
    count: int
    items: list[CentreOut]
    next: str | None


class CentreDetailOut(CentreOut):
    areas: list[AreaOut]


class CentresIn(ListIn):
    kind: str = ""
    open: bool = False


@router.get("/centres/", response=CentresOut)
def list_centres(request: Request, asked: Query[CentresIn]) -> dict[str, Any]:
    """The service centres at a place and below, with the villages that they serve today."""
    kind = one_of("kind", asked.kind, queries.CENTRES)
    rows = queries.centre_rows(path_of(asked.place), on=localdate(), kind=kind)
    page = page_of_rows(
        [row for row in rows if row.is_open or not asked.open],
        lambda row: str(row.organisation.code),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _centre)


@router.get("/centres/{slug:code}/", response=CentreDetailOut)
def get_centre(request: Request, code: str) -> dict[str, Any]:
    """One centre with its service area."""
    return _detail(request, code)


def _detail(request: Request, code: str) -> dict[str, Any]:
    found, today = _found(request, code), localdate()
    rows = queries.centre_rows(found.path, on=today)
    row = next((row for row in rows if row.organisation.pk == found.pk), None)
    if row is None:
        raise NotFound(code=code)
    areas = [
        {"place": area.place.code, "name": area.place.name, "since": area.since}
        for area in queries.areas_of([found.pk], today)
    ]
    return {**_centre(row), "areas": areas}


def _centre(row: CentreRow) -> dict[str, Any]:
    body, centre = row.organisation, row.centre
    facts = plain(centre, *FACTS, "edition") if centre else {name: None for name in FACTS}
    return {
        "code": body.code, "name": body.name, "kind": body.kind_id, "place": code_of(body.path),
        "phone": body.phone or "", "address": body.address or "", "hours": body.hours or "",
        "is_open": row.is_open, "serves": [place.code for place in row.places],
        "edition": 0, **facts, "note": centre.note if centre else "",
    }  # fmt: skip


class CentreIn(WithEdition):
    """Edition 0 for a centre of which nothing is on record yet."""

    opened_on: date | None = None
    closed_on: date | None = None
    lon: float | None = None
    lat: float | None = None
    note: str = ""


@router.post("/centres/{slug:code}/describe", response=CentreDetailOut)
def describe_centre(request: Request, code: str, given: CentreIn) -> dict[str, Any]:
    """Record when a centre opened and closed, and where its door is."""
    organisation = _kept(request, code)
    data = CentreForm(given.dict()).accepted()
    facts = CentreFacts(**{name: data[name] for name in FACTS})
    services.describe_centre(
        organisation, facts, edition=data["edition"], actor=request.actor, now=timezone.now()
    )
    return _detail(request, code)


class AreaIn(WithEdition):
    """The codes of all villages that the centre serves from the day on."""

    since: date
    places: list[str]


@router.post("/centres/{slug:code}/area", response=CentreDetailOut)
def change_service_area(request: Request, code: str, given: AreaIn) -> dict[str, Any]:
    """Say which villages a centre serves from a day on; what it served before stays on record."""
    organisation = _kept(request, code)
    centre = queries.get_centre(organisation.pk)
    if centre is None:
        raise NotFound(code=code)
    around = queries.villages_around(organisation)
    data = AreaForm(given.dict(), places=[(v.code, v.name) for v in around]).accepted()
    wanted = set(data["places"])
    services.change_service_area(
        centre, [v for v in around if v.code in wanted], since=data["since"],
        edition=data["edition"], actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _detail(request, code)


def _found(request: Request, code: str) -> Any:
    organisation = queries.get_organisation(request.actor, code, on=localdate())
    if organisation.kind_id not in queries.CENTRES:
        raise NotFound(code=code)
    return organisation


def _kept(request: Request, code: str) -> Any:
    organisation = _found(request, code)
    require(request.actor, permits.EDIT, at=organisation.path)
    return organisation
