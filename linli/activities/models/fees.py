"""What was paid for a booking or for places at an event, with its receipt, and what went back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.activities.models.events import Enrolment
from linli.activities.models.venues import Booking
from linli.kernel.fee_rows import PaidFee, ReturnedFee
from linli.kernel.fees import PayWay
from linli.kernel.shapes import one_of


class FeePayment(PaidFee):
    """A fee that was paid, of a booking or of an enrolment. It is never changed; what goes back is a refund."""

    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="payments")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="payments")

    class Meta:
        constraints = [
            one_of("activities_pay_way_known", "way", PayWay),
            models.CheckConstraint(
                name="activities_something_was_paid", condition=Q(amount_fen__gt=0)
            ),
            models.CheckConstraint(
                name="activities_paid_for_one",
                condition=Q(booking__isnull=True, enrolment__isnull=False)
                | Q(booking__isnull=False, enrolment__isnull=True),
            ),
        ]


class FeeRefund(ReturnedFee):
    """What of a payment went back, and why."""

    payment = models.ForeignKey(FeePayment, models.PROTECT, related_name="refunds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activities_something_went_back", condition=Q(amount_fen__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} -{self.amount_fen}"
