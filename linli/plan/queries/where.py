"""Places as plan needs them: where one may do something, what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils.timezone import localdate

from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, Permit
from linli.orgs import queries as orgs
from linli.places import queries as places
from linli.plan import permits

M = TypeVar("M", bound=Model)
LEADING_GROUP = "市社区建设工作领导小组"


def located(place: Any) -> dict[str, Any]:
    """The columns by which a head is listed by place."""
    return {
        "path": place.path,
        "place_id": place.pk,
        "city_id": place.city_id,
        "town_id": place.town_id,
        "village_id": place.village_id,
    }


def within(paths: Iterable[str]) -> Q:
    """The condition that a head lies at or below one of the places; none matches nothing."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__gte=path, path__lt=path + "~")
    return found


def places_for(actor: Actor, permit: Permit) -> list[Any]:
    """The places at which the actor may do something: towns, and villages for those of one town."""
    paths = [CITY_PATH] if actor.is_system else list(actor.paths(permit))
    wide = any(path.count("/") == 1 for path in paths)
    levels = ["town"] if wide else ["town", "village"]
    found = places.all_places(with_invented=True).filter(level__in=levels)
    return list(found.filter(within(paths)).order_by("is_invented", "path"))


def place_at(actor: Actor, permit: Permit, code: str) -> Any:
    """Return a place by its code if the actor may do something there. Refuses with NotFound."""
    place = next((one for one in places_for(actor, permit) if one.code == code), None)
    if place is None:
        raise NotFound(code=code)
    return place


def place_names(paths: Iterable[str]) -> dict[str, Any]:
    """The places of some heads by path; one query."""
    found = places.all_places(with_invented=True).filter(path__in=set(paths))
    return {place.path: place for place in found}


def callable_places(actor: Actor) -> list[Any]:
    """The places whose towns the actor may ask: cities and towns."""
    paths = [CITY_PATH] if actor.is_system else list(actor.paths(permits.MANAGE))
    found = places.all_places(with_invented=True).filter(level__in=["city", "town"])
    return list(found.filter(within(paths)).order_by("is_invented", "path"))


def leading_group(path: str) -> int | None:
    """The organisation that leads the work on the plan at a place, if the register knows it."""
    today = orgs.organisation_named(LEADING_GROUP, path=path, on=localdate())
    return today.pk if today else None
