"""What the home of a place shows of the plan: how its tasks stand here, its text, its measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot

DEPTH_OF_TOWN = 2


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the ways into the plan from a place; no query, since the home page is asked most."""
    codes = place.path.split("/")[:-1]
    board, title = address_of("plan:board"), _("How the tasks stand in every town")
    if len(codes) >= DEPTH_OF_TOWN:
        board, title = f"{board}?town={codes[1]}", _("How the tasks stand in this town")
    found = [
        HomeItem(title, board, _("One table; a tap on a cell shows what its number rests on.")),
        HomeItem(
            _("What the plan asks for, and by when"),
            address_of("plan:documents"),
            _("The text as published, its tasks, dates and departments."),
        ),
        HomeItem(
            _("How it is measured"),
            address_of("plan:indicators"),
            _("Counted every night from the registers, village by village."),
        ),
        _practices(),
    ]
    return found[:limit]


def take_part(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what people here may join or learn from; no query."""
    trying = _("What towns and villages are trying.")
    return [HomeItem(_("Tried out now"), address_of("plan:pilots"), trying), _practices()]


def money(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to the plan's money; no query."""
    told = _("By year, source and purpose.")
    return [HomeItem(_("Money for the plan"), address_of("plan:funding"), told)]


def _practices() -> HomeItem:
    return HomeItem(
        _("What worked elsewhere"),
        address_of("plan:practices"),
        _("Cards of good practice, to be taken over."),
    )


def register() -> None:
    """Tell the home pages about the plan. Called once at start."""
    title = gettext_lazy("Plan for community governance")
    for key, slot, items in (
        ("plan.ways", "links", ways),
        ("plan.participate", "door:participate", take_part),
        ("plan.open", "door:open", money),
    ):
        HOME_SLOTS.add(HomeSlot(key, slot, title, items))
