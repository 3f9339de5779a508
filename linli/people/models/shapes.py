"""Columns that several tables of people share. Periods run from `since` to the day before `until`."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import models
from django.db.models.functions import Greatest

from linli.kernel import shapes
from linli.kernel.shapes import Period, by_place, one_of

__all__ = [
    "NAME", "NOTE", "TEXT", "WORD", "Located", "Period", "by_place", "ended", "in_order", "one_of",
]  # fmt: skip

NAME, TEXT, NOTE = 60, 200, 500
WORD = 24
# somebody may come and leave on one day
in_order = partial(shapes.in_order, may_be_empty=True)


def ended(on: date) -> Greatest:
    """Return the end of a period that ends on a day; one that began later ends as it began."""
    return Greatest("since", models.Value(on, output_field=models.DateField()))


class Located(models.Model):
    """A head that people list: where it is, with the ids that lists are cut by."""

    path = models.CharField(max_length=120, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField()
    village_id = models.BigIntegerField()

    class Meta:
        abstract = True
