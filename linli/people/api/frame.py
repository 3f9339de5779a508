"""What the addresses of this API share: the place that is asked about, and its code."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.kernel.errors import NotFound
from linli.kernel.permits import Permit
from linli.kernel.web import Request
from linli.people import permits
from linli.people.queries.lists import place_to_list
from linli.people.queries.scopes import Node, node_of_id, places_to_choose


def code_of(village_id: int) -> str:
    """Return the code of a village."""
    node = node_of_id(village_id)
    return node.code if node else ""


def place_of(request: Request, code: str, permit: Permit = permits.VIEW) -> Node:
    """Return the place asked about, else the first that the token sees. Refuses with NotFound."""
    return place_to_list(request.actor, code, permit)


def villages_of(request: Request, permit: Permit) -> list[Node]:
    """Return the villages that a form may choose from, since the caller holds the permit there.

    Refuses with NotFound whoever holds it nowhere.
    """
    found = places_to_choose(request.actor, permit, level="village")
    if not found:
        raise NotFound()
    return found


def plain_day(day: date | None) -> str:
    """Return a day as forms take it."""
    return day.isoformat() if day else ""


def as_typed(given: Any) -> dict[str, Any]:
    """Return what was sent as a form takes it: days written out, nothing for what is left out."""
    return {
        name: plain_day(value) if isinstance(value, date) else "" if value is None else value
        for name, value in given.dict().items()
    }
