"""Columns that several tables of orgs share. Periods run from `since` to the day before `until`."""

from __future__ import annotations

from django.db import models

from linli.kernel.shapes import Period, in_order, one_of

__all__ = ["LONG_NAME", "NAME", "NOTE", "Located", "Period", "in_order", "one_of"]

NAME, LONG_NAME, NOTE = 120, 200, 500


class Located(models.Model):
    """A head that people list: where it is, with the ids that lists are cut by."""

    path = models.CharField(max_length=120, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
