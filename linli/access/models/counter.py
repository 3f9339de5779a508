"""Computers at the counter that count as a second factor."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.access.models.accounts import Account


class CounterDevice(models.Model):
    """One enrolled computer at one place. Its browser holds the secret in a cookie."""

    name = models.CharField(max_length=60)
    path = models.CharField(max_length=120, db_collation="C", db_index=True)
    token_hash = models.BinaryField(unique=True)
    idle_seconds = models.PositiveIntegerField()
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class CounterPresence(models.Model):
    """Somebody typed her password on this computer today; until night her PIN is enough."""

    device = models.ForeignKey(
        CounterDevice, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pin_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "account"], name="presence_once"),
            models.CheckConstraint(name="presence_tries_bounded", condition=Q(pin_tries__lte=20)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.device_id}"
