"""The text of a plan, what was read from it, and what people corrected beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.plan.types import Force

FORCES = [force.value for force in Force]


class PlanDocument(models.Model):
    """One version of a plan: its text as it was given, and the head that was read."""

    code = models.CharField(max_length=40, db_collation="C")
    version = models.PositiveIntegerField(default=1)
    path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    source = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    guesses = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    characters_in_items = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    is_main = models.BooleanField(default=False)  # the plan that pages show unless asked
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plandocument_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="plandocument_one_current"
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(is_current=True, is_main=True),
                name="plandocument_one_main",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_en(self) -> str:
        return self.title_en


class Part(models.Model):
    """A numbered part: goals, principles, tasks, stages, requirements."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.label}{self.title}"


class Group(models.Model):
    """A group of tasks; `number` is what the plan prints."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="groups")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=20, blank=True)
    short_name_en = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """A task. `read` keeps what the reader gave; the columns are as corrected by people."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="tasks", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="tasks")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    force = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(default=1)  # of values and evidence, not of the text
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    body_start = models.PositiveIntegerField()
    body_end = models.PositiveIntegerField()
    read = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="task_number_once"),
            models.CheckConstraint(name="task_force_known", condition=Q(force__in=FORCES)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class TaskDepartment(models.Model):
    """A department of a task as the plan prints it, and the organisation that it was.

    A corrected list replaces the rows that were current; those stay, not current any more.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="departments")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    leads = models.BooleanField()
    organisation_id = models.BigIntegerField(null=True)
    name_today = models.CharField(max_length=120, blank=True)  # renewed every night
    is_read = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "order"],
                condition=Q(is_current=True),
                name="taskdepartment_order_once",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(is_current=True, leads=True),
                name="taskdepartment_one_leads",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """A stage of the work with its first and last day."""

    document = models.ForeignKey(
        PlanDocument, models.PROTECT, related_name="stages", db_index=False
    )
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    read = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="stage_number_once")
        ]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A requirement, principle, goal, preface or other paragraph."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="passages")
    kind = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title or self.kind
