"""Reads on organisations: who may see which, how they are called, how they hang together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import PUBLIC, Actor, require
from linli.orgs import permits
from linli.orgs.models import Organisation, OrganisationVersion, OrgEdge, OrgKind
from linli.orgs.types import Hierarchy

CODE = "SELECT code FROM orgs_organisation WHERE id = %s AND level = %s"
BY_PLACE = Keyset("place", ("path", "rank", "pk"))
FAMILIES = (
    "party", "government", "mass", "self_government", "economic", "service", "owners", "society",
    "resident_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which organisations a list shows."""

    path: str
    kind: str = ""
    family: str = ""
    words: str = ""
    here_only: bool = False
    with_closed: bool = False
    with_invented: bool = False


def inside(path: str, column: str = "path") -> Q:
    """Return the condition that a path lies at a place or below it."""
    return Q(**{f"{column}__gte": path, f"{column}__lt": path + "~"})


def inside_any(paths: Iterable[str], column: str = "path") -> Q:
    """Return the condition that a path lies at or below one of the places; none matches nothing."""
    found = Q(pk__in=[])
    for path in paths:
        found |= inside(path, column)
    return found


def must_see(actor: Actor, path: str) -> None:
    """Refuse with NotFound unless the actor may see Party organisations at a place."""
    if not actor.may(permits.PARTY, at=path):
        raise NotFound(at=path)


def must_keep_party(actor: Actor, path: str) -> None:
    """Who may not see is told that there is nothing; who may see and not keep is told so.

    Refuses with NotFound, NotAllowed.
    """
    must_see(actor, path)
    require(actor, permits.PARTY_KEEP, at=path)


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Public organisations, and Party organisations where the actor may see them."""
    if actor.is_system:
        return Organisation.objects.all()
    hidden = inside_any(actor.paths(permits.PARTY)) & Q(level__gt=PUBLIC)
    return Organisation.objects.filter(Q(level=PUBLIC) | hidden)


def with_names(found: QuerySet[Organisation], on: date) -> QuerySet[Any]:
    """Add to each organisation how it is called and reached on a day."""
    day = (Q(versions__since__isnull=True) | Q(versions__since__lte=on)) & (
        Q(versions__until__isnull=True) | Q(versions__until__gt=on)
    )
    return found.annotate(version=FilteredRelation("versions", condition=day)).annotate(
        name=Coalesce(F("version__name"), F("code")),
        name_en=Coalesce(F("version__name_en"), F("version__name"), F("code")),
        short_name=F("version__short_name"),
        phone=F("version__phone"),
        address=F("version__address"),
        hours=F("version__hours"),
        uscc=F("version__uscc"),
        precision=F("version__precision"),
    )


def organisations(
    actor: Actor, wanted: Wanted, *, on: date, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Any]:
    """Return one page of organisations, by place and kind; two queries at most."""
    return page_of(_chosen(actor, wanted, on), BY_PLACE, cursor=cursor, limit=limit)


def all_organisations(actor: Actor, wanted: Wanted, *, on: date) -> QuerySet[Any]:
    """Return all organisations of a list in its order, for a file."""
    return _chosen(actor, wanted, on).order_by(*BY_PLACE.columns)


def _chosen(actor: Actor, wanted: Wanted, on: date) -> QuerySet[Any]:
    found = with_names(visible_organisations(actor), on).select_related("kind", "place")
    found = found.filter(Q(path=wanted.path) if wanted.here_only else inside(wanted.path))
    if wanted.kind:
        found = found.filter(kind_id=wanted.kind)
    if wanted.family:
        found = found.filter(kind__family=wanted.family)
    if wanted.words:
        found = found.filter(
            Q(version__name__icontains=wanted.words)
            | Q(version__short_name__icontains=wanted.words)
            | Q(version__name_en__icontains=wanted.words)
        )
    if not wanted.with_closed:
        found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    return found if wanted.with_invented else found.filter(is_invented=False)


def bodies_at(actor: Actor, path: str, *, on: date, family: str = "", kind: str = "") -> list[Any]:
    """The organisations of one place that a field offers, by kind."""
    wanted = Wanted(path=path, here_only=True, with_invented=True, family=family, kind=kind)
    return organisations(actor, wanted, on=on, limit=500).items


def count_bodies(path: str, words: Iterable[str] | None, *, on: date) -> int:
    """Count the public organisations of a place whose address has one of the words; None for all."""
    found = with_names(Organisation.objects.filter(inside(path), level=PUBLIC), on)
    found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    if words is not None:
        named = Q(pk__in=[])
        for word in words:
            named |= Q(version__address__contains=word)
        found = found.filter(named)
    return found.count()


def get_organisation(actor: Actor, code: str, *, on: date) -> Any:
    """Return one organisation with its name of the day. Refuses with NotFound."""
    found = with_names(visible_organisations(actor), on).select_related("kind", "place")
    organisation = found.filter(code=code).first()
    if organisation is None:
        raise NotFound(code=code)
    return organisation


def organisation_by_id(actor: Actor, organisation_id: int, *, on: date) -> Any:
    """Return one organisation by its id. Refuses with NotFound."""
    found = with_names(visible_organisations(actor), on).select_related("kind", "place")
    organisation = found.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound(id=organisation_id)
    return organisation


def code_of(organisation_id: int) -> str:
    """Return the code of a public organisation, which never changes. Refuses with NotFound."""
    found = sql.tuples("orgs.code", CODE, [organisation_id, PUBLIC])
    if not found:
        raise NotFound(id=organisation_id)
    return str(found[0][0])


def kinds(*, public_only: bool = True) -> QuerySet[OrgKind]:
    """Kinds of organisations in the order of the register."""
    found = OrgKind.objects.order_by("rank", "code")
    return found.filter(level=PUBLIC) if public_only else found


def versions_of(organisation: Organisation) -> list[OrganisationVersion]:
    """All names and addresses, the newest first."""
    found = OrganisationVersion.objects.filter(organisation=organisation)
    return list(found.order_by(F("since").desc(nulls_last=True), "-pk"))


@dataclass(frozen=True, slots=True)
class Relative:
    """A neighbour in a hierarchy."""

    edge_id: int
    code: str
    name: str
    name_en: str
    hierarchy: str
    basis: str
    since: date | None
    is_above: bool


def relatives_of(actor: Actor, organisation: Organisation, *, on: date) -> list[Relative]:
    """What stands directly above and below on a day, as far as the actor may see it."""
    edges = OrgEdge.objects.filter(
        Q(child=organisation) | Q(parent=organisation),
        Q(since__isnull=True) | Q(since__lte=on),
        Q(until__isnull=True) | Q(until__gt=on),
    )
    rows = list(edges.order_by("hierarchy", "pk"))
    others = {e.parent_id if e.child_id == organisation.pk else e.child_id for e in rows}
    seen = {o.pk: o for o in with_names(visible_organisations(actor), on).filter(pk__in=others)}
    found = []
    for edge in rows:
        is_above = edge.child_id == organisation.pk
        other = seen.get(edge.parent_id if is_above else edge.child_id)
        if other is not None:
            found.append(_relative(edge, other, is_above=is_above))
    return sorted(found, key=lambda r: (not r.is_above, r.hierarchy, r.code))


def _relative(edge: OrgEdge, other: Any, *, is_above: bool) -> Relative:
    return Relative(
        edge_id=edge.pk,
        code=other.code,
        name=other.name,
        name_en=other.name_en,
        hierarchy=edge.hierarchy,
        basis=edge.basis,
        since=edge.since,
        is_above=is_above,
    )


def get_line(actor: Actor, organisation: Organisation, edge_id: int) -> OrgEdge:
    """Return a line by which an organisation stands under one that the actor sees. Refuses with NotFound."""
    found = OrgEdge.objects.filter(child=organisation, parent__in=visible_organisations(actor))
    edge = found.filter(pk=edge_id).first()
    if edge is None:
        raise NotFound(id=edge_id)
    return edge


def lines_above(hierarchy: Hierarchy, since: date) -> dict[int, list[int]]:
    """Return who stands under whom from a day on, in one hierarchy."""
    found: dict[int, list[int]] = {}
    rows = OrgEdge.objects.filter(hierarchy=hierarchy.value).filter(
        Q(until__isnull=True) | Q(until__gt=since)
    )
    for child, parent in rows.values_list("child_id", "parent_id"):
        found.setdefault(child, []).append(parent)
    return found
