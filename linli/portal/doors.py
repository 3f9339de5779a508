"""The four entrances of a village's home: services, reports, taking part, open books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.places.types import PlaceRow


@dataclass(frozen=True, slots=True)
class Door:
    """`slots` are the home slots of lower apps that fill the page behind the door."""

    key: str
    title: Any
    text: Any
    icon: str


DOORS = (
    Door("services", _("Services"), _("insurance, subsidies"), "clipboard-text"),
    Door("report", _("Report"), _("roads, noise"), "message-report"),
    Door("participate", _("Take part"), _("meetings, volunteering"), "users-group"),
    Door("open", _("Open books"), _("accounts, contracts"), "receipt-yuan"),
)


@dataclass(frozen=True, slots=True)
class Entrance:
    title: Any
    url: str
    text: Any
    icon: str


def of_place(place: PlaceRow) -> list[Entrance]:
    """Return the entrances of one place."""
    return [
        Entrance(
            door.title, reverse("portal:door", args=[place.code, door.key]), door.text, door.icon
        )
        for door in DOORS
    ]


def get(key: str) -> Door | None:
    """Return one door by its key, or None."""
    return next((door for door in DOORS if door.key == key), None)
