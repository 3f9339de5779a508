"""Columns of the tables that keep fees as they were paid and as they went back; abstract, no tables."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.kernel.fees import MOST_REASON


def sum_fen(rows: QuerySet[PaidFee] | QuerySet[ReturnedFee], by: str) -> Coalesce:
    """Return the sum of the rows whose `by` is the row that is asked, nothing without any.

    `rows` are narrowed by OuterRef: each row is asked, not all of ever grouped, so that a page stops early.
    """
    sums = rows.order_by().values(by).annotate(n=Sum("amount_fen")).values("n")
    return Coalesce(Subquery(sums), 0)


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
