"""The directory of services in Open Referral's shape (HSDS 3): organisations, services, locations. Public.

The shape of pages is that of the standard, not ours: `contents` with `total_items` and page numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import gives
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.web import Request
from linli.offerings.queries import items as queries
from linli.offerings.queries.directory import helping_bodies, opening_hours
from linli.offerings.queries.guides import fee_words
from linli.offerings.types.items import ItemFacts
from linli.orgs.queries.centres import CentreRow, centre_rows

if TYPE_CHECKING:
    from linli.offerings.models import ItemVersion

router = Router()
MOST, LARGEST_PAGE = 50, 500
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Hours = Mapping[int, Sequence[tuple[int, int, int]]]
# states of a service in the standard
ACTIVE, INACTIVE = "active", "inactive"


class HsdsIn(Schema):
    """Pages count from 1."""

    page: int = 1
    per_page: int = MOST


class HsdsPage(Schema):
    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


def hsds_id(kind: str, key: object) -> str:
    """Return the lasting id of a thing, as the standard wants it: a UUID made of its address here."""
    return str(uuid5(NAMESPACE_URL, f"{settings.LINLI_PUBLIC_URL}/hsds/{kind}/{key}"))


def _paged(
    rows: Sequence[Any], asked: HsdsIn, show: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    size, number = min(max(1, asked.per_page), LARGEST_PAGE), max(1, asked.page)
    pages = max(1, -(-len(rows) // size))
    shown = rows[(number - 1) * size : number * size]
    return {
        "total_items": len(rows), "total_pages": pages, "page_number": number, "size": len(shown),
        "first_page": number == 1, "last_page": number >= pages, "empty": not shown,
        "contents": [show(one) for one in shown],
    }  # fmt: skip


def _one(rows: Sequence[dict[str, Any]], wanted: str) -> dict[str, Any]:
    found = next((row for row in rows if row["id"] == wanted), None)
    if found is None:
        raise NotFound(id=wanted)
    return found


@router.get("/", openapi_extra=gives("application/json", type="object"))
def describe(request: Request) -> dict[str, Any]:
    """Which version of the standard is spoken."""
    url = f"{settings.LINLI_PUBLIC_URL}/api/v1/openapi.json"
    return {"version": "3.1.1", "profile": "https://docs.openreferral.org/en/v3.1.1/hsds/", "openapi_url": url}  # fmt: skip


@router.get("/organizations/", response=HsdsPage)
def organizations(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Service centres, social organisations and service companies."""
    return _paged(_bodies(), asked, _organization)


@router.get("/organizations/{slug:key}/", openapi_extra=gives("application/json", type="object"))
def organization(request: Request, key: str) -> dict[str, Any]:
    """One organisation by its id."""
    return _one([_organization(body) for body in _bodies()], key)


@router.get("/services/", response=HsdsPage)
def services(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Every item of service that is offered today; proofs that are refused are no services."""
    return _paged(_items(), asked, _service)


@router.get("/services/{slug:key}/", openapi_extra=gives("application/json", type="object"))
def service(request: Request, key: str) -> dict[str, Any]:
    """One service by its id."""
    return _one([_service(version) for version in _items()], key)


@router.get("/locations/", response=HsdsPage)
def locations(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Where the centres are, with the hours of their windows, and where the other bodies are."""
    rows = _centres()
    hours = opening_hours([row.centre.pk for row in rows if row.centre], localdate())
    others = [CentreRow(body, None) for body in helping_bodies(localdate())]
    return _paged([*rows, *others], asked, lambda row: _location(row, hours))


@router.get("/service_at_locations/", response=HsdsPage)
def service_at_locations(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Which service is had at which centre: those of its place and of the places above it."""
    centres = _centres()
    pairs = [
        (version, row)
        for version in _items()
        for row in centres
        if row.organisation.path.startswith(version.item.path)
    ]
    return _paged(pairs, asked, _at)


def _centres() -> list[CentreRow]:
    return centre_rows(CITY_PATH, on=localdate())


def _items() -> list[ItemVersion]:
    return list(queries.offered(localdate()).exclude(kind="refused").order_by("item_id"))


def _bodies() -> list[Any]:
    return [*(row.organisation for row in _centres()), *helping_bodies(localdate())]


def _organization(body: Any) -> dict[str, Any]:
    return {
        "id": hsds_id("organization", body.code), "name": body.name, "alternate_name": body.name_en,
        "description": body.kind.name, "website": f"{settings.LINLI_PUBLIC_URL}/zh-hans/organisations/{body.code}/",
        "phones": _phones(body),
    }  # fmt: skip


def _phones(body: Any) -> list[dict[str, Any]]:
    return [{"id": hsds_id("phone", body.code), "number": body.phone}] if body.phone else []


def _location(row: CentreRow, hours: Hours) -> dict[str, Any]:
    body, centre = row.organisation, row.centre
    spans = hours.get(centre.pk, []) if centre else []
    return {
        "id": hsds_id("location", body.code), "location_type": "physical", "name": body.name,
        "latitude": centre.lat if centre else None, "longitude": centre.lon if centre else None,
        "addresses": [
            {
                "id": hsds_id("address", body.code), "address_1": body.address or "", "city": body.place.name,
                "state_province": "广东省", "postal_code": "", "country": "CN", "address_type": "physical",
            }
        ],
        "phones": _phones(body), "schedules": [_schedule(body, span) for span in spans] or _in_words(body),
    }  # fmt: skip


def _schedule(body: Any, span: tuple[int, int, int]) -> dict[str, Any]:
    """Weekly hours as the standard has them, after iCalendar; times are the city's."""
    weekday, opens, closes = span
    return {
        "id": hsds_id("schedule", f"{body.code}/{weekday}/{opens}"), "freq": "WEEKLY", "wkst": "MO",
        "byday": WEEKDAYS[weekday], "opens_at": _clock(opens), "closes_at": _clock(closes), "timezone": 8,
    }  # fmt: skip


def _in_words(body: Any) -> list[dict[str, Any]]:
    return [{"id": hsds_id("schedule", body.code), "description": body.hours}] if body.hours else []


def _clock(minute: int) -> str:
    return "23:59+08:00" if minute >= 1440 else f"{minute // 60:02}:{minute % 60:02}+08:00"


def _service(version: ItemVersion) -> dict[str, Any]:
    facts, key = queries.facts_of(version), version.item.key
    return {
        "id": hsds_id("service", key), "name": version.name, "alternate_name": version.name_en,
        "description": version.says, "status": INACTIVE if version.item.state == "suspended" else ACTIVE,
        "url": f"{settings.LINLI_PUBLIC_URL}/zh-hans/items/{key}/", "fees_description": fee_words(facts),
        "application_process": version.content["result"]["zh"], "eligibility_description": _eligible(facts),
        "last_modified": version.written_at.isoformat(), "required_documents": _documents(facts, key),
    }  # fmt: skip


def _eligible(facts: ItemFacts) -> str:
    return "；".join(one.words.zh for one in facts.conditions)


def _documents(facts: ItemFacts, key: str) -> list[dict[str, Any]]:
    return [
        {"id": hsds_id("document", f"{key}/{one.key}"), "document": one.words.zh}
        for one in facts.materials
        if one.by == "applicant"
    ]


def _at(pair: tuple[ItemVersion, CentreRow]) -> dict[str, Any]:
    version, row = pair
    key = f"{version.item.key}/{row.organisation.code}"
    return {
        "id": hsds_id("service_at_location", key), "service_id": hsds_id("service", version.item.key),
        "location_id": hsds_id("location", row.organisation.code),
    }  # fmt: skip
