"""Where an actor may open cases of a kind, and what the form of the kind offers there."""

from __future__ import annotations

from datetime import date

from linli.cases.queries.kinds import all_kinds, newest_kind
from linli.cases.queries.receivers import (
    Receiver,
    companies_at,
    governed_path,
    offices_below,
    posts_at,
)
from linli.cases.types.kinds import ByForm, CaseKind
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.places.types import PlaceRow

Choices = list[tuple[str, str]]
GOVERNED = ("city", "town", "village")


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


def forms_of_kinds() -> list[tuple[CaseKind, ByForm]]:
    """Return the kinds that staff open on their common page and how, in its order."""
    found = [newest_kind(key) for key in sorted({kind.key for kind in all_kinds()})]
    by_form = [(kind, way) for kind in found if isinstance(way := kind.comes_in, ByForm)]
    return sorted(by_form, key=lambda pair: pair[1].order)


def form_of_kind(key: str) -> tuple[CaseKind, ByForm]:
    """Return a kind that staff open on their common page, and how. Refuses with NotFound."""
    found = next((pair for pair in forms_of_kinds() if pair[0].key == key), None)
    if found is None:
        raise NotFound()
    return found


def kinds_to_open(actor: Actor) -> list[tuple[CaseKind, ByForm]]:
    """Return the kinds that the actor may open somewhere by a form, and how."""
    return [
        (kind, way)
        for kind, way in forms_of_kinds()
        if kind.opens is not None
        and actor.paths(kind.opens, level=max(kind.floor, kind.opens.level))
        and places_to_open(actor, kind)
    ]


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
    return or_none(companies) if companies else []


def or_none(posts: list[Receiver]) -> Choices:
    """Return posts as a form offers them, and that there is none."""
    return [("", "—"), *((str(one.post_id), one.name) for one in posts)]
