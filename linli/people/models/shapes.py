"""Columns that several tables of people share. Periods run from `since` to the day before `until`."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

NAME, TEXT, NOTE = 60, 200, 500
WORD = 24


class Located(models.Model):
    """A head that people list: where it is, with the ids that lists are cut by."""

    path = models.CharField(max_length=120, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField()
    village_id = models.BigIntegerField()

    class Meta:
        abstract = True


class Period(models.Model):
    """Something that holds for a time; no `since` means: from when is not recorded."""

    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        abstract = True


def one_of(name: str, field: str, words: type[StrEnum]) -> models.CheckConstraint:
    """Return the constraint that a column holds one of these words."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{field}__in": [word.value for word in words]})
    )


def in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
    )


def by_place(prefix: str, *columns: str, condition: Q | None = None) -> list[models.Index]:
    """Return one index per level, so that each list is an equality and then its order."""
    return [
        models.Index(
            fields=[f"{level}_id", *columns], name=f"{prefix}_{level}", condition=condition
        )
        for level in ("city", "town", "village")
    ]
