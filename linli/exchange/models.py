"""Tables of exchange."""

from __future__ import annotations

from django.db import models


class PostedRequest(models.Model):
    """A request that another system sent in: its token, the number that it got, and by which key."""

    token = models.UUIDField(unique=True)
    number = models.CharField(max_length=24)
    key_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=160)
    posted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["posted_at"], name="postedrequest_due")]

    def __str__(self) -> str:
        return self.number
