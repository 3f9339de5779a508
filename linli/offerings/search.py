"""What the search across everything finds of offerings: items by words, visits by the code that a visitor shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.offerings.queries.home_visits import home_visits_with_code, when_words
from linli.offerings.queries.item_search import search_items
from linli.offerings.queries.visit_lists import visits_with_code
from linli.offerings.states import VisitState
from linli.offerings.types.items import KIND_TITLES
from linli.offerings.types.visits import VISIT_WORDS
from linli.ui.formats import clauses, moment_short
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.offerings.models import Appointment

# those that stand on the board of their day
ON_BOARD = {VisitState.BOOKED, VisitState.CAME, VisitState.NO_SHOW}


def find_items(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find what is offered to everybody, also by wrong or everyday words."""
    return [
        Hit(
            title=one.title, url=reverse("offerings:item", args=[one.key]), text=one.text,
            kind=KIND_TITLES[one.kind],
        )
        for one in search_items(words, localdate(), limit=limit)
    ]  # fmt: skip


def find_visits(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find the visit of this code where the actor serves, on the board of its day if it stands there."""
    return [
        Hit(one.code, _address(one), clauses((moment_short(one.starts_at), named(one.window), VISIT_WORDS[one.state][0])), _("Visit"))
        for one in visits_with_code(actor, words)[:limit]
    ]  # fmt: skip


def _address(visit: Appointment) -> str:
    if visit.state not in ON_BOARD:
        return reverse("offerings:visit", args=[visit.code])
    day = reverse("offerings:day", args=[visit.window.centre.organisation.code])
    return f"{day}?on={localdate(visit.starts_at).isoformat()}#visit-{visit.code}"


def find_home_visits(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find the visit at home of this code where the actor serves."""
    language = get_language() or ""
    return [
        Hit(one.code, reverse("offerings:home_visit_desk", args=[one.code]), when_words(one, language), _("Visit at home"))
        for one in home_visits_with_code(actor, words)[:limit]
    ]  # fmt: skip


def register() -> None:
    """Tell the search about it. Called once at start."""
    SEARCH.add(SearchSource("offerings.items", _("Services"), find_items))
    SEARCH.add(SearchSource("offerings.visits", _("Visits at windows"), find_visits))
    SEARCH.add(SearchSource("offerings.home_visits", _("Visits at home"), find_home_visits))
