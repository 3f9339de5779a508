"""Storms as a phone keeps them for a day: homes that one's posts move, shelters with room, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linli.grid import permits
from linli.grid.queries import storms
from linli.grid.states import marks_from
from linli.grid.types.storms import (
    HOME_MOVES,
    HOME_STATE_TITLES,
    NEED_TITLES,
    STORM_TITLES,
    TYPED,
    Need,
    StormKind,
)
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES

if TYPE_CHECKING:
    from linli.grid.models import Storm, StormHome

# nobody moves more in a day
MOST_HOMES = 200


def homes_of_day(actor: Actor) -> list[dict[str, Any]]:
    """Return the homes that one's posts move in storms under way; names are masked."""
    return [_home(one) for one in storms.own_homes(actor)[:MOST_HOMES]]


def _home(one: StormHome) -> dict[str, Any]:
    shelter = f"{one.shelter.title}（{one.shelter.address}）" if one.shelter else ""
    return {
        "id": one.pk, "title": one.masked_name, "people": one.people, "storm": one.storm.title,
        "need": str(NEED_TITLES[Need(one.need)]), "shelter": shelter, "state": one.state,
    }  # fmt: skip


def home_steps() -> dict[str, Any]:
    """Return each state of a home in words with what can be done from it."""
    return {
        str(state): {
            "title": str(title),
            "moves": [
                {"move": one.name, "title": str(HOME_MOVES[one.name]), "to": str(one.target)}
                for one in marks_from(state)
            ],
        }
        for state, title in HOME_STATE_TITLES.items()
    }


def storms_of_day(actor: Actor) -> list[dict[str, Any]]:
    """Return storms under way in the villages where one works: shelters and numbers of each."""
    villages = storms.own_villages(actor, permits.WORK, permits.STORM)
    names = PLACE_NAMES.call(villages) if villages else {}
    return [
        _storm(actor, one, path, str(names.get(path, path)))
        for path in villages
        for one in storms.storms_at(actor, path).order_by("-began_on", "pk")
    ]


def _storm(actor: Actor, storm: Storm, path: str, name: str) -> dict[str, Any]:
    sheet = storms.own_sheet(storm, path)
    return {
        "id": storm.pk, "title": storm.title, "kind": str(STORM_TITLES[StormKind(storm.kind)]),
        "village": code_of(path), "name": name, "may_type": actor.may(permits.STORM, at=path),
        "numbers": {key: getattr(sheet, key) if sheet else None for key in TYPED},
        "edition": sheet.edition if sheet else 0,
        "shelters": [
            {"title": one.title, "address": one.address, "stock": one.stock,
             "places": one.places, "left": one.places - storms.taken_places(storm, one)}
            for one in storms.shelters_of(path)
        ],
    }  # fmt: skip
