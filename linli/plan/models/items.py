"""Targets and measures that were read from a plan, and what people corrected."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.plan.models.text import FORCES, Passage, PlanDocument, Stage, Task
from linli.plan.types import ItemKind, TargetKind


class Target(models.Model):
    """What shall be reached. `origin` person: added beside the text, not read from it."""

    document = models.ForeignKey(
        PlanDocument, models.PROTECT, related_name="targets", db_index=False
    )
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

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Measure(models.Model):
    """A sentence with an action, or the part of it that carries one force."""

    document = models.ForeignKey(
        PlanDocument, models.PROTECT, related_name="measures", db_index=False
    )
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

    document = models.ForeignKey(
        PlanDocument, models.PROTECT, related_name="corrections", db_index=False
    )
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
