"""How much of orgs hangs on a place, a person or an organisation: what a merge or closing previews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel.falling import FALLS, Falling
from linli.kernel.permits import PROTECTED, PUBLIC, Actor
from linli.kernel.registries import REFERENCES, Reference
from linli.orgs import permits
from linli.orgs.models import (
    Certificate,
    CoverageLink,
    CoverageSpot,
    JointMeeting,
    JointMember,
    Organisation,
    OrgEdge,
    Pairing,
    PartyManagement,
    Post,
    PostHolding,
    ServiceArea,
    SetupProposal,
    TrainingHours,
)
from linli.orgs.models.party import UNDECIDED


def organisations_at(place_id: int) -> int:
    """Count public organisations that sit at a place."""
    found = Organisation.objects.filter(place_id=place_id, closed_on__isnull=True, level=PUBLIC)
    return found.count()


def party_at(place_id: int) -> int:
    """Count Party organisations that sit at a place."""
    found = Organisation.objects.filter(place_id=place_id, closed_on__isnull=True)
    return found.exclude(level=PUBLIC).count()


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


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many things of one kind hang on an organisation, and whether a successor takes them over.

    `falls` tells who gets those of the first that do not simply stay.
    """

    key: str
    title: Any
    count: int
    moves: bool
    falls: Sequence[Falling] = ()


def hanging_on(
    actor: Actor, organisation: Organisation, successor: int | None = None
) -> list[Hanging]:
    """Return what the closing of an organisation would touch, as far as the actor may know of it."""
    sees_party = actor.may(permits.PARTY, at=organisation.path)
    known = [
        one
        for one in REFERENCES
        if one.to == "organisation" and (one.level == PUBLIC or sees_party)
    ]
    return _hanging(actor, known, organisation.pk, successor)


def hanging_on_post(actor: Actor, post: Post) -> list[Hanging]:
    """Return what the closing of a post would leave to others."""
    return _hanging(actor, [one for one in REFERENCES if one.to == "post"], post.pk, None)


def _hanging(actor: Actor, known: list[Reference], of: int, successor: int | None) -> list[Hanging]:
    found = []
    for one in known:
        if count := one.count(of):
            falls = FALLS.get(one.key)
            who = falls.of(actor, of, successor) if falls else ()
            found.append(Hanging(one.key, one.title, count, one.move is not None, who))
    return found


def posts_in(organisation_id: int) -> int:
    """Count open posts of an organisation."""
    return Post.objects.filter(organisation_id=organisation_id, closed_on__isnull=True).count()


def edges_below(organisation_id: int, level: int) -> QuerySet[OrgEdge]:
    """Open lines to the bodies of a level that stand under an organisation."""
    return OrgEdge.objects.filter(
        parent_id=organisation_id, until__isnull=True, child__level=level
    ).order_by("pk")


def below(organisation_id: int) -> int:
    """Count the public bodies that stand under an organisation."""
    return edges_below(organisation_id, PUBLIC).count()


def party_below(organisation_id: int) -> int:
    """Count the Party organisations that stand under an organisation."""
    return edges_below(organisation_id, PROTECTED).count()


def served_by(organisation_id: int) -> int:
    """Count the villages that a centre serves."""
    return areas_of_centre(organisation_id).count()


def certified_in(organisation_id: int) -> int:
    """Count the valid certificates of those who work in an organisation."""
    return certificates_in(organisation_id).count()


def managed_in(organisation_id: int) -> int:
    """Count the Party organisations that a working committee manages."""
    return managed_by(organisation_id).count()


def reached_by(organisation_id: int) -> int:
    """Count the spots that a Party organisation reaches."""
    return links_of(organisation_id).count()


def areas_of_centre(organisation_id: int) -> QuerySet[ServiceArea]:
    """The villages that a centre serves."""
    return ServiceArea.objects.filter(centre_id=organisation_id, until__isnull=True).order_by("pk")


def certificates_in(organisation_id: int, on: date | None = None) -> QuerySet[Certificate]:
    """Valid certificates of those who work in an organisation."""
    valid = Q(until__isnull=True) | Q(until__gt=on or localdate())
    return Certificate.objects.filter(
        valid, organisation_id=organisation_id, removed_on__isnull=True
    )


def training_in(organisation_id: int) -> int:
    """Count entries of training of those who work in an organisation."""
    return TrainingHours.objects.filter(organisation_id=organisation_id).count()


def managed_by(organisation_id: int) -> QuerySet[PartyManagement]:
    """Party organisations that a working committee manages."""
    return PartyManagement.objects.filter(by_id=organisation_id, until__isnull=True).order_by("pk")


def links_of(organisation_id: int) -> QuerySet[CoverageLink]:
    """Spots that a Party organisation reaches."""
    found = CoverageLink.objects.filter(organisation_id=organisation_id, until__isnull=True)
    return found.order_by("pk")


def meetings_led_by(organisation_id: int) -> QuerySet[JointMeeting]:
    """The joint meeting that a working committee leads."""
    return JointMeeting.objects.filter(organisation_id=organisation_id, until__isnull=True)


def meetings_with(organisation_id: int) -> int:
    """Count the joint meetings that an organisation leads or takes part in."""
    seats = JointMember.objects.filter(organisation_id=organisation_id, until__isnull=True)
    return meetings_led_by(organisation_id).count() + seats.count()


def proposals_on(organisation_id: int) -> int:
    """Count undecided set-up proposals about an organisation."""
    found = SetupProposal.objects.filter(organisation_id=organisation_id, state__in=UNDECIDED)
    return found.count()
