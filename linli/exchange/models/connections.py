"""What goes over the connections to other systems: where each stands, letters out, days compared."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from linli.exchange.states import LetterState
from linli.exchange.types.connections import System
from linli.kernel.shapes import one_of


class Connection(models.Model):
    """Where a connection stands: how far was read, when it last went well, what went wrong since.

    `marks` is list → the other side's mark behind the last row that was read. `fault` is a stable
    word, empty while all is well; `faults` counts tries in a row that failed.
    """

    system = models.CharField(max_length=12, unique=True)
    marks = models.JSONField(default=dict)
    tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    faults = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [one_of("connection_system_known", "system", System)]

    def __str__(self) -> str:
        return self.system


class Letter(models.Model):
    """One message that goes out: sent once for the other side, however often it is tried.

    `uuid` is the name under which the other side knows it. Letters about one `ref` go in the order
    of `seq`: one that was given up holds back what follows until somebody decides on it.
    """

    system = models.CharField(max_length=12)
    ref = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    uuid = models.UUIDField(unique=True, default=uuid4)
    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=20)
    body = models.JSONField()
    state = models.CharField(max_length=8, default=LetterState.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    fault = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("letter_system_known", "system", System),
            one_of("letter_state_known", "state", LetterState),
            models.UniqueConstraint(fields=["system", "ref", "seq"], name="letter_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="letter_due", condition=Q(state="waiting")),
            models.Index(fields=["path", "-id"], name="letter_path"),
            # counted beside the desk's entry on every page
            models.Index(fields=["path"], name="letter_dead", condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.ref}/{self.seq}"


class Comparison(models.Model):
    """What both sides counted of one day, and every row in which they differ."""

    system = models.CharField(max_length=12)
    on = models.DateField()
    theirs = models.PositiveIntegerField()
    ours = models.PositiveIntegerField()
    differences = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("comparison_system_known", "system", System),
            models.UniqueConstraint(fields=["system", "on"], name="comparison_once"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.on}"


class Simulated(models.Model):
    """What the other side of a simulated connection has: there is none in service."""

    system = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    body = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["system", "kind", "key"], name="simulated_key")]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.key}"
