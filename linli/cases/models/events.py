"""What happened, appended and chained; the words beside it, which can be forgotten."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.cases.models.heads import Case


class CaseEvent(models.Model):
    """One step of a case. Rows are never changed or deleted; triggers see to it.

    It holds ids, codes and commitments, never words of people: `facts` is canonical JSON, `public`
    and `internal` are commitments to what the sibling tables keep, `hash` covers the row and the
    hash before. `key` makes the same move happen once.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = models.CharField(max_length=40)
    cycle = models.PositiveSmallIntegerField()
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    # whose hand: a post, the reporter, a job
    by = models.CharField(max_length=12)
    facts = models.JSONField()
    public = models.BinaryField(null=True)
    internal = models.BinaryField(null=True)
    key = models.UUIDField(null=True)
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="cases_event_in_order"),
            models.UniqueConstraint(
                fields=["case", "key"],
                condition=Q(key__isnull=False),
                name="cases_event_once",
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="cases_event_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.move}"


class Words(models.Model):
    """What was said with an event. Deleted by erasure; the event's commitment stays."""

    event = models.OneToOneField(CaseEvent, models.PROTECT, primary_key=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    nonce = models.BinaryField()
    said = models.JSONField()

    class Meta:
        abstract = True


class PublicWords(Words):
    """Words for the reporter, and of the reporter; seen by others only once released."""

    is_by_reporter = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    waits = models.BooleanField(default=False)
    # what everybody reads of it once released, with what was blacked out; the original stays in
    # `said`. The event of the release commits to it with this nonce. Both go with the words.
    shown = models.TextField(null=True)
    shown_nonce = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_released_is_shown",
                condition=Q(released_at__isnull=True, shown__isnull=True)
                | Q(released_at__isnull=False, shown__isnull=False, withheld_at__isnull=True),
            )
        ]


class InternalWords(Words):
    """Notes among those who work on a case; never shown outside."""

    level = models.PositiveSmallIntegerField(default=3)
