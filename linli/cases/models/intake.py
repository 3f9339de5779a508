"""Who reported, what came along, and where printed codes stand. Nothing here is part of the chain."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.cases.models.events import CaseEvent
from linli.cases.models.heads import Case
from linli.cases.types.filing import Naming
from linli.kernel.shapes import one_of

MOST_ASKED = 200


class Reporter(models.Model):
    """Whoever asked. `contact` is sealed; rows stay when they are forgotten, empty.

    `person_id` and `account_id` are set if she was signed in, so that the case is among her affairs.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    naming = models.CharField(max_length=12)
    person_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    contact = models.BinaryField(null=True)
    # what she answered under seal to the questions of the category
    answers = models.BinaryField(null=True)
    # 138****1234, for who may see that there is a number
    phone_masked = models.CharField(max_length=24, blank=True)
    by_sms = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="zh-hans")
    # the office entered it for her
    is_on_behalf = models.BooleanField(default=False)
    # it is about somebody else, who is not in the register: whoever reported helps her
    is_for_other = models.BooleanField(default=False, db_default=False)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("cases_naming_known", "naming", Naming)]
        indexes = [
            models.Index(
                fields=["person_id", "-case"],
                name="cases_of_person",
                condition=Q(person_id__isnull=False),
            ),
            models.Index(
                fields=["account_id", "-case"],
                name="cases_of_account",
                condition=Q(account_id__isnull=False),
            ),
            # whoever can still be reached: of the cases of all years the last one's
            models.Index(
                fields=["case"],
                name="cases_reporter_to_forget",
                condition=Q(contact__isnull=False) | Q(answers__isnull=False) | Q(by_sms=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.naming}"


class CaseFile(models.Model):
    """A photo or paper of a case. What a resident sent is seen by others only once released."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="+")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    is_by_reporter = models.BooleanField(default=False)
    # the question of the category that it answers, in the words of the office
    asked = models.CharField(max_length=MOST_ASKED, blank=True, db_default="")
    released_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    # what everybody sees of it once released, written anew with parts of it black
    shown = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_files")]
        constraints = [
            models.CheckConstraint(
                name="cases_released_photo_is_shown",
                condition=Q(released_at__isnull=True, shown__isnull=True)
                | Q(released_at__isnull=False, shown__isnull=False, withheld_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.file_id}"


class ReportSpot(models.Model):
    """A lamp post, lift or door with a printed code: who scans it need not say where she is."""

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=120, db_collation="C")
    # WGS-84 in millionths of a degree, as cases have it
    lon = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    category = models.ForeignKey(
        "cases.Category", models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path", "title"], name="cases_spots")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
