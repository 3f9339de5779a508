"""Reads on service centres, the villages they serve, and pairings. All public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import PUBLIC
from linli.orgs.models import Organisation, Pairing, ServiceArea, ServiceCentre
from linli.orgs.queries.register import inside, with_names
from linli.places import queries as places
from linli.places.types import WITH_COMMITTEE

PUBLIC_CENTRE, INTEGRATED_CENTRE = "public_service_center", "integrated_service_center"
CENTRES = (PUBLIC_CENTRE, INTEGRATED_CENTRE)


@dataclass(slots=True)
class CentreRow:
    """A centre with what it serves on a day."""

    organisation: Any
    centre: ServiceCentre | None
    places: list[Any] = field(default_factory=list)
    on: date = date.min

    @property
    def is_open(self) -> bool:
        """Say whether the centre is open on the day; one without an opening day is planned."""
        centre = self.centre
        if centre is None or centre.opened_on is None or centre.opened_on > self.on:
            return False
        return centre.closed_on is None or centre.closed_on > self.on


def centre_rows(path: str, *, on: date, kind: str = "") -> list[CentreRow]:
    """Return the centres at a place and below with the villages they serve; two queries."""
    kinds = [kind] if kind in CENTRES else list(CENTRES)
    found = Organisation.objects.filter(inside(path), kind_id__in=kinds, level=PUBLIC)
    found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    named = with_names(found, on).select_related("kind", "place", "centre")
    rows = {
        o.pk: CentreRow(organisation=o, centre=getattr(o, "centre", None), on=on)
        for o in named.order_by("path", "rank", "pk")
    }
    for area in areas_of(list(rows), on):
        rows[area.centre_id].places.append(area.place)
    return list(rows.values())


def areas_of(centre_ids: Sequence[int], on: date) -> QuerySet[ServiceArea]:
    """The villages that centres serve on a day."""
    return (
        ServiceArea.objects.filter(centre_id__in=centre_ids)
        .filter(Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on))
        .select_related("place")
        .order_by("path", "pk")
    )


def villages_around(organisation: Any) -> list[Any]:
    """The villages of the town of a centre; one centre may serve several of them."""
    codes = organisation.path.strip("/").split("/")[:2]
    reach = "/".join(codes) + "/"
    found = places.places_of_level("village", with_invented=organisation.is_invented)
    kinds = {kind.value for kind in WITH_COMMITTEE}
    return [v for v in found.filter(path__startswith=reach).order_by("code") if v.kind in kinds]


def get_centre(organisation_id: int) -> ServiceCentre | None:
    """Return what is on record of a centre, or None if nothing is yet."""
    return ServiceCentre.objects.filter(pk=organisation_id).first()


def _served(on: date) -> QuerySet[ServiceArea]:
    """The service areas of a day of public centres that were open then."""
    return ServiceArea.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on)
    ).filter(
        Q(centre__closed_on__isnull=True) | Q(centre__closed_on__gt=on),
        centre__opened_on__lte=on,
        centre__organisation__kind_id=PUBLIC_CENTRE,
    )


def served_paths(path: str, on: date) -> dict[str, list[str]]:
    """Return the villages below a place served by an open public centre → codes of the centres."""
    found = _served(on).filter(inside(path))
    served: dict[str, list[str]] = defaultdict(list)
    for at, code in found.values_list("path", "centre__organisation__code").order_by("path"):
        served[at].append(code)
    return served


def served_on(place_ids: Iterable[int], on: date) -> set[int]:
    """Return which places of a day an open public centre served then.

    A merge lets a service area go on with the village that follows: it tells of each that went into it.
    """
    ids = list(place_ids)
    today = localdate()
    later = places.became_of(ids, measured_on=on, on=today) if on < today else {}
    followers = {place_id: {place_id, *later.get(place_id, ())} for place_id in ids}
    every = {one for group in followers.values() for one in group}
    served = set(_served(on).filter(place__in=every).values_list("place_id", flat=True))
    return {place_id for place_id, group in followers.items() if group & served}


def has_public_centre(path: str) -> bool:
    """Say whether any public service centre is on record at a place or below.

    For the whole city those of invented places do not count.
    """
    found = ServiceCentre.objects.filter(
        inside(path, "organisation__path"), organisation__kind_id=PUBLIC_CENTRE
    )
    if path.count("/") == 1:
        found = found.filter(organisation__is_invented=False)
    return found.exists()


def pairings(path: str, *, on: date | None = None) -> QuerySet[Pairing]:
    """Pairings with one side at a place or below; those of a day, or all."""
    found = Pairing.objects.filter(inside(path, "one_path") | inside(path, "other_path"))
    if on is not None:
        found = found.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    return found.select_related("one", "one__parent", "other", "other__parent").order_by(
        "one_path", "other_path", "pk"
    )


BY_END = Keyset("standing", ("is_ended", "one_path", "other_path", "pk"))


def pairings_by_end(path: str, on: date) -> QuerySet[Pairing]:
    """Pairings of a place for a list: those that stand on the day before those that have ended."""
    return pairings(path).annotate(
        is_ended=Case(When(until__lte=on, then=Value(value=True)), default=Value(value=False))
    )


def get_pairing(pairing_id: int) -> Pairing:
    """Return one pairing. Refuses with NotFound."""
    pairing = Pairing.objects.filter(pk=pairing_id).select_related("one", "other").first()
    if pairing is None:
        raise NotFound(id=pairing_id)
    return pairing
