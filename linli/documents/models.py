"""Tables of documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.documents.states import DOCUMENT, SEAL_USE


class ShortCode(models.Model):
    """What a printed /q/ code leads to; documents, notices and meetings share one space of codes."""

    code = models.CharField(primary_key=True, max_length=16)
    kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], name="shortcode_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Document(models.Model):
    """A paper that was numbered and printed. Its data are not kept, only the PDF and its hash."""

    code = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=60)
    template = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=8)
    office = models.CharField(max_length=200)
    place = models.CharField(max_length=120, db_collation="C")
    town_code = models.CharField(max_length=12, db_collation="C", blank=True)
    village_code = models.CharField(max_length=12, db_collation="C", blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField()
    needs_seal = models.BooleanField()
    is_demo = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default=DOCUMENT.start.value)
    issued_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    issued_by = models.CharField(max_length=120)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True
    )
    sha256 = models.CharField(max_length=64, blank=True)
    # characters that no font has: to be written by hand
    unprintable = models.CharField(max_length=40, blank=True)
    print_count = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    log_index = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="document_number_once"),
            models.CheckConstraint(
                name="document_state_known", condition=Q(state__in=["issued", "withdrawn"])
            ),
            models.CheckConstraint(
                name="document_withdrawn_has_time",
                condition=Q(state="issued", withdrawn_at__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "-id"], name="document_of_village"),
            models.Index(fields=["town_code", "-id"], name="document_of_town"),
            models.Index(fields=["account_id", "-id"], name="document_of_account"),
            models.Index(fields=["about_kind", "about_id"], name="document_about"),
            models.Index(fields=["number"], name="document_number"),
        ]

    def __str__(self) -> str:
        return self.number


class DocumentPrint(models.Model):
    """One printing of a paper: who, when, how many, why. Never changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="prints")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=120)
    copies = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.document_id} {self.at:%F}"


class SealUse(models.Model):
    """用印登记: an application for a seal, its approval, and the stamping by hand."""

    number = models.CharField(max_length=30)
    place = models.CharField(max_length=120, db_collation="C")
    town_code = models.CharField(max_length=12, db_collation="C", blank=True)
    village_code = models.CharField(max_length=12, db_collation="C", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="seal_uses", null=True
    )
    seal = models.CharField(max_length=12, default="official")
    matter = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=SEAL_USE.start.value)
    account_id = models.BigIntegerField(null=True)
    applicant = models.CharField(max_length=120)
    requested_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    stamped_on = models.DateField(null=True)
    stamped_by = models.CharField(max_length=120, blank=True)
    stamped_copies = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="sealuse_number_once"),
            models.CheckConstraint(
                name="sealuse_state_known",
                condition=Q(state__in=["requested", "approved", "stamped", "refused", "cancelled"]),
            ),
            models.CheckConstraint(
                name="sealuse_stamped_has_day",
                condition=Q(state="stamped", stamped_on__isnull=False, stamped_copies__gte=1)
                | (~Q(state="stamped") & Q(stamped_on__isnull=True, stamped_copies__isnull=True)),
            ),
            models.CheckConstraint(name="sealuse_copies", condition=Q(copies__gte=1)),
        ]
        indexes = [
            models.Index(fields=["village_code", "-id"], name="sealuse_of_village"),
            models.Index(fields=["town_code", "-id"], name="sealuse_of_town"),
            models.Index(fields=["account_id", "-id"], name="sealuse_of_account"),
            models.Index(
                fields=["place", "id"],
                name="sealuse_open",
                condition=Q(state__in=["requested", "approved"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number
