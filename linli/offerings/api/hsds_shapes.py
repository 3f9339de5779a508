"""Things of the directory as the standard has them (HSDS 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from linli.activities.types.venues import AUDIENCE_TITLES, KIND_TITLES, Audience, VenueKind
from linli.kernel.money import Money
from linli.kernel.registries import PLACE_NAMES
from linli.offerings.queries import items as queries
from linli.offerings.queries.directory import OpenWindow
from linli.offerings.queries.guides import fee_words
from linli.offerings.rules.directory import Span, merged
from linli.offerings.types.items import ItemFacts
from linli.ui.formats import money

if TYPE_CHECKING:
    from linli.activities.models import Venue
    from linli.offerings.models import ItemVersion

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# states of a service in the standard
ACTIVE, INACTIVE = "active", "inactive"
VENUE = "venue/"


def hsds_id(kind: str, key: object) -> str:
    """Return the lasting id of a thing, as the standard wants it: a UUID made of its address here."""
    return _lasting(f"{settings.LINLI_PUBLIC_URL}/hsds/{kind}/{key}")


@lru_cache(maxsize=50_000)
def _lasting(address: str) -> str:
    return str(uuid5(NAMESPACE_URL, address))


def venue_key(venue_id: int) -> str:
    """Return the key of a venue among services and locations."""
    return f"{VENUE}{venue_id}"


def venue_of(key: str) -> int:
    """Return the id of the venue that a key names, or 0 for the key of an item."""
    return int(key.removeprefix(VENUE)) if key.startswith(VENUE) else 0


def organization(body: Any) -> dict[str, Any]:
    """Return a body."""
    return {
        "id": hsds_id("organization", body.code), "name": body.name, "alternate_name": body.name_en,
        "description": body.kind.name, "website": f"{settings.LINLI_PUBLIC_URL}/zh-hans/organisations/{body.code}/",
        "phones": _phones(body.code, body.phone),
    }  # fmt: skip


def _phones(key: str, phone: str | None) -> list[dict[str, Any]]:
    return [{"id": hsds_id("phone", key), "number": phone}] if phone else []


def location(body: Any, windows: Sequence[OpenWindow]) -> dict[str, Any]:
    """Return where a body is; a centre with its windows and when one of them is open."""
    centre = getattr(body, "centre", None)
    spans = merged(span for one in windows for span in one.spans)
    return {
        "id": hsds_id("location", body.code), "location_type": "physical", "name": body.name,
        "latitude": centre.lat if centre else None, "longitude": centre.lon if centre else None,
        "addresses": [_address(body.code, body.address or "", body.place.name)],
        "phones": _phones(body.code, body.phone),
        "schedules": _schedules(body.code, spans) or _in_words(body),
        "accessibility": [_low(one) for one in windows if one.is_low],
        "attributes": [_window(body.code, one) for one in windows],
    }  # fmt: skip


def _address(key: str, address: str, city: str) -> dict[str, Any]:
    return {
        "id": hsds_id("address", key), "address_1": address, "city": city, "state_province": "广东省",
        "postal_code": "", "country": "CN", "address_type": "physical",
    }  # fmt: skip


def _low(window: OpenWindow) -> dict[str, Any]:
    return {
        "id": hsds_id("accessibility", window.id),
        "description": _("low counter"),
        "details": called(window),
    }


def _window(code: str, window: OpenWindow) -> dict[str, Any]:
    """Return a window as an attribute of its location; what it serves stands in service_at_locations."""
    return {
        "id": hsds_id("window", window.id), "link_id": hsds_id("location", code), "link_entity": "location",
        "link_type": "window", "value": window.number, "label": called(window),
        "taxonomy_term": {"id": hsds_id("term", "window"), "code": "window", "name": "服务窗口"},
    }  # fmt: skip


def called(window: OpenWindow) -> str:
    """Return the number and the name of a window."""
    return f"{window.number} {window.name}"


def _schedules(key: object, spans: Iterable[Span], words: str = "") -> list[dict[str, Any]]:
    """Return weekly hours as the standard has them, after iCalendar; times are the city's."""
    return [
        {
            "id": hsds_id("schedule", f"{key}/{weekday}/{opens}"), "freq": "WEEKLY", "wkst": "MO",
            "byday": WEEKDAYS[weekday], "opens_at": _clock(opens), "closes_at": _clock(closes), "timezone": 8,
            **({"description": words} if words else {}),
        }
        for weekday, opens, closes in spans
    ]  # fmt: skip


def _in_words(body: Any) -> list[dict[str, Any]]:
    return [{"id": hsds_id("schedule", body.code), "description": body.hours}] if body.hours else []


def _clock(minute: int) -> str:
    return "23:59+08:00" if minute >= 1440 else f"{minute // 60:02}:{minute % 60:02}+08:00"


def venue(one: Venue, week: Sequence[Span]) -> dict[str, Any]:
    """Return where a venue is and when it is open."""
    key = venue_key(one.pk)
    city = PLACE_NAMES.call([one.path]).get(one.path, "")
    return {
        "id": hsds_id("location", key), "location_type": "physical", "name": one.name, "alternate_name": one.name_en,
        "description": one.about, "latitude": None, "longitude": None, "phones": _phones(key, one.phone),
        "addresses": [_address(key, one.address, city)], "schedules": _schedules(key, week),
        "attributes": [_kind(one)],
    }  # fmt: skip


def _kind(one: Venue) -> dict[str, Any]:
    key = venue_key(one.pk)
    return {
        "id": hsds_id("kind", key), "link_id": hsds_id("location", key), "link_entity": "location",
        "link_type": "kind", "value": str(one.people), "label": str(KIND_TITLES[VenueKind(one.kind)]),
        "taxonomy_term": {"id": hsds_id("term", one.kind), "code": one.kind, "name": str(KIND_TITLES[VenueKind(one.kind)])},
    }  # fmt: skip


def booking(one: Venue, body: str) -> dict[str, Any]:
    """Return the service that a venue is: it is booked; `body` is the code of who answers for it."""
    fees = (
        _("%(money)s an hour") % {"money": money(Money(one.hour_fen))}
        if one.hour_fen
        else _("free of charge")
    )
    return {
        "id": hsds_id("service", venue_key(one.pk)), "organization_id": _organization_id(body), "name": one.name,
        "alternate_name": one.name_en, "description": one.about, "status": ACTIVE,
        "url": f"{settings.LINLI_PUBLIC_URL}/zh-hans/venues/{one.pk}/",
        "fees_description": fees, "application_process": one.terms,
        "eligibility_description": str(AUDIENCE_TITLES[Audience(one.audience)]), "required_documents": [],
    }  # fmt: skip


def booking_at(one: Venue) -> dict[str, Any]:
    """Return that a venue is booked where it is."""
    return _link(venue_key(one.pk), venue_key(one.pk), venue_key(one.pk))


def _organization_id(body: str) -> str | None:
    return hsds_id("organization", body) if body else None


def service(version: ItemVersion, body: str) -> dict[str, Any]:
    """Return an item of service; `body` is the code of who answers for it."""
    facts, key = queries.facts_of(version), version.item.key
    return {
        "id": hsds_id("service", key), "organization_id": _organization_id(body), "name": version.name,
        "alternate_name": version.name_en, "description": version.says,
        "status": INACTIVE if version.item.state == "suspended" else ACTIVE,
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


def at(version: ItemVersion, body: Any, windows: Sequence[OpenWindow]) -> dict[str, Any]:
    """Return that an item is had at a centre, with the hours of the windows that serve it."""
    item = version.item.key
    hours = [
        row for one in windows if one.serves(item)
        for row in _schedules(f"{body.code}/{one.id}/{item}", one.spans, called(one))
    ]  # fmt: skip
    return {**_link(f"{item}/{body.code}", item, body.code), "schedules": hours}


def _link(key: str, service_key: str, location_key: str) -> dict[str, Any]:
    return {
        "id": hsds_id("service_at_location", key), "service_id": hsds_id("service", service_key),
        "location_id": hsds_id("location", location_key),
    }  # fmt: skip
