"""Tables of the trail. Triggers refuse to change or delete rows, whoever asks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Epoch(models.Model):
    """One life of the database: transaction numbers are comparable within it only."""

    number = models.PositiveIntegerField(primary_key=True)
    # PostgreSQL's name for the cluster; another one means that we were restored elsewhere
    cluster = models.BigIntegerField()
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


class Entry(models.Model):
    """One thing that was done, refused or read: by whom, on what, where, about whom, why.

    It stands in the order (epoch, xid, id) of commits and bears a mark that only this service makes.
    """

    epoch = models.IntegerField()
    # the transaction's number, filled in by the database
    xid = models.BigIntegerField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    label = models.TextField()
    post_id = models.BigIntegerField(null=True)
    verb = models.TextField()
    kind = models.TextField()
    key = models.TextField()
    path = models.TextField(db_collation="C")
    # the path cut after town and village, so that a list is one equality and then the order
    town = models.TextField(db_collation="C")
    village = models.TextField(db_collation="C")
    person_id = models.BigIntegerField(null=True)
    purpose = models.TextField()
    level = models.PositiveSmallIntegerField()
    details = models.JSONField()
    outcome = models.TextField()
    mark = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "xid", "id"], name="trail_entry_in_order"),
            models.CheckConstraint(
                name="trail_entry_outcome_known",
                condition=Q(outcome__in=["done", "refused", "read"]),
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="trail_entry_by_time"),
            models.Index(fields=["town", "at", "id"], name="trail_entry_of_town"),
            models.Index(
                fields=["village", "at", "id"],
                name="trail_entry_of_village",
                condition=~Q(village=""),
            ),
            models.Index(
                fields=["person_id", "at", "id"],
                name="trail_entry_about_person",
                condition=Q(person_id__isnull=False),
            ),
            models.Index(fields=["kind", "key", "at", "id"], name="trail_entry_on_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"


class Seal(models.Model):
    """The hash of one entry over the hash before it. Written by the sealer alone."""

    seq = models.BigIntegerField(primary_key=True)
    epoch = models.IntegerField()
    xid = models.BigIntegerField()
    entry_id = models.BigIntegerField(unique=True)
    algorithm = models.TextField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return str(self.seq)
