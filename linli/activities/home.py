"""What the home of a place shows of activities: the way to what goes on and what can be booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the ways to what goes on in a place and what can be booked; no query."""
    to = address_of("activities:venues", place.code)
    words = _("Halls, rooms, fields and things to borrow, without an account.")
    items = [
        HomeItem(
            _("Events and courses"), address_of("activities:events", place.code),
            _("What goes on here, and how to take part."),
            touch=f"{address_of('activities:events', place.code)}?face=touch",
        ),
        HomeItem(_("Book a place"), to, words, touch=address_of("activities:venues_touch", place.code)),
        HomeItem(
            _("Weekly times for groups"), address_of("activities:rounds", place.code),
            _("Dance, music and sport groups: wish for your evening."),
        ),
        HomeItem(
            _("Culture: what would you like?"), address_of("activities:culture", place.code),
            _("Wish without a name; see what was asked and what was done."),
        ),
        HomeItem(
            _("Find my booking"),
            address_of("activities:find"),
            _("By its code: move or cancel it."),
        ),
    ]  # fmt: skip
    return items[:limit]


def register() -> None:
    """Tell the home pages. Called once at start."""
    for door in ("participate", "services"):
        HOME_SLOTS.add(
            HomeSlot(
                f"activities.{door}",
                f"door:{door}",
                gettext_lazy("Activities and venues"),
                ways,
                order=60,
            )
        )
