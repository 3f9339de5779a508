"""Tables of the transparency log. Triggers refuse to change or delete rows, except openings."""

from __future__ import annotations

from django.db import models


class LogName(models.Model):
    """The name under which this installation signs. Given once, never changed."""

    origin = models.TextField(primary_key=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.origin


class Leaf(models.Model):
    """One entry of the log, numbered from 0 without gaps: a commitment and nothing to read."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.TextField()
    at = models.DateTimeField()
    commitment = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["kind", "index"], name="translog_leaf_of_kind")]

    def __str__(self) -> str:
        return str(self.index)


class Opening(models.Model):
    """What opens a commitment. Its row may go by law; then nobody can tell what the leaf was.

    `content` is there if the content itself is public; without it the salt is not public either.
    """

    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, primary_key=True, related_name="+")
    salt = models.BinaryField()
    content_hash = models.BinaryField()
    content = models.JSONField(null=True)

    def __str__(self) -> str:
        return str(self.leaf_id)


class Node(models.Model):
    """The root of a full subtree of two or more leaves."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class TreeHead(models.Model):
    """A signed root over the first `size` leaves."""

    size = models.BigIntegerField(db_index=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    public_key = models.BinaryField()
    note = models.TextField()

    def __str__(self) -> str:
        return str(self.size)
