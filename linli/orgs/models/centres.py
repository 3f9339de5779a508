"""Service centres with the villages they serve, and pairings of villages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.orgs.models.register import Organisation
from linli.orgs.models.shapes import LONG_NAME, NOTE, Period, in_order


class ServiceCentre(models.Model):
    """What the register of organisations does not say of a centre; opening days are its own."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="centre"
    )
    opened_on = models.DateField(null=True)  # None: planned
    closed_on = models.DateField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    note = models.CharField(max_length=NOTE, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="servicecentre_in_order",
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=False, opened_on__lt=F("closed_on")),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class ServiceArea(Period):
    """One village in the service area of a centre; a centre may serve several."""

    centre = models.ForeignKey(ServiceCentre, models.PROTECT, related_name="areas")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints = [
            # an area that ends on its first day was entered by mistake and never counted
            models.CheckConstraint(
                name="servicearea_in_order",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
            )
        ]
        indexes = [models.Index(fields=["path"], name="servicearea_path")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.path}"


class Pairing(models.Model):
    """An urban and a rural community that help each other. Basis: requirement (四) of the plan."""

    one = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    other = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    one_path = models.CharField(max_length=120, db_collation="C")
    other_path = models.CharField(max_length=120, db_collation="C")
    since = models.DateField()
    until = models.DateField(null=True)
    content = models.CharField(max_length=NOTE)
    document = models.CharField(max_length=LONG_NAME, blank=True)

    class Meta:
        constraints = [
            in_order("pairing_in_order"),
            # the lower id first, so that a pair is the same from both sides
            models.CheckConstraint(name="pairing_ordered", condition=Q(one__lt=F("other"))),
        ]
        indexes = [
            models.Index(fields=["one_path"], name="pairing_one"),
            models.Index(fields=["other_path"], name="pairing_other"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
