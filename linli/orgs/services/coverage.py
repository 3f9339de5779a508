"""Spots that Party work is to reach, and what reaches them. Level 6. Basis: PO-05."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import PROTECTED, Actor, require
from linli.orgs import permits
from linli.orgs.errors import Overlap
from linli.orgs.models import CoverageLink, CoverageSpot, Organisation, PartyCount
from linli.orgs.services.party import MOST_MEMBERS
from linli.orgs.services.proposals import note_carried_out
from linli.orgs.types import CountKind, ProposalKind, SpotKind
from linli.places import services as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

# what is carried out once something reaches a spot
OF_SPOT = (ProposalKind.FORM_BRANCH, ProposalKind.JOIN_BRANCH)


@transaction.atomic
def add_spot(
    place: Place, *, kind: SpotKind, name: str, since: date, actor: Actor, now: datetime
) -> CoverageSpot:
    """Enter a group, collective, estate, park or settlement. Refuses with NotAllowed, Invalid."""
    require(actor, permits.PARTY_KEEP, at=place.path, level=PROTECTED)
    places.refuse_ended(place)
    if not name.strip():
        raise Invalid({"name": [_("Give the name.")]})
    known = CoverageSpot.objects.filter(place=place, kind=kind.value, name=name, until=None)
    if known.exists():
        raise Invalid({"name": [_("This name is on the list already.")]})
    spot = CoverageSpot.objects.create(
        place=place,
        path=place.path,
        city_id=place.city_id or place.pk,
        town_id=place.town_id,
        village_id=place.village_id,
        kind=kind.value,
        name=name,
        since=since,
    )
    _record("orgs.spot_added", spot, actor, now)
    return spot


@transaction.atomic
def close_spot(spot: CoverageSpot, *, on: date, actor: Actor, now: datetime) -> CoverageSpot:
    """Take a spot off the list from a day on. Refuses with NotAllowed, Invalid."""
    spot = CoverageSpot.objects.select_for_update().get(pk=spot.pk)
    require(actor, permits.PARTY_KEEP, at=spot.path, level=PROTECTED)
    if spot.until is not None or (spot.since is not None and on <= spot.since):
        raise Invalid({"on": [_("The day must be after the day on which it began.")]})
    spot.until = on
    spot.save(update_fields=["until"])
    spot.links.filter(until__isnull=True).update(until=on)
    _record("orgs.spot_closed", spot, actor, now)
    return spot


@transaction.atomic
def cover_spot(
    spot: CoverageSpot, organisation: Organisation, *, since: date, actor: Actor, now: datetime
) -> CoverageLink:
    """Record which Party organisation reaches a spot from a day on.

    Refuses with NotAllowed, Invalid, Overlap.
    """
    spot = CoverageSpot.objects.select_for_update().get(pk=spot.pk)
    require(actor, permits.PARTY_KEEP, at=spot.path, level=PROTECTED)
    if organisation.level < PROTECTED or not organisation.path.startswith(spot.path):
        raise Invalid({"organisation": [_("Choose a Party organisation of this village.")]})
    known = spot.links.filter(organisation=organisation)
    if known.filter(Q(until__isnull=True) | Q(until__gt=since)).exists():
        raise Overlap(move="cover", state="")
    link = CoverageLink.objects.create(spot=spot, organisation=organisation, since=since)
    _record("orgs.spot_covered", spot, actor, now)
    note_carried_out(spot.path, OF_SPOT, spot_id=spot.pk, actor=actor, now=now)
    return link


@transaction.atomic
def uncover_spot(link: CoverageLink, *, on: date, actor: Actor, now: datetime) -> CoverageLink:
    """End that a Party organisation reaches a spot. Refuses with NotAllowed, Invalid."""
    link = (
        CoverageLink.objects.select_for_update(of=("self",)).select_related("spot").get(pk=link.pk)
    )
    require(actor, permits.PARTY_KEEP, at=link.spot.path, level=PROTECTED)
    if link.until is not None or (link.since is not None and on <= link.since):
        raise Invalid({"on": [_("The day must be after the day on which it began.")]})
    link.until = on
    link.save(update_fields=["until"])
    _record("orgs.spot_uncovered", link.spot, actor, now)
    return link


@transaction.atomic
def count_spot(
    spot: CoverageSpot, *, formal: int, counted_on: date, actor: Actor, now: datetime
) -> PartyCount:
    """Enter how many formal members live or work at a spot (PO-01).

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.PARTY_KEEP, at=spot.path, level=PROTECTED)
    if not 0 <= formal <= MOST_MEMBERS or counted_on > localdate(now):
        raise Invalid({"formal": [_("Give a whole number, counted today or before.")]})
    count = PartyCount.objects.create(
        spot=spot,
        kind=CountKind.FORMAL.value,
        number=formal,
        counted_on=counted_on,
        entered_at=now,
        entered_by=actor.label,
    )
    _record("orgs.spot_counted", spot, actor, now)
    return count


def _record(verb: str, spot: CoverageSpot, actor: Actor, now: datetime) -> None:
    record(verb, on=spot, actor=actor, now=now, place=spot.path, level=PROTECTED)
