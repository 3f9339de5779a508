"""What staff learnt: certificates and hours of training."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.orgs.models.register import Organisation
from linli.orgs.models.shapes import LONG_NAME, Located, one_of
from linli.orgs.types import CertificateKind, Subject


class Certificate(Located):
    """A certificate that somebody who works in an organisation holds, such as the 社工证."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    holder_name = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=32)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    until = models.DateField(null=True)
    removed_on = models.DateField(null=True)  # entered by mistake, or the holder left

    class Meta:
        constraints = [
            one_of("certificate_kind_known", "kind", CertificateKind),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(removed_on__isnull=True),
                name="certificate_number_once",
            ),
            models.CheckConstraint(
                name="certificate_in_order",
                condition=Q(until__isnull=True) | Q(issued_on__lt=F("until")),
            ),
        ]
        indexes = [models.Index(fields=["path", "kind", "id"], name="certificate_path")]

    def __str__(self) -> str:
        return self.number


class TrainingHours(Located):
    """Hours that somebody was trained in one subject; taken back by an entry of minus hours."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    holder_name = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    half_hours = models.SmallIntegerField()
    title = models.CharField(max_length=LONG_NAME, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            one_of("traininghours_subject_known", "subject", Subject),
            models.CheckConstraint(name="traininghours_not_nothing", condition=~Q(half_hours=0)),
        ]
        indexes = [models.Index(fields=["path", "year", "id"], name="traininghours_path")]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}"
