"""What the home of a village shows of the grid: the way to its cells, for those who see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.grid import permits
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to the cells of a village; no query."""
    if place.level != "village" or not actor.may(permits.SEE, at=place.path):
        return []
    to = address_of("grid:village", place.code)
    return [HomeItem(_("Cells and who looks after them"), to, _("For staff of the place."))]


def register() -> None:
    """Tell the home pages about the grid. Called once at start."""
    HOME_SLOTS.add(HomeSlot("grid.ways", "links", gettext_lazy("Grid"), ways, order=210))
