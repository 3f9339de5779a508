"""What search finds of activities: venues by name and street."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.activities.queries.venues import venues_at
from linli.kernel.addresses import address_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.ui.jinja import named


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return venues whose name or street has every word; they are public."""
    if not words.split():
        return []
    return [
        Hit(named(one), address_of("activities:venue", one.pk), one.address, _("Place to book"))
        for one in venues_at(CITY_PATH, words=words)[:limit]
    ]


def register() -> None:
    """Add the source. Called once at start."""
    SEARCH.add(SearchSource("activities.venues", gettext_lazy("Places to book"), find))
