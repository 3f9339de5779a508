"""What a body that closes leaves behind ends with it, from the day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from linli.orgs.models import (
    CoverageLink,
    JointMeeting,
    JointMember,
    Organisation,
    OrgEdge,
    PartyManagement,
    ServiceArea,
    ServiceCentre,
)


def end_lines(organisation: Organisation, on: date) -> None:
    """End what did not go over: lines, relations of the Party, posts, a centre and what it served."""
    own = Q(organisation=organisation)
    end_open(OrgEdge.objects.filter(Q(child=organisation) | Q(parent=organisation)), on)
    end_open(PartyManagement.objects.filter(own | Q(by=organisation)), on)
    end_open(CoverageLink.objects.filter(own), on)
    for model in (JointMeeting, JointMember):
        # one that begins later has its lists already, and stays on record
        _begun_before(model._default_manager.filter(own, until__isnull=True), on).update(until=on)
    organisation.posts.filter(closed_on__isnull=True).update(closed_on=on)
    centre = ServiceCentre.objects.filter(organisation=organisation)
    centre.filter(closed_on__isnull=True, opened_on__lt=on).update(closed_on=on)
    end_open(ServiceArea.objects.filter(centre_id=organisation.pk), on)


def end_open(rows: QuerySet[Any], on: date) -> None:
    """End open periods on a day; what would only begin then or later never comes about."""
    still = rows.filter(until__isnull=True)
    _begun_before(still, on).update(until=on)
    if rows.model is ServiceArea:
        still.update(until=F("since"))  # one that ends on its first day never counted
    else:
        still.delete()


def _begun_before(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(Q(since__isnull=True) | Q(since__lt=on))
