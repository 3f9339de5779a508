"""Warnings of weather that an office passes on: what is coming, what to do, until when it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.grid.types.warnings import WarningKind
from linli.kernel.shapes import one_of


class WeatherWarning(models.Model):
    """A warning of a place. `law` is the list of levels of that day with its source.

    `advice` holds lines, each one thing to do. A warning that took its place is `followed_by`, the notice by
    which an office posted it is `posting`.
    """

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    origin = models.CharField(max_length=60)
    office = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    coming = models.CharField(max_length=200)
    advice = models.JSONField()
    law = models.JSONField()
    issued_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    followed_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey("notices.Posting", models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("grid_warning_kind_known", "kind", WarningKind),
            models.CheckConstraint(
                name="grid_warning_in_order",
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("issued_at")),
            ),
        ]
        indexes = [models.Index(fields=["path", "lifted_at"], name="grid_warning_of_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.level}"
