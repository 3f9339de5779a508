"""What a city begins with: kinds, working bodies with vacant posts, the departments of the plan.

No name of a person and no collective is ever made up here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.orgs import permits
from linli.orgs.clients import shipped
from linli.orgs.models import (
    Organisation,
    OrganisationVersion,
    OrgEdge,
    OrgKind,
    PostKind,
    Reorganisation,
)
from linli.orgs.models.rows import new_organisation
from linli.orgs.rules.bodies import Body, bodies_of, edges_of, nearest
from linli.orgs.services.seeding_posts import Shelf, make_usual_posts
from linli.places import queries as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def seed_official(*, actor: Actor, now: datetime) -> int:
    """Make the bodies of the official places. Returns how many were made; a second run makes none.

    Refuses with NotAllowed.
    """
    return _seed(is_invented=False, actor=actor, now=now)


@transaction.atomic
def seed_invented(*, actor: Actor, now: datetime) -> int:
    """Make the bodies of the invented places of the demo. A second run makes none.

    Refuses with NotAllowed.
    """
    return _seed(is_invented=True, actor=actor, now=now)


def _seed(*, is_invented: bool, actor: Actor, now: datetime) -> int:
    hold("orgs.seed")
    city = places.places_of_level("city").first()
    if city is None:
        return 0
    require(actor, permits.EDIT, at=city.path)
    kinds = _sync_kinds()
    below = [
        place
        for level in ("town", "village")
        for place in places.places_of_level(level, with_invented=is_invented)
        if place.is_invented == is_invented
    ]
    known = _known([city.path, *(place.path for place in below)])
    made = [] if is_invented else _make_city_bodies(city, kinds, known)
    made += _make_bodies(below, kinds, known)
    if made:
        _make_edges(made, known)
        make_usual_posts(made, known, actor=actor)
        record("orgs.seeded", on=city, actor=actor, now=now, place=city.path, bodies=len(made))
    return len(made)


def _sync_kinds() -> dict[str, OrgKind]:
    """Bring the tables of kinds to what the package says; rows that a city added stay."""
    kinds = [OrgKind(**row) for row in shipped.org_kinds()]
    columns = [f.name for f in OrgKind._meta.fields if f.name != "code"]
    OrgKind.objects.bulk_create(
        kinds, update_conflicts=True, unique_fields=["code"], update_fields=columns
    )
    posts = [PostKind(**row) for row in shipped.post_kinds()]
    columns = [f.name for f in PostKind._meta.fields if f.name != "code"]
    PostKind.objects.bulk_create(
        posts, update_conflicts=True, unique_fields=["code"], update_fields=columns
    )
    return {kind.code: kind for kind in OrgKind.objects.all()}


def _known(paths: Sequence[str]) -> Shelf:
    found = Organisation.objects.filter(path__in=paths, kind__is_single=True)
    return {(o.path, o.kind_id): o for o in found}


def _make_city_bodies(city: Place, kinds: dict[str, OrgKind], known: Shelf) -> list[Organisation]:
    prefix = f"{city.code}-"
    there = set(Organisation.objects.filter(code__startswith=prefix).values_list("code", flat=True))
    made: dict[str, Organisation] = {}
    versions: list[tuple[str, OrganisationVersion]] = []
    for body in shipped.city_bodies():
        if prefix + body.slug in there:
            continue
        if body.slug not in made:
            made[body.slug] = new_organisation(
                city, kinds[body.kind], code=prefix + body.slug, opened_on=body.since,
                closed_on=body.closed_on, source="plan_2016", certainty=body.certainty,
            )  # fmt: skip
        version = OrganisationVersion(
            since=body.since, until=body.until, name=body.name, name_en=body.name_en,
            short_name=body.short_name, source="plan_2016", certainty=body.certainty,
            precision=body.precision,
        )  # fmt: skip
        versions.append((body.slug, version))
    Organisation.objects.bulk_create(made.values())
    for slug, version in versions:
        version.organisation = made[slug]
    OrganisationVersion.objects.bulk_create(version for _slug, version in versions)
    if made:
        _make_lines(prefix)
    known.update({(o.path, o.kind_id): o for o in made.values() if o.kind.is_single})
    return list(made.values())


def _make_lines(prefix: str) -> None:
    """Tie the departments of the plan to those that took over their work."""
    ids = dict(Organisation.objects.filter(code__startswith=prefix).values_list("code", "pk"))
    Reorganisation.objects.bulk_create(
        (
            Reorganisation(
                predecessor_id=ids[prefix + line.predecessor],
                successor_id=ids[prefix + line.successor],
                change=line.change,
                on=line.on,
                precision=line.precision,
                rank=line.rank,
                certainty=line.certainty,
                note=line.note,
            )
            for line in shipped.lines()
        ),
        ignore_conflicts=True,
    )


def _make_bodies(
    below: Iterable[Place], kinds: dict[str, OrgKind], known: Shelf
) -> list[Organisation]:
    pairs: list[tuple[Organisation, Body]] = []
    for place in below:
        town = place.parent.name if place.level == "village" and place.parent else ""
        for body in bodies_of(place.level, place.kind, place.name, place.short_name, town):
            if (place.path, body.kind) in known:
                continue
            slug = body.kind.replace("_", "-")
            organisation = new_organisation(
                place, kinds[body.kind], code=f"{place.code}-{slug}", source=body.source,
                certainty=body.certainty,
            )  # fmt: skip
            known[place.path, body.kind] = organisation
            pairs.append((organisation, body))
    Organisation.objects.bulk_create((o for o, _ in pairs), batch_size=1000)
    OrganisationVersion.objects.bulk_create(
        (
            OrganisationVersion(
                organisation=organisation, name=body.name, short_name=body.short_name,
                name_en=f"{organisation.place.name_en} {body.suffix_en}",
                source=body.source, certainty=body.certainty,
            )
            for organisation, body in pairs
        ),
        batch_size=1000,
    )  # fmt: skip
    return [organisation for organisation, _ in pairs]


def _make_edges(made: Iterable[Organisation], known: Shelf) -> None:
    edges = []
    for child in made:
        for hierarchy, parent_kind, basis in edges_of(child.kind_id):
            parent = nearest(child.path, parent_kind, known)
            if parent is not None and child.closed_on is None:
                edges.append(OrgEdge(child=child, parent=parent, hierarchy=hierarchy, basis=basis))
    OrgEdge.objects.bulk_create(edges, batch_size=1000)
