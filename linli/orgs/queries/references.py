"""How much of orgs hangs on a place or a person: what a merge previews."""

from __future__ import annotations

from django.db.models import Q

from linli.orgs.models import (
    Certificate,
    CoverageSpot,
    Organisation,
    Pairing,
    PostHolding,
    ServiceArea,
    TrainingHours,
)


def organisations_at(place_id: int) -> int:
    """Count public organisations that sit at a place."""
    return Organisation.objects.filter(place_id=place_id, closed_on__isnull=True).count()


def areas_at(place_id: int) -> int:
    """Count centres that serve a village."""
    return ServiceArea.objects.filter(place_id=place_id, until__isnull=True).count()


def pairings_at(place_id: int) -> int:
    """Count pairings of a village."""
    return Pairing.objects.filter(Q(one_id=place_id) | Q(other_id=place_id), until=None).count()


def spots_at(place_id: int) -> int:
    """Count spots of Party coverage at a place."""
    return CoverageSpot.objects.filter(place_id=place_id, until__isnull=True).count()


def holdings_of(person_id: int) -> int:
    """Count posts that a person held or holds."""
    return PostHolding.objects.filter(person_id=person_id).count()


def learnt_by(person_id: int) -> int:
    """Count certificates and entries of training of a person."""
    return (
        Certificate.objects.filter(person_id=person_id).count()
        + TrainingHours.objects.filter(person_id=person_id).count()
    )
