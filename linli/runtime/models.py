"""Tables of runtime."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.runtime.rules import LONGEST_KEY
from linli.runtime.states import LONG_JOB


class IdempotencyKey(models.Model):
    """One request that was done, and the sealed answer to give to its second copy.

    The row is written in the transaction of the act itself: it exists exactly if the act does.
    `digest` hides whose key it is; `body`, the answer with its headers, opens only with the key that
    the requester holds: an address to go on to may bear a code.
    """

    digest = models.BinaryField(primary_key=True)
    fingerprint = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(null=True)

    def __str__(self) -> str:
        return bytes(self.digest).hex()[:12]


class RateLimit(models.Model):
    """The arrival time that stands for all past requests of one subject. Unlogged, lost in a crash.

    `subject` is a keyed digest, so that no address and no telephone number is kept.
    """

    bucket = models.CharField(max_length=60)
    subject = models.BinaryField()
    # no index: each try changes it, and what has passed is looked for once a night
    arrival = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "subject"], name="ratelimit_once"),
        ]

    def __str__(self) -> str:
        return self.bucket


class NumberSeries(models.Model):
    """The last number given in one series, place and year; its row lock keeps the series gapless."""

    series = models.CharField(max_length=8)
    place = models.CharField(max_length=120, db_collation="C", blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "place", "year"], name="numberseries_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.place} {self.year}"


class LongJob(models.Model):
    """Work that somebody started and may leave: how far it is, and what came of it."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default=LONG_JOB.start.value)
    place = models.CharField(max_length=120, db_collation="C", blank=True)
    account_id = models.BigIntegerField(null=True)
    # the key that started it, empty for a person: of what its holder started a key sees nothing
    by_key = models.CharField(max_length=LONGEST_KEY, blank=True, default="", db_default="")
    # the starter's rights at the start, with which the job works
    actor = models.JSONField(default=dict)
    params = models.JSONField(default=dict)
    attempt = models.PositiveSmallIntegerField(default=1)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    text = models.CharField(max_length=300, blank=True)
    checkpoint = models.JSONField(default=dict)
    is_cancel_asked = models.BooleanField(default=False)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    queued_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="longjob_state_known",
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="longjob_ended_has_time",
                condition=Q(state__in=["queued", "running"]) | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-id"], name="longjob_of_account"),
            models.Index(fields=["place", "-id"], name="longjob_at_place"),
            models.Index(
                fields=["state", "heartbeat_at"], name="longjob_open",
                condition=Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["ended_at"], name="longjob_ended"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Say whether the job still has work before it."""
        return not LONG_JOB.ends.intersection({self.state})


class SavedView(models.Model):
    """The filters of a list under a name, for oneself or for everybody who holds a post."""

    account_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True, db_index=True)
    list_name = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "list_name", "name"], name="savedview_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
