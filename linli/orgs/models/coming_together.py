"""Two places go into one: what both had, and only one can have, is one thing from the day on.

What began before stays on record under the place that ended. Called by the mover alone, whose caller
asked for the permit.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.kernel.namesakes import make_room
from linli.kernel.shapes import share_a_day
from linli.orgs.models import CoverageSpot, NonLocalDuty, ServiceArea, SetupProposal
from linli.orgs.models.party import OPEN_STATES
from linli.orgs.models.shapes import NOTE
from linli.orgs.states import ProposalState

if TYPE_CHECKING:
    from linli.places.models import Place

# of two that ask for the same, the one that is further on goes on
FURTHEST = (
    ProposalState.APPROVED, ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.PROPOSED,
)  # fmt: skip
# how long a period is on record at least that began on the day of the change or later
SHORTEST = {ServiceArea: timedelta(0), NonLocalDuty: timedelta(1)}


def carry_areas(old: Place, new: Place, day: date) -> int:
    """Let centres serve the place that follows; one that served both serves it once."""
    moved = 0
    for row in ServiceArea.objects.filter(place=old).order_by("since", "pk"):
        moved += _carry(row, ServiceArea.objects.filter(centre_id=row.centre_id), new, day)
    return moved


def carry_duties(old: Place, new: Place, day: date) -> int:
    """Let the place that follows be named as the one that ended was; twice named is once (PO-06)."""
    moved = 0
    for row in NonLocalDuty.objects.filter(place=old).order_by("since", "pk"):
        moved += _carry(row, NonLocalDuty.objects.all(), new, day)
    return moved


def carry_spots(old: Place, new: Place) -> int:
    """Let spots go over; of two of one name and kind the second is called after its village too."""
    spots, still = CoverageSpot.objects.all(), Q(until__isnull=True)
    make_room(
        spots.filter(still, place=old), spots.filter(still, place=new), "name",
        origin=old.short_name or old.name, alike="kind",
    )  # fmt: skip
    return spots.filter(place=old).update(place=new)


def carry_proposals(old: Place, new: Place, day: date) -> int:
    """Let set-up proposals go over; of two that ask for the same one goes on, the other is dropped."""
    proposals = SetupProposal.objects.select_for_update()
    for row in proposals.filter(place=old, state__in=OPEN_STATES).order_by("pk"):
        twin = proposals.filter(
            place=new, kind=row.kind, organisation=row.organisation_id, spot=row.spot_id,
            state__in=OPEN_STATES,
        ).first()  # fmt: skip
        if twin is not None:
            _drop(max(row, twin, key=lambda one: FURTHEST.index(ProposalState(one.state))), day)
    return proposals.filter(place=old).update(place=new)


def _drop(proposal: SetupProposal, day: date) -> None:
    """Drop a proposal, also one that waits for the answer from above: the other one gets it."""
    with override("zh-hans"):
        why = _("The village was merged; another proposal asks for the same.")
    proposal.note = "\n".join(filter(None, [proposal.note, why]))[:NOTE]
    proposal.state, proposal.decided_on = ProposalState.DROPPED.value, day
    proposal.edition += 1
    proposal.save(update_fields=["note", "state", "decided_on", "edition"])


def _carry(row: Any, alike: QuerySet[Any], new: Place, day: date) -> int:
    """Let a period go over; what the place that follows has already only ends, and goes on after it."""
    met = [one for one in alike.filter(place=new) if share_a_day(one, row)]
    if not met:
        row.place = new
        row.save(update_fields=["place"])
        return 1
    begins, last = row.since or day, row.until
    if last is not None and last <= day:
        return 0  # was over before: it stays with the place as it was then
    row.until = day if row.since is None or row.since < day else row.since + SHORTEST[type(row)]
    row.save(update_fields=["until"])
    since = max(day, begins, *(one.until or date.max for one in met))
    if since < (last or date.max):
        row.pk, row.place, row.path, row.since, row.until = None, new, new.path, since, last
        row._state.adding = True
        row.save()
    return 1
