"""Work on the register: imports, and pairs of entries that may be one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.handed_in import ListState
from linli.people.models.persons import Person
from linli.people.models.shapes import NOTE, TEXT, WORD, by_place, one_of
from linli.people.states import IMPORT, PAIR, PairState


class ImportSource(models.Model):
    """Which column means what in lists from one source, as somebody chose it last time."""

    path = models.CharField(max_length=120, db_collation="C")
    name = models.CharField(max_length=TEXT)
    columns = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "name"], name="importsource_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One list that was handed in: where it stands, and what became of its rows."""

    path = models.CharField(max_length=120, db_collation="C")
    source = models.CharField(max_length=TEXT)
    file_name = models.CharField(max_length=TEXT)
    file_hash = models.CharField(max_length=64)
    file_code = models.CharField(max_length=20, blank=True, default="", db_default="")
    state = models.CharField(max_length=WORD, default=IMPORT.start.value)
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    # rows of the file, from its top, that are in the register or among the rejected
    taken = models.PositiveIntegerField(default=0)
    job_code = models.CharField(max_length=12, blank=True, default="", db_default="")
    account_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("importrun_state_known", "state", ListState)]
        indexes = [models.Index(fields=["path", "-id"], name="importrun_path")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row that was not taken, and every reason. What stood in it is sealed: it may hold numbers."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    is_dry = models.BooleanField()
    faults = models.JSONField()
    cells = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "is_dry", "line"], name="importrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"


class DuplicatePair(models.Model):
    """Two entries that may be one person. It lies where somebody may see both: at their common place."""

    path = models.CharField(max_length=120, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)
    one = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=WORD, default=PAIR.start.value)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    reason = models.CharField(max_length=NOTE, blank=True, default="", db_default="")
    # all that joining changed, row by row, so that parting puts it back
    undo = models.JSONField(null=True)
    # what came in while the two were one, and the entry that it stayed with:
    # {"entry": id, "rows": [[key of a column, how many]]}
    came_since = models.JSONField(null=True)

    class Meta:
        constraints = [
            one_of("duplicatepair_state_known", "state", PairState),
            models.CheckConstraint(name="duplicatepair_in_order", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(fields=["one", "other"], name="duplicatepair_once"),
        ]
        indexes = by_place("duplicatepair", "state", "-score", "id")

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
