"""Party organisations: set up, counted, managed. Numbers only, level 6. Basis: PO-01 to PO-07."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from linli.orgs.models import (
    HoldingOrigin,
    NonLocalDuty,
    Organisation,
    PartyCount,
    PartyManagement,
    PartyOrganisation,
    Post,
    PostHolding,
)
from linli.orgs.queries.party import WORKING_COMMITTEE
from linli.orgs.services.posts import add_post
from linli.orgs.services.proposals import note_carried_out
from linli.orgs.services.register import add_organisation
from linli.orgs.services.relations import put_under
from linli.orgs.types import (
    CountKind,
    Details,
    Hierarchy,
    Management,
    PartyForm,
    PartyType,
    PostDetails,
    ProposalKind,
)
from linli.orgs.types.words import OF_NEW_TYPE
from linli.places import services as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

KIND_OF_FORM = {
    PartyForm.BRANCH: "party_branch",
    PartyForm.JOINT_BRANCH: "joint_party_branch",
    PartyForm.GENERAL_BRANCH: "general_party_branch",
    PartyForm.COMMITTEE: "party_committee",
}
MOST_MEMBERS = 100_000


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What kind of Party organisation it is, and what it stands under."""

    party_type: PartyType
    form: PartyForm
    parent: Organisation | None = None
    units: int = 1
    has_committee: bool = False


@transaction.atomic
def set_up_party_organisation(
    place: Place, details: Details, facts: PartyFacts, *, since: date, actor: Actor, now: datetime
) -> Organisation:
    """Enter a Party organisation with its secretary's post.

    Refuses with NotAllowed, Invalid, Circle.
    """
    require(actor, permits.PARTY_KEEP, at=place.path, level=PROTECTED)
    if facts.form is PartyForm.JOINT_BRANCH and facts.units < 2:
        raise Invalid({"units": [_("A joint branch has two units or more.")]})
    organisation = add_organisation(
        place, KIND_OF_FORM[facts.form], details, since=since, actor=actor, now=now
    )
    secretary = add_post(
        organisation,
        PostDetails(title="书记", title_en="Secretary", kind="party_secretary", rank=10),
        actor=actor,
        now=now,
    )
    PartyOrganisation.objects.create(
        organisation=organisation,
        party_type=facts.party_type.value,
        form=facts.form.value,
        units=facts.units,
        has_committee=facts.has_committee,
        secretary_post=secretary,
    )
    if facts.parent is not None:
        put_under(
            organisation, facts.parent, hierarchy=Hierarchy.PARTY, since=since, actor=actor, now=now
        )
    note_carried_out(place.path, OF_NEW_TYPE, actor=actor, now=now)
    return organisation


@transaction.atomic
def enter_counts(
    organisation: Organisation,
    numbers: Mapping[CountKind, int],
    *,
    counted_on: date,
    actor: Actor,
    now: datetime,
) -> list[PartyCount]:
    """Enter what the Party's own post counted on a day. Earlier numbers stay on record.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.PARTY_KEEP, at=organisation.path, level=PROTECTED)
    if organisation.level < PROTECTED:
        raise Invalid({"organisation": [_("Members are counted by Party organisations.")]})
    _check_numbers(numbers, counted_on, localdate(now))
    entered = PartyCount.objects.bulk_create(
        PartyCount(
            organisation=organisation,
            kind=kind.value,
            number=number,
            counted_on=counted_on,
            entered_at=now,
            entered_by=actor.label,
        )
        for kind, number in numbers.items()
    )
    # the numbers themselves stay in the level 6 table, out of the trail
    record(
        "orgs.party_counted", on=organisation, actor=actor, now=now, place=organisation.path,
        level=PROTECTED,
    )  # fmt: skip
    return entered


@transaction.atomic
def manage_party_organisation(
    organisation: Organisation,
    by: Organisation,
    *,
    kind: Management,
    since: date,
    actor: Actor,
    now: datetime,
) -> PartyManagement:
    """Put a Party organisation under the management or co-management of a working committee.

    Refuses with NotAllowed, Invalid, Overlap. Basis: PO-07.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(actor, permits.PARTY_KEEP, at=by.path, level=PROTECTED)
    require(actor, permits.PARTY_KEEP, at=organisation.path, level=PROTECTED)
    if by.kind_id != WORKING_COMMITTEE or organisation.level < PROTECTED:
        raise Invalid(
            {"by": [_("A working committee manages the Party organisations of its area.")]}
        )
    known = PartyManagement.objects.filter(organisation=organisation)
    if known.filter(Q(until__gt=since) | Q(until__isnull=True, since__gte=since)).exists():
        raise Overlap(move="manage", state="")
    known.filter(until__isnull=True).update(until=since)
    relation = PartyManagement.objects.create(
        organisation=organisation, by=by, kind=kind.value, since=since
    )
    record(
        "orgs.party_managed", on=organisation, actor=actor, now=now, place=by.path, level=PROTECTED
    )
    return relation


@transaction.atomic
def name_for_non_local(
    place: Place, *, since: date, document: str, actor: Actor, now: datetime
) -> NonLocalDuty:
    """Name a village as one with many non-local residents and heavy tasks.

    Refuses with NotAllowed, Invalid, Overlap. Basis: PO-06.
    """
    require(actor, permits.PARTY_DECIDE, at=place.path, level=PROTECTED)
    places.refuse_ended(place)
    if place.level != "village" or not document.strip():
        raise Invalid({"document": [_("Name a village, by a document of the town.")]})
    known = NonLocalDuty.objects.filter(place=place)
    if known.filter(Q(until__isnull=True) | Q(until__gt=since)).exists():
        raise Overlap(move="name", state="")
    duty = NonLocalDuty.objects.create(place=place, path=place.path, since=since, document=document)
    record("orgs.non_local_named", on=duty, actor=actor, now=now, place=place.path, level=PROTECTED)
    return duty


@transaction.atomic
def note_origin(
    holding: PostHolding, *, is_non_dongguan: bool, actor: Actor, now: datetime
) -> HoldingOrigin:
    """Note whether a deputy secretary or member of a working committee is from outside Dongguan.

    Refuses with NotAllowed, Invalid. Basis: PO-06.
    """
    require(actor, permits.PARTY_KEEP, at=holding.path, level=PROTECTED)
    post = Post.objects.select_related("organisation").get(pk=holding.post_id)
    if post.organisation.kind_id != WORKING_COMMITTEE:
        raise Invalid({"holding": [_("This is asked of working committees alone.")]})
    origin, _made = HoldingOrigin.objects.update_or_create(
        holding=holding,
        defaults={"is_non_dongguan": is_non_dongguan, "entered_at": now, "entered_by": actor.label},
    )
    record(
        "orgs.origin_noted", on=holding, actor=actor, now=now, place=holding.path, level=PROTECTED
    )
    note_carried_out(holding.path, (ProposalKind.NON_LOCAL_MEMBER,), actor=actor, now=now)
    return origin


def _check_numbers(numbers: Mapping[CountKind, int], counted_on: date, today: date) -> None:
    """Refuse with Invalid what cannot be a count."""
    faults = {
        kind.value: [_("Give a whole number from 0 to 100,000.")]
        for kind, number in numbers.items()
        if not 0 <= number <= MOST_MEMBERS
    }
    if not numbers:
        faults["formal"] = [_("Give at least one number.")]
    if counted_on > today:
        faults["counted_on"] = [_("This day has not come yet.")]
    if faults:
        raise Invalid(faults)
