"""What indicators said, kept narrow so that a board reads few rows."""

from __future__ import annotations

from django.db import models


class IndicatorValue(models.Model):
    """What one indicator said of one place on one day. Null counts are unknown, not zero."""

    indicator = models.CharField(max_length=60, db_collation="C")
    path = models.CharField(max_length=120, db_collation="C")
    as_of = models.DateField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    evidence_count = models.PositiveIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=1)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "path", "as_of"], name="indicatorvalue_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.path} {self.as_of}"
