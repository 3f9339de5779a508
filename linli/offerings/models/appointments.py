"""Visits that were booked: a time at a window belongs to one of them, by the database's own constraint."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import one_of
from linli.offerings.models.windows import ServiceWindow
from linli.offerings.states import VisitState
from linli.offerings.types.visits import Way

# in these states a time belongs to a visit
HELD = (VisitState.OFFERED.value, VisitState.BOOKED.value, VisitState.CAME.value)


class Appointment(models.Model):
    """A visit at a time, followed by its code. Who comes is sealed, and only if she said so.

    That no time is given twice is held by `offerings_visit_once` and, for windows whose hours changed,
    by the exclusion constraint `offerings_visit_no_overlap` (migrations).
    """

    code = models.CharField(max_length=16, unique=True)
    window = models.ForeignKey(ServiceWindow, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=VisitState.BOOKED.value)
    way = models.CharField(max_length=8, default=Way.ONLINE.value)
    item = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    contact = models.BinaryField(null=True)
    contact_mark = models.BinaryField(null=True)
    phone_masked = models.CharField(max_length=20, blank=True)
    # until when a time that fell free in a draw may be taken
    offered_until = models.DateTimeField(null=True)
    # the account or address from which was booked, unreadable; kept until a day after the visit
    origin_mark = models.BinaryField(null=True)
    may_ask = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    moves = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_visit_state_known", "state", VisitState),
            one_of("offerings_visit_way_known", "way", Way),
            models.CheckConstraint(
                name="offerings_visit_in_order", condition=Q(starts_at__lt=F("ends_at"))
            ),
            models.UniqueConstraint(
                fields=["window", "starts_at"],
                condition=Q(state__in=HELD),
                name="offerings_visit_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["contact_mark", "starts_at"],
                condition=Q(state="booked", contact_mark__isnull=False),
                name="offerings_visits_of_one",
            ),
            models.Index(
                fields=["origin_mark", "starts_at"],
                condition=Q(state="booked", origin_mark__isnull=False),
                name="offerings_visits_of_address",
            ),
            models.Index(
                fields=["offered_until"],
                condition=Q(state="offered"),
                name="offerings_visits_offered",
            ),
            models.Index(
                fields=["state", "starts_at"],
                condition=Q(state="booked"),
                name="offerings_visits_due",
            ),
            models.Index(
                fields=["ends_at", "id"],
                condition=Q(contact__isnull=False) | Q(origin_mark__isnull=False),
                name="offerings_visits_to_forget",
            ),
            # the list at the desk: of the whole city by time, of one place without reading the others
            models.Index(fields=["starts_at", "id"], name="offerings_visits_by_time"),
            models.Index(fields=["path", "starts_at", "id"], name="offerings_visits_by_place"),
        ]

    def __str__(self) -> str:
        return self.code
