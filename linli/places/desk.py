"""What places bring to the desk and to search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, SEARCH, DeskEntry, DeskItem, Hit, SearchSource
from linli.places import permits
from linli.places.models import Place
from linli.places.queries import all_places, left_behind
from linli.places.types import KIND_TITLES, SMALL, Kind
from linli.rulebook import queries as rulebook
from linli.rulebook.permits import SET_VALUE
from linli.ui.formats import clauses, is_chinese
from linli.ui.jinja import named

DECIDE_STEPS = {
    "settlement": _("Decide: rural or urban community"),
    "category": _("Decide: category of the plan"),
}


def find_places(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Places whose name or code holds every word."""
    found = all_places(with_invented=True)
    for word in words.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(code=word))
    hits = []
    for place in found.order_by("level", "code")[:limit]:
        above = place.parent.short_name if place.parent and is_chinese() else ""
        above = above or (place.parent.name_en if place.parent else "")
        kind = str(KIND_TITLES[Kind(place.kind)])
        title = place.name if is_chinese() else place.name_en
        hits.append(Hit(title, _address(place), clauses(filter(None, [above, kind])), kind))
    return hits


def _address(place: Place) -> str:
    """The home of a place; groups and buildings have a page in the register alone."""
    name = "places:detail" if place.level in SMALL else "portal:place"
    try:
        return reverse(name, args=[place.code])
    except NoReverseMatch:
        return ""


def to_decide_anew(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """What was decided for places that ended, and for the one that follows them not yet."""
    above = actor.paths(permits.DECIDE)
    reach = {*above, *actor.paths(SET_VALUE)}
    pairs = left_behind.came_from(sorted(reach), on) if reach else []
    if not pairs:
        return []
    items = [
        DeskItem(
            named(one.place), reverse("places:decide", args=[one.place.code, one.topic]), None,
            _("Places"), DECIDE_STEPS[one.topic],
        )
        for one in left_behind.undecided(pairs)
        if one.place.parent is not None and actor.may(permits.DECIDE, at=one.place.parent.path)
    ]  # fmt: skip
    items += [
        DeskItem(
            rulebook.get_parameter(one.key).title[0 if is_chinese() else 1],
            reverse("rulebook:detail", args=[one.key]), None,
            _("Value of a place that ended"), _("Set anew for the place that follows"),
            holder=named(one.place),
        )
        for one in left_behind.unset(pairs, on)
        if actor.may(SET_VALUE, at=one.place.path)
    ]  # fmt: skip
    return items[:limit]


def register() -> None:
    """Add the search source and the desk's entry."""
    SEARCH.add(SearchSource("places", _("Places"), find_places))
    DESK.add(
        DeskEntry(
            "places",
            _("Places"),
            "building-community",
            "places:register",
            (permits.CHANGE, permits.DECIDE, permits.DRAW),
            order=700,
            group="registers",
            items=to_decide_anew,
        )
    )
    DESK.add(
        DeskEntry(
            "places.parts",
            _("Groups and buildings"),
            "building",
            "places:parts_mine",
            (permits.TEND,),
            order=690,
            group="registers",
        )
    )
