"""Reads on where Party work reaches, on villages named for PO-06, and on set-up proposals. Level 6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.orgs import permits
from linli.orgs.models import (
    CoverageLink,
    CoverageSpot,
    HoldingOrigin,
    NonLocalDuty,
    PostHolding,
    SetupProposal,
)
from linli.orgs.queries.register import inside, inside_any, must_see
from linli.orgs.types import SpotKind

BY_PLACE = Keyset("place", ("path", "id"))
ASKED_POSTS = ("deputy_party_secretary", "party_committee_member")


def named_villages(path: str, on: date) -> QuerySet[NonLocalDuty]:
    """Villages that a town named for a non-Dongguan deputy or member, on a day (PO-06)."""
    return (
        NonLocalDuty.objects.filter(inside(path))
        .filter(Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on))
        .select_related("place")
        .order_by("path")
    )


def non_dongguan_serving(path: str, on: date) -> dict[str, int]:
    """Count non-Dongguan deputy secretaries and members of working committees, by village."""
    found = HoldingOrigin.objects.filter(
        inside(path, "holding__path"),
        is_non_dongguan=True,
        holding__post__kind_id__in=ASKED_POSTS,
        holding__since__lte=on,
    ).filter(Q(holding__until__isnull=True) | Q(holding__until__gt=on))
    counts: dict[str, int] = {}
    for at in found.values_list("holding__path", flat=True):
        counts[at] = counts.get(at, 0) + 1
    return counts


def asked_holdings(path: str, on: date) -> QuerySet[PostHolding]:
    """Deputy secretaries and members of the working committee of a village, with what is noted."""
    return (
        PostHolding.objects.filter(
            path=path,
            post__kind_id__in=ASKED_POSTS,
            post__organisation__kind_id="party_working_committee",
            since__lte=on,
        )
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .select_related("post", "origin")
        .order_by("rank", "pk")
    )


@dataclass(frozen=True, slots=True)
class SpotRow:
    """A spot with what reaches it and how many formal members were counted there."""

    id: int
    path: str
    kind: str
    name: str
    village: str
    by_code: str | None
    by_name: str | None
    formal: int | None


SPOTS = """
SELECT s.id, s.path, s.kind, s.name, pl.short_name AS village, o.code AS by_code,
       coalesce(v.name, o.code) AS by_name, c.number AS formal
  FROM (SELECT %s::text COLLATE "C" AS path, %s::date AS day) q
 CROSS JOIN orgs_coveragespot s
  JOIN places_place pl ON pl.id = s.place_id
  LEFT JOIN LATERAL (SELECT l.organisation_id FROM orgs_coveragelink l WHERE l.spot_id = s.id
       AND (l.since IS NULL OR l.since <= q.day) AND (l.until IS NULL OR l.until > q.day)
       ORDER BY l.id LIMIT 1) link ON true
  LEFT JOIN orgs_organisation o ON o.id = link.organisation_id
  LEFT JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= q.day) AND (v.until IS NULL OR v.until > q.day)
  LEFT JOIN LATERAL (SELECT p.number FROM orgs_partycount p WHERE p.spot_id = s.id
       AND p.counted_on <= q.day ORDER BY p.counted_on DESC, p.id DESC LIMIT 1) c ON true
 WHERE s.path >= q.path AND s.path < q.path || '~'
   AND (s.since IS NULL OR s.since <= q.day) AND (s.until IS NULL OR s.until > q.day)
 ORDER BY s.path, s.kind, s.id
"""


def spots(actor: Actor, path: str, *, on: date) -> list[SpotRow]:
    """Return the spots at a place and below with what reaches them. Refuses with NotFound."""
    must_see(actor, path)
    return spots_below(path, on)


def spots_below(path: str, on: date) -> list[SpotRow]:
    """Return the spots below a path, for those who already asked for the permit."""
    return sql.rows("orgs.spots", SPOTS, [path, on], SpotRow)


def open_links(spot: CoverageSpot) -> QuerySet[CoverageLink]:
    """What is on record as reaching a spot, without an end yet."""
    found = CoverageLink.objects.filter(spot=spot, until__isnull=True)
    return found.select_related("organisation").order_by("pk")


def coverage(rows: list[SpotRow]) -> list[tuple[str, int, int]]:
    """Return (kind, covered, all) for every kind of spot, in the order of the plan."""
    return [
        (
            kind.value,
            sum(1 for row in rows if row.kind == kind and row.by_code),
            sum(1 for row in rows if row.kind == kind),
        )
        for kind in SpotKind
    ]


def get_spot(actor: Actor, spot_id: int) -> CoverageSpot:
    """Return one spot. Refuses with NotFound."""
    found = CoverageSpot.objects.filter(pk=spot_id)
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.PARTY)))
    spot = found.select_related("place").first()
    if spot is None:
        raise NotFound(id=spot_id)
    return spot


def links_of(spot: CoverageSpot, on: date) -> QuerySet[CoverageLink]:
    """What reaches a spot on a day."""
    found = CoverageLink.objects.filter(spot=spot).filter(
        Q(since__isnull=True) | Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on)
    )
    return found.select_related("organisation").order_by("pk")


def proposals(actor: Actor, path: str) -> QuerySet[SetupProposal]:
    """Set-up proposals at a place and below. Refuses with NotFound."""
    must_see(actor, path)
    return (
        SetupProposal.objects.filter(inside(path))
        .select_related("place", "organisation", "spot")
        .order_by("path", "pk")
    )


def waiting_proposals(actor: Actor) -> QuerySet[SetupProposal]:
    """Proposals that were submitted and wait for the actor's decision, oldest first."""
    found = SetupProposal.objects.filter(state="submitted")
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.PARTY_DECIDE)))
    return found.select_related("place").order_by("decided_on", "pk")


def get_proposal(actor: Actor, proposal_id: int) -> SetupProposal:
    """Return one proposal. Refuses with NotFound."""
    found = SetupProposal.objects.filter(pk=proposal_id)
    if not actor.is_system:
        found = found.filter(inside_any(actor.paths(permits.PARTY)))
    proposal = found.select_related("place", "organisation", "spot").first()
    if proposal is None:
        raise NotFound(id=proposal_id)
    return proposal
