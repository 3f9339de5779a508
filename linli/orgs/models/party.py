"""Party organisations of tasks 1 to 3. Numbers only, never a member by name; level 6 everywhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.orgs.models.posts import Post, PostHolding
from linli.orgs.models.register import Organisation
from linli.orgs.models.shapes import LONG_NAME, NAME, NOTE, Located, Period, in_order, one_of
from linli.orgs.states import PROPOSAL, ProposalState
from linli.orgs.types import (
    CountKind,
    Management,
    PartyForm,
    PartyType,
    ProposalKind,
    SpotKind,
)

UNDECIDED = tuple(
    state.value
    for state in (ProposalState.PROPOSED, ProposalState.SUBMITTED, ProposalState.RETURNED)
)
# what was approved is not proposed again before it stands in the register
OPEN_STATES = (*UNDECIDED, ProposalState.APPROVED.value)


class PartyOrganisation(models.Model):
    """What the register of organisations does not say of a Party organisation."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="party"
    )
    party_type = models.CharField(max_length=12)
    form = models.CharField(max_length=16)
    has_committee = models.BooleanField(default=False)
    units = models.PositiveSmallIntegerField(default=1)  # a joint branch has several
    secretary_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("partyorganisation_type_known", "party_type", PartyType),
            one_of("partyorganisation_form_known", "form", PartyForm),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class CoverageSpot(Located, Period):
    """A group, collective, estate, park or settlement that Party work is to reach."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            in_order("coveragespot_in_order"),
            one_of("coveragespot_kind_known", "kind", SpotKind),
            models.UniqueConstraint(
                fields=["place", "kind", "name"],
                condition=Q(until__isnull=True),
                name="coveragespot_once",
            ),
        ]
        indexes = [models.Index(fields=["path", "kind", "id"], name="coveragespot_path")]

    def __str__(self) -> str:
        return self.name


class CoverageLink(Period):
    """Which Party organisation reaches a spot, for a time."""

    spot = models.ForeignKey(CoverageSpot, models.PROTECT, related_name="links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [in_order("coveragelink_in_order")]

    def __str__(self) -> str:
        return f"{self.spot_id} {self.organisation_id}"


class PartyCount(models.Model):
    """A number that the Party's own post typed in; a correction is a later row for the same day."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="party_counts", db_index=False
    )
    spot = models.ForeignKey(
        CoverageSpot, models.PROTECT, null=True, related_name="counts", db_index=False
    )
    kind = models.CharField(max_length=16)
    counted_on = models.DateField()
    number = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=NAME)

    class Meta:
        constraints = [
            one_of("partycount_kind_known", "kind", CountKind),
            models.CheckConstraint(
                name="partycount_of_one_thing",
                condition=Q(organisation__isnull=False, spot__isnull=True)
                | Q(organisation__isnull=True, spot__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "kind", "-counted_on", "-id"], name="partycount_latest"
            ),
            models.Index(fields=["spot", "kind", "-counted_on", "-id"], name="partycount_spot"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.counted_on}"


class PartyManagement(Period):
    """A Party organisation in the area of a working committee: managed or co-managed (PO-07)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="managed_by")
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="manages")
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = [
            in_order("partymanagement_in_order"),
            one_of("partymanagement_kind_known", "kind", Management),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.kind} {self.organisation_id}"


class NonLocalDuty(Period):
    """A village that the town named as one with many non-local residents and heavy tasks (PO-06)."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    document = models.CharField(max_length=LONG_NAME)

    class Meta:
        constraints = [in_order("nonlocalduty_in_order")]
        indexes = [models.Index(fields=["path"], name="nonlocalduty_path")]

    def __str__(self) -> str:
        return self.path


class HoldingOrigin(models.Model):
    """Whether the holder of a post in a working committee is from outside Dongguan (PO-06)."""

    holding = models.OneToOneField(
        PostHolding, models.PROTECT, primary_key=True, related_name="origin"
    )
    is_non_dongguan = models.BooleanField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=NAME)

    def __str__(self) -> str:
        return str(self.holding_id)


class SetupProposal(Located):
    """A proposal that the numbers make: what to set up, by which rule, with both conditions."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    spot = models.ForeignKey(CoverageSpot, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24)
    rule = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=PROPOSAL.start.value)
    conditions = models.JSONField()
    parameters = models.JSONField()  # what the rulebook gave, with its sources
    made_on = models.DateField()
    decided_on = models.DateField(null=True)
    note = models.CharField(max_length=NOTE, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("setupproposal_kind_known", "kind", ProposalKind),
            one_of("setupproposal_state_known", "state", ProposalState),
            models.UniqueConstraint(
                fields=["place", "kind", "organisation", "spot"],
                condition=Q(state__in=OPEN_STATES),
                nulls_distinct=False,
                name="setupproposal_one_open",
            ),
        ]
        indexes = [models.Index(fields=["path", "state", "id"], name="setupproposal_path")]

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"
