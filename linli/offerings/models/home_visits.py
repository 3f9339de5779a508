"""Visits at home: who asked is sealed; only whoever goes opens it, and that is recorded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.shapes import one_of
from linli.offerings.states import HOME_VISIT, HomeVisitState
from linli.offerings.types.home_visits import Half
from linli.offerings.types.visits import Way


class HomeVisit(models.Model):
    """Somebody asks an office to come for an item. `door` seals name, telephone, address and note.

    `goes_id` is the account of whoever goes; `case_number` the application that was filed there.
    """

    code = models.CharField(max_length=16, unique=True)
    uuid = models.UUIDField(unique=True, null=True)
    path = models.CharField(max_length=120, db_collation="C")
    item = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default=HOME_VISIT.start.value)
    way = models.CharField(max_length=8, default=Way.ONLINE.value)
    language = models.CharField(max_length=10, default="zh-hans")
    door = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    by_sms = models.BooleanField(default=False)
    visit_on = models.DateField(null=True)
    half = models.CharField(max_length=2, blank=True)
    goes_id = models.BigIntegerField(null=True)
    moves = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_home_visit_state_known", "state", HomeVisitState),
            one_of("offerings_home_visit_way_known", "way", Way),
            models.CheckConstraint(
                name="offerings_home_visit_half_known",
                condition=Q(half__in=["", *[one.value for one in Half]]),
            ),
            models.CheckConstraint(
                name="offerings_planned_home_visit_has_day",
                condition=~Q(state__in=["planned", "away", "done"])
                | Q(visit_on__isnull=False, goes_id__isnull=False) & ~Q(half=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "visit_on", "id"], name="offerings_home_visits_by_day"),
            models.Index(
                fields=["asked_at"],
                condition=Q(door__isnull=False),
                name="offerings_doors_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return self.code
