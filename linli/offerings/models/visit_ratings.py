"""Ratings of visits, once each, and the call that follows a bad one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.shapes import one_of
from linli.offerings.models.appointments import Appointment
from linli.offerings.models.tickets import Ticket
from linli.offerings.models.windows import ServiceWindow
from linli.offerings.types.visit_ratings import RatedBy


class VisitRating(models.Model):
    """What somebody thought of one visit: of a ticket, or of a booked visit without one.

    Nothing says who served. A bad grade (1 or 2) has a call with a due time until it was made.
    """

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    ticket = models.OneToOneField(Ticket, models.SET_NULL, null=True, related_name="rating")
    visit = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="rating")
    grade = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    by = models.CharField(max_length=8)
    counts = models.BooleanField()
    # given so soon that it counts later, and may be changed until then
    counts_from = models.DateTimeField(null=True)
    # the number at which whoever came without booking wishes to be called, sealed until the call
    contact = models.BinaryField(null=True)
    given_at = models.DateTimeField()
    call_due_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    reached = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    # what the call became where a call was not enough
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    # somebody who calls back finds it mistaken or malicious; another decides
    review_asked_at = models.DateTimeField(null=True)
    review_asked_by = models.BigIntegerField(null=True)
    review_asked = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review = models.CharField(max_length=8, blank=True)
    review_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("offerings_rating_by_known", "by", RatedBy),
            models.CheckConstraint(
                name="offerings_rating_grade", condition=Q(grade__gte=1, grade__lte=5)
            ),
            models.CheckConstraint(
                name="offerings_rating_reviewed",
                condition=Q(review="", reviewed_at__isnull=True)
                | Q(
                    review__in=["kept", "excluded"],
                    reviewed_at__isnull=False,
                    review_asked_at__isnull=False,
                )
                & ~Q(review_reason=""),
            ),
            models.CheckConstraint(
                name="offerings_excluded_does_not_count",
                condition=~Q(review="excluded") | Q(counts=False),
            ),
            # every bad one is called back
            models.CheckConstraint(
                name="offerings_bad_rating_is_called",
                condition=Q(grade__gt=2) | Q(call_due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "given_at"], name="offerings_rating_of_centre"),
            models.Index(
                fields=["path", "call_due_at"],
                condition=Q(call_due_at__isnull=False, called_at__isnull=True),
                name="offerings_ratings_to_call",
            ),
            models.Index(
                fields=["counts_from"],
                condition=Q(counts=False, counts_from__isnull=False),
                name="offerings_ratings_to_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.grade}"


class RatingTablet(models.Model):
    """A device of the hall that stands at a window, turned away: only there a rating counts at once.

    Its browser holds the secret in a cookie; it shows the ticket that ended last at its window.
    """

    centre = models.ForeignKey(
        "orgs.ServiceCentre", models.PROTECT, related_name="+", db_index=False
    )
    window = models.ForeignKey(ServiceWindow, models.PROTECT, related_name="tablets")
    path = models.CharField(max_length=120, db_collation="C")
    token_hash = models.BinaryField(unique=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.window_id}"
