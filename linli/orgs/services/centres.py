"""Service centres open, serve villages and close. Basis: plan task 12."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.orgs import permits
from linli.orgs.events import CentreChanged
from linli.orgs.models import Organisation, ServiceArea, ServiceCentre
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

CENTRE_KINDS = ("public_service_center", "integrated_service_center")


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """When a centre opened and closed, and where its door is."""

    opened_on: date | None = None
    closed_on: date | None = None
    lon: float | None = None
    lat: float | None = None
    note: str = ""


@transaction.atomic
def describe_centre(
    organisation: Organisation, facts: CentreFacts, *, edition: int, actor: Actor, now: datetime
) -> ServiceCentre:
    """Record the opening days and the door of a centre. A new centre has edition 0.

    Refuses with NotAllowed, Stale, Invalid.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(actor, permits.EDIT, at=organisation.path)
    _check(organisation, facts)
    centre = ServiceCentre.objects.filter(pk=organisation.pk).first()
    if (centre.edition if centre else 0) != edition:
        raise Stale(move="save", state="")
    centre = centre or ServiceCentre(organisation=organisation, edition=0)
    centre.opened_on, centre.closed_on = facts.opened_on, facts.closed_on
    centre.lon, centre.lat, centre.note = facts.lon, facts.lat, facts.note
    centre.edition += 1
    centre.save()
    record("orgs.centre_described", on=organisation, actor=actor, now=now, place=organisation.path)
    publish(CentreChanged(organisation.pk))
    return centre


@transaction.atomic
def change_service_area(
    centre: ServiceCentre,
    places: Sequence[Place],
    *,
    since: date,
    edition: int,
    actor: Actor,
    now: datetime,
) -> ServiceCentre:
    """Say which villages a centre serves from a day on; what it served before stays on record.

    Refuses with NotAllowed, Stale, Invalid.
    """
    centre = ServiceCentre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    organisation = Organisation.objects.get(pk=centre.pk)
    require(actor, permits.EDIT, at=organisation.path)
    if centre.edition != edition:
        raise Stale(move="save", state="")
    for place in places:
        register.refuse_ended(place)
    _check_places(organisation, places)
    _draw_area(centre, {place.pk: place for place in places}, since)
    centre.edition += 1
    centre.save(update_fields=["edition"])
    record(
        "orgs.service_area_changed", on=organisation, actor=actor, now=now,
        place=organisation.path, villages=sorted(p.code for p in places), since=since.isoformat(),
    )  # fmt: skip
    return centre


def _draw_area(centre: ServiceCentre, wanted: dict[int, Place], since: date) -> None:
    """End what is not served any more and begin what is new; of the same day, the last one counts."""
    areas = ServiceArea.objects.filter(centre=centre)
    if areas.filter(Q(since__gt=since) | Q(until__gt=since)).exists():
        raise Invalid({"since": [_("The area was changed after this day. Give a later day.")]})
    now_served = areas.filter(until__isnull=True)
    kept = set(now_served.values_list("place_id", flat=True)) & set(wanted)
    now_served.exclude(place_id__in=kept).update(until=since)
    ServiceArea.objects.bulk_create(
        ServiceArea(centre=centre, place=place, path=place.path, since=since)
        for pk, place in wanted.items()
        if pk not in kept
    )


def _check(organisation: Organisation, facts: CentreFacts) -> None:
    faults: dict[str, list[str]] = {}
    if organisation.kind_id not in CENTRE_KINDS:
        faults["kind"] = [_("Only a service centre has opening days and a service area.")]
    if facts.closed_on and (facts.opened_on is None or facts.closed_on <= facts.opened_on):
        faults["closed_on"] = [_("It closes after it opened.")]
    if (facts.lon is None) != (facts.lat is None):
        faults["lon"] = [_("Give longitude and latitude together, or neither.")]
    if faults:
        raise Invalid(faults)


def _check_places(organisation: Organisation, places: Sequence[Place]) -> None:
    """A centre serves villages of its own town; that of a town or the city any of theirs."""
    parts = organisation.path.split("/")
    reach = "/".join(parts[:2]) + "/" if organisation.town_id else organisation.path
    if any(place.level != "village" or not place.path.startswith(reach) for place in places):
        raise Invalid({"places": [_("Choose villages and communities of the same town.")]})
