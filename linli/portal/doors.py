"""The four entrances of a village's home: services, reports, taking part, open books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.kernel.addresses import address_of
from linli.places.types import PlaceRow
from linli.ui.entries import TABS, Entry

CITY = "441900"
PLACE_COOKIE = "linli-place"  # the place whose pages were read last on this device


@dataclass(frozen=True, slots=True)
class Door:
    """`slots` are the home slots of lower apps that fill the page behind the door."""

    key: str
    title: Any
    text: Any
    icon: str


DOORS = (
    Door("services", _("Services"), _("what you need, where to go"), "clipboard-text"),
    Door("report", _("Report"), _("lamps, rubbish, noise, questions"), "message-report"),
    Door("participate", _("Take part"), _("courses, halls to book, wishes"), "users-group"),
    Door("open", _("Open books"), _("plan's money, public log"), "receipt-yuan"),
)


# doors that open at once to a page of their own
STRAIGHT = {"services": "offerings:items", "report": "cases:report"}


@dataclass(frozen=True, slots=True)
class Entrance:
    title: Any
    url: str
    text: Any
    icon: str


def of_place(place: PlaceRow) -> list[Entrance]:
    """Return the entrances of one place."""
    return [
        Entrance(door.title, _address(door, place.code), door.text, door.icon) for door in DOORS
    ]


def _address(door: Door, code: str) -> str:
    """Reporting and services are one tap: the page itself, which names the other ways beside it."""
    if door.key in STRAIGHT:
        return f"{address_of(STRAIGHT[door.key])}?place={code}"
    return address_of("portal:door", code, door.key)


def get(key: str) -> Door | None:
    """Return one door by its key, or None."""
    return next((door for door in DOORS if door.key == key), None)


def tabs_of(request: HttpRequest) -> list[Entry]:
    """Return the resident's five tabs for the place that the page is about."""
    match = request.resolver_match
    given = match.kwargs.get("code") if match and match.app_name == "portal" else None
    code = given if match and "places" in match.route else request.COOKIES.get(PLACE_COOKIE)
    code = code if code and code.isascii() and code.isdigit() else CITY
    addresses = {
        "home": address_of("portal:home") if code == CITY else address_of("portal:place", code),
        "services": f"{address_of(STRAIGHT['services'])}?place={code}",
        "me": address_of("portal:me"),
    }
    return [
        Entry(key, title, icon, addresses.get(key) or address_of("portal:door", code, key))
        for key, title, icon, _name in TABS
    ]
