"""What the home of a village shows of offerings: the ways to a guide and to book a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.offerings.queries.mandates import own_mandates
from linli.ui.formats import day_short


def ways(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to book a visit at a centre that serves the place; no query."""
    if place.level not in ("village", "town"):
        return []
    to = f"{address_of('offerings:visits')}?place={place.code}"
    return [HomeItem(_("Book a visit"), to, _("A time at the window, without an account."))][:limit]


def guides(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to what one can get done, and what each matter needs; no query."""
    to = f"{address_of('offerings:items')}?place={place.code}"
    words = _("By what happened in life: what to bring, where to go.")
    return [HomeItem(_("What do I need?"), to, words, touch=f"{to}&face=touch")][:limit]


def who_comes(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return whom the actor let come for her by a mandate on paper."""
    to = address_of("offerings:my_mandates")
    rows = [one for one in own_mandates(actor) if one.until >= on]
    return [
        HomeItem(one.agent_masked, to, _("until %(day)s") % {"day": day_short(one.until)})
        for one in rows[:limit]
    ]  # fmt: skip


def register() -> None:
    """Tell the home pages. Called once at start."""
    HOME_SLOTS.add(
        HomeSlot(
            "offerings.guides",
            "door:services",
            gettext_lazy("Services"),
            guides,
            order=5,
            is_fixed=True,
        )
    )
    HOME_SLOTS.add(
        HomeSlot(
            "offerings.visits",
            "links",
            gettext_lazy("Service centre"),
            ways,
            order=20,
            is_fixed=True,
        )
    )
    HOME_SLOTS.add(
        HomeSlot(
            "offerings.mandates", "me", gettext_lazy("Who may come for me"), who_comes,
            order=45, more_url_name="offerings:my_mandates",
        )
    )  # fmt: skip
