"""What the home of a village shows of places: its groups and buildings, and the register by day."""

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
    """Return the ways into the register from a place; no query, since the home is asked most."""
    items = [
        HomeItem(
            _("The register on a day"),
            address_of("places:then"),
            _("Towns and villages as they were, and figures restated."),
        )
    ]
    if place.level == "village":
        items.insert(
            0,
            HomeItem(
                _("Groups and buildings"),
                address_of("places:parts", place.code),
                _("What this village has below it, with codes and dates."),
            ),
        )
    return items[:limit]


def register() -> None:
    """Tell the home pages about places. Called once at start."""
    HOME_SLOTS.add(
        HomeSlot("places.ways", "links", gettext_lazy("Places"), ways, order=200, is_fixed=True)
    )
