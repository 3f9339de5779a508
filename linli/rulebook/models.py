"""Tables of the rulebook: local values and the working-day calendar."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from linli.rulebook.types import Level


class Version(models.Model):
    """One row that triggers count up at every change, so that each process reads anew."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)


class LocalValue(models.Model):
    """A value that a province, city, town, village or body set by a document of its own.

    `place` is where the permit was held; `jurisdiction` is for whom the value holds: 44, 441900,
    a path, or org:12. A row is never changed but for its withdrawal, and never deleted.
    """

    key = models.CharField(max_length=80)
    jurisdiction = models.CharField(max_length=140, db_collation="C")
    level = models.CharField(max_length=10)
    place = models.CharField(max_length=120, db_collation="C")
    body_id = models.BigIntegerField(null=True)
    value = models.JSONField()
    reading = models.CharField(max_length=40, blank=True)
    document_number = models.CharField(max_length=80)
    document_date = models.DateField()
    issuer = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day; without a successor the value lapses
    withdrawn_from = models.DateField(null=True)
    withdrawal_document = models.CharField(max_length=80, blank=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        # the exclusion constraint localvalue_no_overlap and the counting triggers are in migration 0002
        constraints = [
            models.CheckConstraint(
                name="localvalue_level_known",
                condition=Q(level__in=[v.value for v in Level if v != Level.NATIONAL]),
            ),
            models.CheckConstraint(
                name="localvalue_has_document",
                condition=~Q(document_number="") & ~Q(issuer=""),
            ),
            models.CheckConstraint(
                name="localvalue_dates_in_order",
                condition=(Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")))
                & (Q(withdrawn_from__isnull=True) | Q(withdrawn_from__gte=F("valid_from"))),
            ),
            models.CheckConstraint(
                name="localvalue_withdrawal_whole",
                condition=Q(withdrawn_from__isnull=True, withdrawn_at__isnull=True)
                | (
                    Q(withdrawn_from__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                ),
            ),
            models.CheckConstraint(
                name="localvalue_body_has_id",
                condition=Q(level=Level.BODY.value, body_id__isnull=False)
                | (~Q(level=Level.BODY.value) & Q(body_id__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["key", "jurisdiction", "valid_from"], name="localvalue_by_key"),
            models.Index(fields=["place", "valid_from", "id"], name="localvalue_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.jurisdiction}"

    @property
    def last_day(self) -> date | None:
        """Return the last day for which the value was made, withdrawal included."""
        withdrawn = self.withdrawn_from - timedelta(days=1) if self.withdrawn_from else None
        return min([day for day in (self.valid_to, withdrawn) if day], default=None)


class CalendarYear(models.Model):
    """One year whose working days are known: published, or taken as Monday to Friday."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    is_published = models.BooleanField()
    source = models.CharField(max_length=200)
    loaded_by = models.CharField(max_length=120)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One day that differs from Monday to Friday: off, or made up for at a weekend."""

    day = models.DateField(primary_key=True)
    is_work = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.day.isoformat()
