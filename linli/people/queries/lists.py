"""Lists of residents, households and dwellings: one place, a few filters, fixed orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor, Permit
from linli.people import permits
from linli.people.models import (
    Dwelling,
    Household,
    Residency,
)
from linli.people.queries.scopes import Node, branches, node_at, node_of_code
from linli.people.rules.addresses import address_key
from linli.people.rules.ages import born_for_ages

BY_NAME = Keyset("name", ("name_key", "id"), _("name"))
SORTS = {
    sort.key: sort
    for sort in (
        BY_NAME,
        Keyset("-name", ("-name_key", "-id")),
        Keyset("born", ("born_on", "id")),
        Keyset("-born", ("-born_on", "-id")),
    )
}
BY_NUMBER = Keyset("number", ("number", "id"))
BY_ADDRESS = Keyset("address", ("address_key", "id"))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of residents is narrowed by; empty words narrow nothing."""

    standing: str = ""
    basis: str = ""
    sex: str = ""
    youngest: int | None = None
    oldest: int | None = None
    group: str = ""
    employer: str = ""
    gone: bool = False
    sort: str = "name"


def place_to_list(actor: Actor, code_or_path: str = "", permit: Permit = permits.VIEW) -> Node:
    """Return the place whose list is shown: the one asked for, else the actor's first.

    Refuses with NotFound for a place that the actor does not see.
    """
    asked = node_of_code(code_or_path) if code_or_path else None
    if code_or_path and asked is None:
        raise NotFound(code=code_or_path)
    found = branches(actor, permit, at=asked.path if asked else "")
    if not found or (asked and found[0].path != asked.path):
        raise NotFound(code=code_or_path)
    node = node_at(found[0].path)
    assert node is not None
    return node


def _at(place: Node) -> dict[str, int]:
    return {f"{place.level}_id": place.id}


def residents(place: Node, filters: Filters, *, on: date) -> QuerySet[Residency]:
    """Residents of a place, or those who left; the caller has the place from place_to_list."""
    found = Residency.objects.filter(
        **_at(place), until__isnull=not filters.gone, is_shadowed=False
    )
    for name in ("standing", "basis", "sex", "group"):
        value = getattr(filters, name)
        if value:
            found = found.filter(**{name: value})
    if filters.employer:
        found = found.filter(employer__startswith=filters.employer)
    earliest, latest = born_for_ages(on, filters.youngest, filters.oldest)
    if earliest:
        found = found.filter(born_on__gte=earliest)
    if latest:
        found = found.filter(born_on__lte=latest)
    return found


def list_residents(
    place: Node, filters: Filters, *, on: date, cursor: str | None, limit: int
) -> Page[Residency]:
    """Return one page of residents."""
    found = residents(place, filters, on=on).select_related("person", "dwelling")
    sort = SORTS.get(filters.sort, BY_NAME)
    return page_of(found, sort, cursor=cursor, limit=limit)


def households(
    place: Node, *, kind: str = "", text: str = "", closed: bool = False
) -> QuerySet[Household]:
    """Households of a place, open ones or closed ones; `text` begins the number."""
    found = Household.objects.filter(**_at(place), until__isnull=not closed)
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(number__gte=text, number__lt=text + "\U0010ffff")
    return found.select_related("dwelling")


def list_households(
    place: Node, *, kind: str = "", text: str = "", closed: bool = False,
    cursor: str | None, limit: int,
) -> Page[Household]:  # fmt: skip
    """Return one page of households, by number."""
    found = households(place, kind=kind, text=text, closed=closed)
    return page_of(found, BY_NUMBER, cursor=cursor, limit=limit)


def dwellings(place: Node, *, kind: str = "", text: str = "") -> QuerySet[Dwelling]:
    """Dwellings of a place; in a village any part of an address is found, above it how it begins."""
    found = Dwelling.objects.filter(**_at(place))
    if kind:
        found = found.filter(kind=kind)
    if text:
        key = address_key(text)
        anywhere = Q(address_key__contains=key)
        begins = Q(address_key__gte=key, address_key__lt=key + "\U0010ffff")
        found = found.filter(anywhere if place.level == "village" else begins)
    return found


def list_dwellings(
    place: Node, *, kind: str = "", text: str = "", ending: tuple[date, date] | None = None,
    cursor: str | None, limit: int,
) -> Page[Dwelling]:  # fmt: skip
    """Return one page of dwellings, by address."""
    found = dwellings(place, kind=kind, text=text)
    if ending:
        found = found.filter(declared_until__range=ending)
    return page_of(found, BY_ADDRESS, cursor=cursor, limit=limit)
