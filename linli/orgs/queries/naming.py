"""How organisations were and are called, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import PUBLIC, Actor
from linli.orgs.models import Organisation, OrganisationVersion, Reorganisation
from linli.orgs.queries.register import visible_organisations, with_names
from linli.orgs.rules.register import Life, Link, bearer_on, version_on
from linli.ui.formats import is_chinese
from linli.ui.jinja import named


def called(organisation: Organisation, on: date) -> str:
    """Return how an organisation itself is called on a day, in the reader's language."""
    return called_each([organisation], on)[organisation.pk]


def called_each(organisations: Collection[Organisation], on: date) -> dict[int, str]:
    """Return how organisations themselves are called on a day, in the reader's language; one query."""
    versions = _versions_on([one.pk for one in organisations], on)
    return {
        one.pk: named(versions[one.pk]) if one.pk in versions else one.code for one in organisations
    }


def organisation_given(actor: Actor, said: str, *, field: str, on: date) -> Any:
    """Return the organisation that a field names in full, or by its code. Refuses with Invalid."""
    try:
        return organisation_said(actor, said, on=on)
    except NotFound:
        raise Invalid({field: [_("No single organisation has this name or code.")]}) from None


def organisation_said(actor: Actor, said: str, *, on: date) -> Any:
    """Return the organisation that somebody named in full, or by its code. Refuses with NotFound."""
    words = said.strip()
    found = with_names(visible_organisations(actor), on).select_related("kind", "place")
    by_code = found.filter(code=words).first()
    if by_code is not None:
        return by_code
    is_called = Q(version__name=words) | Q(version__name_en=words)
    bear_it = list(found.filter(is_called, closed_on__isnull=True).order_by("pk")[:2])
    if not words or len(bear_it) != 1:
        raise NotFound(said=words)
    return bear_it[0]


def name_on(organisation: Organisation, on: date) -> str:
    """Return how the bearer of an organisation's work was called on a day.

    市农业局 asked for today is 市农业农村局; 市农业农村局 asked for 2016 is 市农业局.
    """
    bearer = bearer_of(organisation.pk, on)
    version = version_on(OrganisationVersion.objects.filter(organisation_id=bearer), on)
    return version.name if version else organisation.code


def bearer_of(organisation_id: int, on: date) -> int:
    """Return the id of the organisation that bears the work of this one on a day."""
    links = _links_around(organisation_id)
    ids = {organisation_id} | {k.predecessor_id for k in links}
    ids |= {k.successor_id for k in links if k.successor_id}
    lives = {
        pk: Life(opened, closed)
        for pk, opened, closed in Organisation.objects.filter(pk__in=ids).values_list(
            "pk", "opened_on", "closed_on"
        )
    }
    return bearer_on(organisation_id, lives, links, on)


def _links_around(organisation_id: int) -> list[Link]:
    """The lines of reorganisation that can be reached from one organisation."""
    found: dict[int, Link] = {}
    ids, waiting = set[int](), {organisation_id}
    while waiting:
        ids |= waiting
        rows = Reorganisation.objects.filter(
            Q(predecessor_id__in=waiting) | Q(successor_id__in=waiting)
        ).values_list("pk", "predecessor_id", "successor_id", "rank")
        found.update({pk: Link(before, after, rank) for pk, before, after, rank in rows})
        reached = {k.predecessor_id for k in found.values()}
        reached |= {k.successor_id for k in found.values() if k.successor_id}
        waiting = reached - ids
    return list(found.values())


def reorganisations_of(actor: Actor, organisation: Organisation) -> list[Reorganisation]:
    """What went into this organisation and what it went into, as far as the actor may see it."""
    found = Reorganisation.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    seen = visible_organisations(actor).values("pk")
    found = found.filter(Q(successor__isnull=True) | Q(successor_id__in=seen))
    return list(found.filter(predecessor_id__in=seen).order_by("on", "rank", "pk"))


def successor_of(actor: Actor, organisation: Organisation) -> str:
    """Return the code of what took over by the main line on record; empty where nothing is."""
    lines = reorganisations_of(actor, organisation)
    after = [one for one in lines if one.predecessor_id == organisation.pk and one.successor]
    return min(after, key=lambda one: one.rank).successor.code if after else ""  # type: ignore[union-attr]


def organisation_named(name: str, *, path: str, on: date) -> Organisation | None:
    """Return the public organisation at a place that bore this name or short name on a day."""
    return organisations_named([name], path=path, on=on).get(name)


def organisations_named(names: Iterable[str], *, path: str, on: date) -> dict[str, Organisation]:
    """Return the public organisations at a place by the names or short names that they bore on a day.

    Used by the plan, whose departments are written as 市农业局. One query.
    """
    wanted = set(names)
    found = with_names(Organisation.objects.filter(level=PUBLIC, path=path), on)
    found = found.filter(Q(version__name__in=wanted) | Q(version__short_name__in=wanted))
    by_name: dict[str, Organisation] = {}
    for organisation in found.order_by("pk"):
        for name in wanted & {organisation.name, organisation.short_name}:
            by_name.setdefault(name, organisation)
    return by_name


def names_for_lines(lines: Sequence[Reorganisation], on: date) -> dict[int, tuple[str, str]]:
    """Return (code, name) of every organisation in lines of reorganisation; two queries."""
    ids = {line.predecessor_id for line in lines} | {
        line.successor_id for line in lines if line.successor_id
    }
    codes = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "code"))
    names = names_of(ids, on)
    return {pk: (codes[pk], names.get(pk, codes[pk])) for pk in ids}


def place_name(place: Any) -> str:
    """Return a place as people say it: 岗贝社区, 石碣镇; its English name on English pages."""
    if not is_chinese():
        return str(place.name_en)
    return str(place.short_name if place.level == "village" else place.name)


def names_of(organisation_ids: Iterable[int], on: date) -> dict[int, str]:
    """Return how each of the organisations is called on a day; one query."""
    return {pk: version.name for pk, version in _versions_on(organisation_ids, on).items()}


def _versions_on(organisation_ids: Iterable[int], on: date) -> dict[int, OrganisationVersion]:
    known: dict[int, list[OrganisationVersion]] = {}
    for version in OrganisationVersion.objects.filter(organisation_id__in=set(organisation_ids)):
        known.setdefault(version.organisation_id, []).append(version)
    return {pk: found for pk, rows in known.items() if (found := version_on(rows, on))}


def credit_code_of(organisation_id: int, on: date) -> str:
    """Return the credit code of an organisation as it is entered on a day, or nothing."""
    rows = list(OrganisationVersion.objects.filter(organisation_id=organisation_id))
    found = version_on(rows, on)
    return found.uscc if found else ""
