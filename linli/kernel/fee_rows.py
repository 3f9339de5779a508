"""Columns of the tables that keep fees as they were paid and as they went back; abstract, no tables."""

from __future__ import annotations

from django.db import models

from linli.kernel.fees import MOST_REASON


class PaidFee(models.Model):
    """A fee that was paid, with its receipt. It is never changed; what goes back is a row of its own."""

    number = models.CharField(max_length=24, unique=True)
    amount_fen = models.PositiveIntegerField()
    way = models.CharField(max_length=12)
    paid_at = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class ReturnedFee(models.Model):
    """What of a payment went back, and why."""

    amount_fen = models.PositiveIntegerField()
    reason = models.CharField(max_length=MOST_REASON)
    refunded_at = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
