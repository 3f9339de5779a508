"""Rounds in the cells: what was seen, places that are visited, hazards that were checked.

No row names who walked where: a round is about places. Who recorded what stands in the trail.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.grid.types import Hazard, Outcome
from linli.kernel.shapes import in_order, one_of


class InVillage(models.Model):
    """Something in a cell of a village on a day; `part` is a group or building, if one is known."""

    path = models.CharField(max_length=120, db_collation="C")
    layer = models.ForeignKey("places.Layer", models.PROTECT, related_name="+")
    cell_code = models.CharField(max_length=24, db_collation="C")
    part = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Sighting(InVillage):
    """The cell in which a case of the grid was seen."""

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["path", "layer", "cell_code"], name="grid_sighting_of_cell"),
            models.Index(fields=["path", "seen_at"], name="grid_sighting_by_time"),
        ]

    def __str__(self) -> str:
        return self.cell_code


class Stop(InVillage):
    """A place that is visited in a rhythm. `last_on` is the day of the last visit, if there was one."""

    title = models.CharField(max_length=60)
    every_days = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    last_on = models.DateField(null=True)
    due_on = models.DateField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            in_order("grid_stop_in_order", may_be_empty=True),
            models.CheckConstraint(
                name="grid_stop_rhythm", condition=Q(every_days__range=(1, 366))
            ),
        ]
        indexes = [
            models.Index(
                fields=["path", "due_on"], name="grid_stop_due", condition=Q(until__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Visit(models.Model):
    """A visit to a place. `case` is what was learnt there; `key` makes a second sending do nothing."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="visits", db_index=False)
    on = models.DateField()
    outcome = models.CharField(max_length=12)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [one_of("grid_visit_outcome_known", "outcome", Outcome)]
        indexes = [models.Index(fields=["stop", "on"], name="grid_visit_of_stop")]

    def __str__(self) -> str:
        return f"{self.stop} {self.on}"


class HazardCheck(InVillage):
    """A check by checklist. `again` is the check of which this one is the re-check."""

    hazard = models.CharField(max_length=12)
    title = models.CharField(max_length=60)
    on = models.DateField()
    answers = models.JSONField()
    bad = models.PositiveSmallIntegerField()
    recheck_on = models.DateField(null=True)
    again = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="+")
    photos = models.PositiveSmallIntegerField(default=0)
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            one_of("grid_check_hazard_known", "hazard", Hazard),
            models.CheckConstraint(
                name="grid_check_bad_is_checked_again",
                condition=Q(bad=0) | Q(recheck_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-on", "-id"], name="grid_check_by_day"),
            models.Index(
                fields=["path", "recheck_on"], name="grid_check_due", condition=Q(bad__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hazard} {self.title}"
