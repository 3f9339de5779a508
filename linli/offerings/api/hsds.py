"""The directory of services in Open Referral's shape (HSDS 3): organisations, services, locations. Public.

The shape of pages is that of the standard, not ours: `contents` with `total_items` and page numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.activities.queries.venues import get_venue, schedule_of
from linli.kernel.api import gives
from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings.api import hsds_shapes as shapes
from linli.offerings.queries import directory
from linli.offerings.queries.directory import Answers
from linli.offerings.rules.directory import shares

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from linli.activities.models import Venue
    from linli.offerings.models import ItemVersion

router = Router()
MOST, LARGEST_PAGE = 50, 500
Shown = list[dict[str, Any]]


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


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists of a page, which follow one another: how long it is, and some of its rows as told."""

    count: Callable[[], int]
    rows: Callable[[int, int], Shown]


def _part(found: QuerySet[Any], show: Callable[[list[Any]], Shown]) -> Part:
    return Part(found.count, lambda start, stop: show(list(found[start:stop])))


def _paged(asked: HsdsIn, *parts: Part) -> dict[str, Any]:
    size, number = min(max(1, asked.per_page), LARGEST_PAGE), max(1, asked.page)
    counts = [part.count() for part in parts]
    total = sum(counts)
    pages = max(1, -(-total // size))
    taken = shares(counts, (number - 1) * size, size)
    shown = [
        row
        for part, (start, stop) in zip(parts, taken, strict=True)
        if start < stop
        for row in part.rows(start, stop)
    ]
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(shown),
        "first_page": number == 1, "last_page": number >= pages, "empty": not shown, "contents": shown,
    }  # fmt: skip


def _key_of(kind: str, keys: Iterable[object], wanted: str) -> Any:
    """Return the key whose lasting id is wanted; ids are made of keys, so they alone are looked through."""
    found = next((key for key in keys if shapes.hsds_id(kind, key) == wanted), None)
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
    """Service centres, social organisations, service companies, and whoever answers for an item or a venue."""
    bodies = directory.listed_bodies(localdate())
    return _paged(asked, _part(bodies, lambda rows: [shapes.organization(one) for one in rows]))


@router.get("/organizations/{slug:key}/", openapi_extra=gives("application/json", type="object"))
def organization(request: Request, key: str) -> dict[str, Any]:
    """One organisation by its id."""
    bodies = directory.listed_bodies(localdate())
    code = _key_of("organization", bodies.values_list("code", flat=True), key)
    return shapes.organization(bodies.get(code=code))


@router.get("/services/", response=HsdsPage)
def services(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Items of service that are offered today, then venues and equipment that are booked; no refused proofs."""
    items = _part(directory.services(localdate()), _services)
    return _paged(asked, items, _part(directory.venues(), _bookings))


@router.get("/services/{slug:key}/", openapi_extra=gives("application/json", type="object"))
def service(request: Request, key: str) -> dict[str, Any]:
    """One service by its id."""
    items, places = directory.services(localdate()), directory.venues().values_list("pk", flat=True)
    keys = [*items.values_list("item__key", flat=True), *(shapes.venue_key(pk) for pk in places)]
    found = _key_of("service", keys, key)
    if venue_id := shapes.venue_of(found):
        return _bookings([get_venue(venue_id)])[0]
    return _services([items.get(item__key=found)])[0]


def _services(versions: Sequence[ItemVersion]) -> Shown:
    asked = [Answers(one.item.owner_id, one.item.path) for one in versions]
    bodies = directory.answering(asked, localdate())
    return [
        shapes.service(one, bodies.get(by, "")) for one, by in zip(versions, asked, strict=True)
    ]


def _bookings(venues: Sequence[Venue]) -> Shown:
    bodies = directory.answering([Answers(None, one.path) for one in venues], localdate())
    return [shapes.booking(one, bodies.get(Answers(None, one.path), "")) for one in venues]


@router.get("/locations/", response=HsdsPage)
def locations(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Centres with their windows and hours, where the other bodies are, then venues with theirs."""
    today = localdate()
    others = _part(
        directory.helping_bodies(today), lambda rows: [shapes.location(one, []) for one in rows]
    )
    return _paged(
        asked, _part(directory.centres(today), _centres), others, _part(directory.venues(), _venues)
    )


def _centres(bodies: Sequence[Any]) -> Shown:
    windows = directory.open_windows([one.pk for one in bodies], localdate())
    return [shapes.location(one, windows.get(one.pk, [])) for one in bodies]


def _venues(venues: Sequence[Venue]) -> Shown:
    week = schedule_of(venues, localdate(), localdate()).week
    return [shapes.venue(one, week.get(one.pk, [])) for one in venues]


@router.get("/service_at_locations/", response=HsdsPage)
def service_at_locations(request: Request, asked: Query[HsdsIn]) -> dict[str, Any]:
    """Which service is had at which centre, at which windows and when; then what is booked where it is.

    An item is had at the centres of its place and of the places below.
    """
    today = localdate()
    pairs = Part(lambda: directory.count_pairs(today), _pairs)
    return _paged(
        asked,
        pairs,
        _part(directory.venues(), lambda rows: [shapes.booking_at(one) for one in rows]),
    )


def _pairs(start: int, stop: int) -> Shown:
    today = localdate()
    pairs = directory.pairs(today, start, stop)
    windows = directory.open_windows({body.pk for _version, body in pairs}, today)
    return [shapes.at(version, body, windows.get(body.pk, [])) for version, body in pairs]
