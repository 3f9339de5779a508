"""Places where somebody deals with the hotline, as options."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from linli.access.queries.choices import place_choices
from linli.exchange import permits
from linli.kernel.errors import NotFound
from linli.kernel.paths import VILLAGE_DEPTH, code_of
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.ui.formats import is_chinese


def offices(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the towns and villages, and of the city, for which lists come in."""
    found = place_choices(actor, permits.HOTLINE)
    return [(code_of(path), name) for path, name in found if path.count("/") <= VILLAGE_DEPTH]


def require_any(actor: Actor) -> None:
    """Refuse with NotFound whoever deals with the hotline nowhere."""
    if not actor.holds(permits.HOTLINE):
        raise NotFound()


def path_for(actor: Actor, code: str) -> str:
    """Return the path of a place where the actor deals with the hotline. Refuses with NotFound."""
    path = places.path_of(code) if code else None
    if path is None or not actor.may(permits.HOTLINE, at=path):
        raise NotFound()
    return path


def places_below(path: str) -> list[tuple[str, str]]:
    """Return (code, name) of a place and the villages below it, for an order that waits."""
    own = places.chain_of(code_of(path))[-1]
    below = [one for one in places.places_on("village", localdate()) if one.path.startswith(path)]
    rows = {own.code: own, **{one.code: one for one in sorted(below, key=lambda one: one.code)}}
    return [(code, name_of(one)) for code, one in rows.items()]


def name_of(one: Any) -> str:
    """Return the name of a place in the reader's language."""
    return str(one.name if is_chinese() or not one.name_en else one.name_en)
