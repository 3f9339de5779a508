"""Lists of posts and staff that were handed in."""

from __future__ import annotations

from django.db import models

from linli.orgs.models.shapes import NAME, one_of
from linli.orgs.states import STAFF_LIST, ListState


class StaffList(models.Model):
    """One list: its file, what the check found, and how much of it was taken."""

    path = models.CharField(max_length=120, db_collation="C")
    file_code = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    is_workbook = models.BooleanField()
    state = models.CharField(max_length=12, default=STAFF_LIST.start.value)
    job_code = models.CharField(max_length=20, blank=True)
    rows = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # were in the register already
    faults = models.JSONField(default=list)  # [[line, field, code, value], …]
    account_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=NAME)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("stafflist_state_known", "state", ListState)]
        indexes = [models.Index(fields=["path", "-id"], name="stafflist_path")]

    def __str__(self) -> str:
        return self.file_name
