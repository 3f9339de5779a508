"""Which pages about connections somebody sees."""

from __future__ import annotations

from typing import Any

from linli.exchange.types.connection_tabs import TABS
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor


def tabs_for(actor: Actor) -> list[tuple[str, Any, str]]:
    """Return the pages that an actor sees: (key, words, name of the address), in their order."""
    return [
        (one.key, one.title, one.url_name)
        for one in sorted(TABS, key=lambda one: one.order)
        if actor.is_system
        or (actor.may(one.permit, at=CITY_PATH) if one.for_city else actor.paths(one.permit))
    ]
