"""Tables of documents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.documents.states import DOCUMENT, ELECTRONIC_SEAL, SEAL_USE, ElectronicState
from linli.kernel.shapes import one_of


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
                condition=Q(
                    state__in=[
                        "requested",
                        "approved",
                        "stamped",
                        "refused",
                        "cancelled",
                        "sealed",
                    ]
                ),
            ),  # fmt: skip
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


class ElectronicSeal(models.Model):
    """One asking of the city's seal service to seal a printed paper's file, and what came of it.

    `sha256` is the file that was sent there. `fault` is a stable word for what went wrong at the last
    look, or the service's own word for refusing; `look_at` is when it is asked for the answer again.
    """

    number = models.CharField(max_length=24, unique=True)
    use = models.ForeignKey(SealUse, on_delete=models.PROTECT, related_name="electronic")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="electronic_seals"
    )
    place = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=12, default=ELECTRONIC_SEAL.start.value)
    sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    look_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    seal = models.CharField(max_length=200, blank=True)
    certificate = models.CharField(max_length=80, blank=True)
    signature = models.TextField(blank=True)
    # certificates as PEM, the seal's own first; empty where the service sent none
    chain = models.TextField(blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("electronicseal_state_known", "state", ElectronicState),
            models.UniqueConstraint(
                fields=["document"], name="electronicseal_one_at_a_time",
                condition=Q(state__in=["asked", "sealed"]),
            ),
            models.CheckConstraint(
                name="electronicseal_sealed_is_whole",
                condition=~Q(state__in=["sealed", "revoked"])
                | (Q(sealed_at__isnull=False, file__isnull=False) & ~Q(certificate="")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["look_at"], name="electronicseal_looked_for", condition=Q(state="asked")
            ),
        ]

    def __str__(self) -> str:
        return self.number
