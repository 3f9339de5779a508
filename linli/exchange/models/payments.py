"""What the payment system is asked for, and what it says was paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.exchange.states import PayNoticeState, PayOrderState
from linli.exchange.types.payments import APPLICATION
from linli.kernel.shapes import one_of


class PayOrder(models.Model):
    """A fee that may be paid over the payment system under our number; one at a time for what owes it.

    `about_kind` and `about_id` name the row that owes it, of a kind in PAYABLES; an application is a case too.
    `last_day` is the last on which it may be paid; none for what was given before numbers had an end.
    """

    number = models.CharField(max_length=24, unique=True)
    about_kind = models.CharField(max_length=24)
    about_id = models.BigIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=120, db_collation="C")
    amount_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=PayOrderState.OPEN.value)
    last_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("payorder_state_known", "state", PayOrderState),
            models.CheckConstraint(name="payorder_of_something", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payorder_case_is_what_owes",
                condition=Q(about_kind=APPLICATION, case=F("about_id"))
                | (~Q(about_kind=APPLICATION) & Q(case__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["about_kind", "about_id"], name="payorder_one_open",
                condition=Q(state="open"),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["about_kind", "about_id", "id"], name="payorder_about"),
            models.Index(fields=["last_day"], name="payorder_ends", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.number


class PayNotice(models.Model):
    """One payment that the payment system told of, under its own number, and what became of it.

    `receipt` is the number of the receipt that it became. `fault` is why it waits for a person, or
    why somebody should look at one that was taken.
    """

    trade = models.CharField(max_length=64, unique=True)
    order_number = models.CharField(max_length=64, blank=True)
    amount_fen = models.PositiveIntegerField()
    paid_at = models.DateTimeField()
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=8, default=PayNoticeState.WAITING.value)
    fault = models.CharField(max_length=20, blank=True)
    receipt = models.CharField(max_length=24, blank=True)
    came_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("paynotice_state_known", "state", PayNoticeState),
            models.CheckConstraint(
                name="paynotice_taken_has_receipt",
                condition=(Q(state="taken") & ~Q(receipt="")) | (~Q(state="taken") & Q(receipt="")),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="paynotice_path"),
            models.Index(fields=["order_number"], name="paynotice_order"),
            models.Index(fields=["paid_at"], name="paynotice_paid"),
            models.Index(fields=["path"], name="paynotice_waits", condition=Q(state="waiting")),
            models.Index(fields=["receipt"], name="paynotice_receipt", condition=~Q(receipt="")),
        ]

    def __str__(self) -> str:
        return self.trade
