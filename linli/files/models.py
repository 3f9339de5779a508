"""Tables of files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.files.states import FILE


class StoredFile(models.Model):
    """A file that passed all checks, what it hangs on, and for how long it is kept.

    Equal contents share their place in the store, except from level 5 on: those are encrypted,
    each under a key of its own, and are gone for good when that key is.
    """

    code = models.CharField(max_length=16, unique=True)
    owner_kind = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    place = models.CharField(max_length=120, db_collation="C", blank=True)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    storage_name = models.CharField(max_length=120, blank=True, db_index=True)
    content_key = models.BinaryField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField()
    account_id = models.BigIntegerField(null=True)
    is_made = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=FILE.start.value)
    stored_at = models.DateTimeField()
    retention_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="storedfile_state_known", condition=Q(state__in=["kept", "erased"])
            ),
            models.CheckConstraint(
                name="storedfile_erased_is_empty",
                condition=Q(state="kept", erased_at__isnull=True)
                | Q(
                    state="erased",
                    erased_at__isnull=False,
                    name="",
                    storage_name="",
                    content_key__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="storedfile_level", condition=Q(level__gte=1, level__lte=8)
            ),
            models.CheckConstraint(
                name="storedfile_vault_is_sealed",
                condition=Q(level__lt=5) | Q(content_key__isnull=False) | Q(state="erased"),
            ),
        ]
        indexes = [
            models.Index(fields=["owner_kind", "owner_id", "id"], name="storedfile_owner"),
            models.Index(
                fields=["retention_until"], name="storedfile_due", condition=Q(state="kept")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def is_sealed(self) -> bool:
        """Say whether the content is encrypted under a key of its own."""
        return self.content_key is not None


class Derivative(models.Model):
    """A smaller copy of a photo, for screens and lists."""

    file = models.ForeignKey(
        StoredFile, on_delete=models.CASCADE, related_name="derivatives", db_index=False
    )
    side = models.CharField(max_length=8)
    storage_name = models.CharField(max_length=120, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "side"], name="derivative_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.side}"
