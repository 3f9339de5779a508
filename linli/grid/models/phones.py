"""Queues of phones that worked without network.

A queue is of one person on one phone. It counts nothing but its own entries: not how often she
signs in, not where she was.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from linli.grid.types.replay import KEPT, SETTLED, Act, QueuedState
from linli.kernel.shapes import one_of


class PhoneQueue(models.Model):
    """One person's queue on one phone; `next_seq` is the entry that comes next, so each comes once.

    Its key lies in a box on the phone (`kernel/phones.py`); `secret` is one from before phones kept boxes,
    and goes once the phone has it in a box. `reach` are the villages
    where she worked when she last fetched her day, with her post there: what comes after her post
    ended is shown to whoever follows her.
    """

    code = models.CharField(max_length=16, unique=True)
    account_id = models.BigIntegerField()
    device = models.UUIDField()
    secret = models.BinaryField(null=True)
    next_seq = models.PositiveIntegerField(default=1)
    waits = models.PositiveIntegerField(default=0)
    reach = models.JSONField(default=list)
    used_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "device"], name="grid_queue_of_person")
        ]

    def __str__(self) -> str:
        return self.code


class Queued(models.Model):
    """An entry that came from a queue. `said` is kept sealed only while a person has to look at it.

    `phone_at` is what the phone said, `happened_at` what one may believe, `received_at` the
    server's own time.
    """

    queue = models.ForeignKey(PhoneQueue, models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    key = models.UUIDField()
    act = models.CharField(max_length=8)
    path = models.CharField(max_length=120, db_collation="C", blank=True)
    account_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="+")
    base_seq = models.PositiveIntegerField(null=True)
    phone_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    is_clock_wrong = models.BooleanField(default=False)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=60, blank=True)
    said = models.BinaryField(null=True)
    why = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "seq"], name="grid_queued_in_order"),
            models.UniqueConstraint(fields=["queue", "key"], name="grid_queued_once"),
            one_of("grid_queued_act_known", "act", Act),
            one_of("grid_queued_state_known", "state", QueuedState),
        ]
        indexes = [
            models.Index(
                fields=["path", "id"], name="grid_queued_kept",
                condition=Q(state__in=[str(one) for one in (*KEPT, QueuedState.WAITING)]),
            ),
            models.Index(fields=["received_at"], name="grid_queued_by_time"),
            models.Index(
                Coalesce("decided_at", "received_at"), name="grid_queued_to_forget",
                condition=Q(state__in=[str(one) for one in SETTLED]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.queue_id}#{self.seq} {self.act}"
