"""What the home of a village shows of the grid: its heads, and for staff the way to its cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.grid import permits
from linli.grid.queries import warnings as queries
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to the heads of a village, and for staff to its cells; no query."""
    if place.level != "village":
        return []
    heads = address_of("grid:heads", place.code)
    items = [
        HomeItem(
            _("Heads of buildings, blocks and lanes"),
            heads,
            _("Who they are, and how to have them call you."),
        )
    ]
    if actor.may(permits.SEE, at=place.path):
        to = address_of("grid:village", place.code)
        items.append(
            HomeItem(_("Cells and who looks after them"), to, _("For staff of the place."))
        )
    return items[:limit]


def warned(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the warnings that hold at a place; no query while the last look is fresh."""
    to = address_of("grid:warnings", place.code)
    return [
        HomeItem(
            queries.signal_words(one.kind, one.level), to, one.coming,
            on=localdate(one.issued_at), state=_("now in force"), tone="late",
        )
        for one in queries.lately_in_force(place.path)[:limit]
    ]  # fmt: skip


def register() -> None:
    """Tell the home pages about the grid. Called once at start."""
    HOME_SLOTS.add(
        HomeSlot(
            "grid.warned", "due", gettext_lazy("Warnings in force"), warned, order=1,
            more_url_name="grid:warnings",
        )
    )  # fmt: skip
    HOME_SLOTS.add(HomeSlot("grid.ways", "links", gettext_lazy("Grid"), ways, order=210))
