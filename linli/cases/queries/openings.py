"""Where an actor may open cases of a kind, and what the form of the kind offers there."""

from __future__ import annotations

from datetime import date

from linli.cases.queries.kinds import newest_kind
from linli.cases.queries.receivers import (
    Receiver,
    companies_at,
    governed_path,
    offices_below,
    posts_at,
)
from linli.cases.types.kinds import CaseKind
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.places.types import PlaceRow

Choices = list[tuple[str, str]]
GOVERNED = ("city", "town", "village")
# kinds that staff open by a form of their own, in the order of the page
BY_FORM = ("visit", "petition", "property_complaint", "directive", "incoming")


def places_to_open(actor: Actor, kind: CaseKind) -> list[PlaceRow]:
    """Return the places where the actor may open a case of a kind: her own, and just below."""
    if kind.opens is None:
        return []
    found: dict[int, PlaceRow] = {}
    for path in actor.paths(kind.opens, level=max(kind.floor, kind.opens.level)):
        place = places.chain_of(path.rstrip("/").rpartition("/")[2])[-1]
        rows = [place, *places.child_rows(place.id)] if place.level in GOVERNED else []
        for row in rows:
            if row.level in kind.opens_at and row.valid_to is None:
                found[row.id] = row
    return list(found.values())


def kinds_to_open(actor: Actor) -> list[CaseKind]:
    """Return the kinds that the actor may open somewhere by a form."""
    found = [newest_kind(key) for key in BY_FORM]
    return [
        kind
        for kind in found
        if kind.opens is not None
        and actor.paths(kind.opens, level=max(kind.floor, kind.opens.level))
        and places_to_open(actor, kind)
    ]


def choices_at(kind: CaseKind, place: PlaceRow, on: date) -> dict[str, Choices]:
    """Return what the fields of choice of a kind's form offer at a place."""
    if kind.key == "petition":
        return {"about": _or_none(posts_at(place.path, on))}
    if kind.key == "property_complaint":
        return {"company_post": companies_choices(place.path, on)}
    if kind.key == "directive":
        return {"to": receivers_at(place, on)}
    return {}


def receivers_at(place: PlaceRow, on: date) -> Choices:
    """Return the posts at a place and the offices of the places below, as a form offers them."""
    own = [(f"post:{one.post_id}", one.name) for one in posts_at(place.path, on)]
    below = offices_below(place.code, on) if place.level in ("city", "town") else []
    return [*own, *((f"place:{code}", name) for code, name, _post in below)]


def post_choices(path: str, on: date) -> Choices:
    """Return the posts at a place, as a form offers them."""
    return [(str(one.post_id), one.name) for one in posts_at(path, on)]


def companies_choices(path: str, on: date) -> Choices:
    """Return the property companies of a place's village; nothing where the register has none."""
    companies = companies_at(governed_path(path), on)
    return _or_none(companies) if companies else []


def _or_none(posts: list[Receiver]) -> Choices:
    return [("", "—"), *((str(one.post_id), one.name) for one in posts)]
