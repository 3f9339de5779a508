"""What the home of a place shows of notices: what is displayed now, and the way to all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.notices import queries
from linli.ui.formats import day


def newest(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what is displayed at a place, newest first; one query."""
    return newest_ahead(place, actor, on, limit)()


def newest_ahead(
    place: Any, actor: Actor, on: date, limit: int
) -> Callable[[], Sequence[HomeItem]]:
    """Begin to read what is displayed at a place."""
    asked = queries.ask_newest(place.path, on, limit)
    return lambda: [
        HomeItem(
            title=one.title,
            url=address_of("notices:posting", one.code),
            text=_("%(category)s, until %(day)s")
            % {"category": queries.title_of(one.category), "day": day(one.last_day)},
        )
        for one in asked.rows()
    ]


def entrance(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to all notices of a place, without a query."""
    return [
        HomeItem(
            _("Notices"),
            address_of("notices:of_place", place.code),
            _("What is displayed now, and what was; by category, day and words."),
        )
    ]


def register() -> None:
    """Tell the home pages about notices. Called once at start."""
    HOME_SLOTS.add(
        HomeSlot(
            "notices.newest", "notices", gettext_lazy("Notices"), newest, order=10,
            more_url_name="notices:of_place", ahead=newest_ahead,
        )
    )  # fmt: skip
    HOME_SLOTS.add(
        HomeSlot("notices.open", "door:open", gettext_lazy("Notices"), entrance, order=10)
    )
