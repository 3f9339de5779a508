"""Organisations: what they are, how they are called when, and how they hang together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.permits import PROTECTED, PUBLIC
from linli.orgs.models.shapes import LONG_NAME, NAME, NOTE, Located, Period, in_order, one_of
from linli.orgs.types import Certainty, Change, Hierarchy, Precision, title_of


class OrgKind(models.Model):
    """A kind of organisation. Departments and bodies are data, never words in code."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=NAME)
    family = models.CharField(max_length=20)
    hierarchy = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=PUBLIC)
    rank = models.PositiveSmallIntegerField()
    legal_status = models.CharField(max_length=NAME, blank=True)
    is_single = models.BooleanField(default=False)  # one of them to a place
    basis = models.CharField(max_length=LONG_NAME)
    certainty = models.CharField(max_length=8)

    class Meta:
        constraints = [
            one_of("orgkind_hierarchy_known", "hierarchy", Hierarchy),
            one_of("orgkind_certainty_known", "certainty", Certainty),
            models.CheckConstraint(
                name="orgkind_level_known", condition=Q(level__in=[PUBLIC, PROTECTED])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(Located):
    """An organisation for as long as it lives; its name and address stand in its versions."""

    code = models.CharField(max_length=60, unique=True, db_collation="C")
    kind = models.ForeignKey(OrgKind, models.PROTECT, related_name="+")
    # copied from the kind, so that every read can leave out what is not for everybody
    level = models.PositiveSmallIntegerField(default=PUBLIC)
    rank = models.PositiveSmallIntegerField()
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    is_invented = models.BooleanField(default=False)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    source = models.CharField(max_length=LONG_NAME, blank=True)
    certainty = models.CharField(max_length=8, default=Certainty.SURE.value)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("organisation_certainty_known", "certainty", Certainty),
            models.CheckConstraint(
                name="organisation_level_known", condition=Q(level__in=[PUBLIC, PROTECTED])
            ),
            models.CheckConstraint(
                name="organisation_closed_after_opened",
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(opened_on__lt=F("closed_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["village_id", "rank", "id"], name="organisation_village"),
            models.Index(fields=["town_id", "path", "rank", "id"], name="organisation_town"),
            models.Index(fields=["path", "rank", "id"], name="organisation_path"),
        ]

    def __str__(self) -> str:
        return self.code


class OrganisationVersion(Period):
    """How an organisation is called and reached during one period."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="versions", db_index=False
    )
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=LONG_NAME, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=LONG_NAME, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=LONG_NAME, blank=True)
    document = models.CharField(max_length=LONG_NAME, blank=True)
    source = models.CharField(max_length=LONG_NAME, blank=True)
    certainty = models.CharField(max_length=8, default=Certainty.SURE.value)
    precision = models.CharField(max_length=6, default=Precision.DAY.value)  # of its two days

    class Meta:
        constraints = [
            in_order("organisationversion_in_order"),
            one_of("organisationversion_certainty_known", "certainty", Certainty),
            one_of("organisationversion_precision_known", "precision", Precision),
        ]
        indexes = [models.Index(fields=["organisation", "since"], name="orgversion_since")]

    def __str__(self) -> str:
        return self.name


class OrgEdge(Period):
    """One organisation under another in one hierarchy, for a time."""

    child = models.ForeignKey(Organisation, models.PROTECT, related_name="edges_up")
    parent = models.ForeignKey(
        Organisation, models.PROTECT, related_name="edges_down", db_index=False
    )
    hierarchy = models.CharField(max_length=20)
    basis = models.CharField(max_length=LONG_NAME, blank=True)

    class Meta:
        constraints = [
            in_order("orgedge_in_order"),
            one_of("orgedge_hierarchy_known", "hierarchy", Hierarchy),
            models.CheckConstraint(name="orgedge_not_itself", condition=~Q(child=F("parent"))),
        ]
        indexes = [models.Index(fields=["parent", "hierarchy"], name="orgedge_parent")]

    def __str__(self) -> str:
        return f"{self.child_id} < {self.parent_id}"


class Reorganisation(models.Model):
    """One line from an organisation to what took over its work; `rank` 0 is the main line."""

    predecessor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="later", db_index=False
    )
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="earlier", null=True)
    change = models.CharField(max_length=12)
    on = models.DateField()
    precision = models.CharField(max_length=6)
    rank = models.PositiveSmallIntegerField(default=0)
    document = models.CharField(max_length=LONG_NAME, blank=True)
    note = models.CharField(max_length=NOTE, blank=True)
    certainty = models.CharField(max_length=8)

    class Meta:
        constraints = [
            one_of("reorganisation_change_known", "change", Change),
            one_of("reorganisation_precision_known", "precision", Precision),
            one_of("reorganisation_certainty_known", "certainty", Certainty),
            models.CheckConstraint(
                name="reorganisation_not_itself",
                condition=Q(successor__isnull=True) | ~Q(predecessor=F("successor")),
            ),
            models.CheckConstraint(
                name="reorganisation_successor_or_end",
                condition=Q(successor__isnull=False) | Q(change=Change.ABOLISHED.value),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="reorganisation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"

    @property
    def change_words(self) -> str:
        return title_of(Change, self.change)
