"""Lists of items that offices handed in."""

from __future__ import annotations

from django.db import models

from linli.kernel.handed_in import ListState
from linli.kernel.shapes import one_of


class ItemList(models.Model):
    """A list of items as a spreadsheet: what stood in it, what a check found, what came of its rows.

    `rows` is [[line, data of the item], …]; `fates` says of each row in this order what comes of it,
    `faults` by number of the row, from 0, what is wrong with it: [[where, code, word], …]. `taken` rows
    from its top are done. A list that was put away keeps no rows.
    """

    code = models.CharField(max_length=12, unique=True)
    path = models.CharField(max_length=120, db_collation="C")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default=ListState.RECEIVED.value)
    rows = models.JSONField(default=list)
    fates = models.JSONField(default=list)
    faults = models.JSONField(default=dict)
    taken = models.PositiveIntegerField(default=0)
    job_code = models.CharField(max_length=12, blank=True)
    account_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("offerings_itemlist_state_known", "state", ListState)]
        indexes = [models.Index(fields=["path", "-id"], name="offerings_itemlist_path")]

    def __str__(self) -> str:
        return self.file_name
