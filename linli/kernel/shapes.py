"""Columns, constraints and indexes that tables of many apps share; abstract, no tables.

Periods run from `since` to the day before `until`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import F, Q


class Period(models.Model):
    """Something that holds for a time; no `since` means: from when is not recorded."""

    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        abstract = True


def share_a_day(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common; the day on which one ends is none of it."""
    begins = max(one.since or date.min, other.since or date.min)
    return begins < min(one.until or date.max, other.until or date.max)


def one_of(name: str, field: str, words: type[StrEnum]) -> models.CheckConstraint:
    """Return the constraint that a column holds one of these words."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{field}__in": [word.value for word in words]})
    )


def in_order(name: str, *, may_be_empty: bool = False) -> models.CheckConstraint:
    """Return the constraint that a period ends after it begins, or on that day if it may be empty."""
    after = Q(since__lte=F("until")) if may_be_empty else Q(since__lt=F("until"))
    return models.CheckConstraint(
        name=name, condition=Q(since__isnull=True) | Q(until__isnull=True) | after
    )


def by_place(prefix: str, *columns: str, condition: Q | None = None) -> list[models.Index]:
    """Return one index per level, so that each list is an equality and then its order."""
    return [
        models.Index(
            fields=[f"{level}_id", *columns], name=f"{prefix}_{level}", condition=condition
        )
        for level in ("city", "town", "village")
    ]
