"""What the addresses of this API share: the plan that is asked about, pages, places, choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ninja import Schema

from linli.kernel.api import PagedIn
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, Permit
from linli.plan import queries


class ListIn(PagedIn):
    plan: str = ""


class WithVersion(Schema):
    """What was read when the change was thought of; refused as stale if somebody saved since."""

    version: int


def places_to_write(actor: Actor, permit: Permit) -> list[Any]:
    """Return where the actor may do something. Refuses with NotFound if nowhere, as the pages do."""
    places = queries.places_for(actor, permit)
    if not places:
        raise NotFound()
    return places


def chosen(places: Sequence[Any], code: str) -> Any:
    """Return the place that a form has accepted."""
    return next(one for one in places if one.code == code)


def numbers_of(tasks: Iterable[int]) -> list[str]:
    """Return numbers of tasks as forms take them."""
    return [str(number) for number in tasks]
