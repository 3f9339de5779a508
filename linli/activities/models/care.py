"""Care of public space by groups of neighbours, and wishes of a residents' talk that became cases."""

from __future__ import annotations

from django.db import models

from linli.activities.models.events import Event
from linli.activities.models.rounds import Group
from linli.activities.types.culture import WishState
from linli.kernel.shapes import one_of


class CareWork(models.Model):
    """What a group did for a public place, with photos of before and after; shown once it is released."""

    path = models.CharField(max_length=120, db_collation="C")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    where = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=8, default=WishState.WAITS.value)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("activities_care_state_known", "state", WishState)]
        indexes = [models.Index(fields=["path", "-on", "-id"], name="activities_care_of_place")]

    def __str__(self) -> str:
        return self.title


class EventWish(models.Model):
    """A wish that was voiced at a residents' talk, and the case that it became."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id} {self.case_id}"
