"""The text of a plan, what was read from it, and what people corrected beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.plan.types import Force, ItemKind, TargetKind

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

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="tasks")
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

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="stages")
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


class Target(models.Model):
    """What shall be reached. `origin` person: added beside the text, not read from it."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="targets")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="targets")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="targets")
    code = models.CharField(max_length=12, db_collation="C")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    operator = models.CharField(max_length=14, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit = models.CharField(max_length=40, blank=True)
    deadline = models.DateField(null=True)
    deadline_text = models.CharField(max_length=80, blank=True)
    force = models.CharField(max_length=10)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    origin = models.CharField(max_length=6, default="read")
    level = models.PositiveSmallIntegerField(default=1)
    indicator_key = models.CharField(max_length=60, blank=True)
    read = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "code"], name="target_code_once"),
            models.CheckConstraint(name="target_force_known", condition=Q(force__in=FORCES)),
            models.CheckConstraint(
                name="target_kind_known", condition=Q(kind__in=[kind.value for kind in TargetKind])
            ),
            models.CheckConstraint(
                name="target_origin_known",
                condition=Q(origin="read", read__isnull=False)
                | Q(origin="person", read__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["document", "code"], name="target_document_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Measure(models.Model):
    """A sentence with an action, or the part of it that carries one force."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="measures")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="measures")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="measures")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="measures")
    number = models.PositiveIntegerField()
    text = models.TextField()
    force = models.CharField(max_length=10)
    addressee = models.CharField(max_length=12)
    documents = models.JSONField(default=list)
    deadline = models.DateField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    read = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="measure_force_known", condition=Q(force__in=FORCES))
        ]
        indexes = [models.Index(fields=["document", "start", "id"], name="measure_in_order")]

    def __str__(self) -> str:
        return self.text[:60]


class Correction(models.Model):
    """What a person changed in the reading of a plan, and why. Appended, never changed."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=8)
    item_id = models.BigIntegerField()
    label = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    read_value = models.TextField(blank=True)
    value_before = models.TextField(blank=True)
    value = models.TextField(blank=True)
    why = models.CharField(max_length=300)
    why_en = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=120)
    account_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_kind_known", condition=Q(kind__in=[k.value for k in ItemKind])
            )
        ]
        indexes = [models.Index(fields=["document", "-made_at", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.label} {self.field}"
