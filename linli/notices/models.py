"""Tables of notices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.clock import Unit
from linli.kernel.shapes import one_of
from linli.notices.states import POSTING, VERSION, PostingState, VersionState
from linli.notices.types import Category, Reach


class Posting(models.Model):
    """A notice under one code, whatever its versions. `place` is the path of the office that posts.

    `current` is the version that the public reads, `open` the one that is being written; `law` what
    the rulebook said of its period when it was published.
    """

    code = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=30, blank=True)
    category = models.CharField(max_length=20)
    place = models.CharField(max_length=120, db_collation="C")
    town_code = models.CharField(max_length=12, db_collation="C", blank=True)
    village_code = models.CharField(max_length=12, db_collation="C", blank=True)
    office_id = models.BigIntegerField(null=True)
    office = models.CharField(max_length=200)
    post_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, default=POSTING.start.value)
    reach = models.CharField(max_length=8, default=Reach.BELOW.value)
    first_day = models.DateField(null=True)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16, default=Unit.DAYS.value)
    last_day = models.DateField(null=True)
    is_provisional = models.BooleanField(default=False)
    law = models.JSONField(null=True)
    current = models.OneToOneField(
        "PostingVersion", on_delete=models.PROTECT, related_name="+", null=True
    )
    open = models.OneToOneField(
        "PostingVersion", on_delete=models.PROTECT, related_name="+", null=True
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "number"], name="posting_number_once", condition=~Q(number="")
            ),
            one_of("posting_state_known", "state", PostingState),
            one_of("posting_category_known", "category", Category),
            one_of("posting_reach_known", "reach", Reach),
            models.CheckConstraint(
                name="posting_published_has_days",
                condition=Q(state__in=["prepared", "dropped"], current__isnull=True)
                | Q(
                    state__in=["published", "withdrawn"],
                    current__isnull=False,
                    published_at__isnull=False,
                    first_day__isnull=False,
                    last_day__gte=F("first_day"),
                ),
            ),
            models.CheckConstraint(
                name="posting_withdrawn_has_reason",
                condition=Q(
                    state="withdrawn", withdrawn_at__isnull=False, withdrawn_on__isnull=False
                )
                & ~Q(withdrawn_reason="")
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, is_hidden=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["-first_day", "-id"], name="posting_newest"),
            models.Index(fields=["place", "-changed_at", "-id"], name="posting_of_place"),
            models.Index(
                fields=["place", "last_day"], name="posting_ends", condition=Q(state="published")
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.code


class PostingVersion(models.Model):
    """The words of a notice: a draft, one that waits, or one that was published and never changes.

    `files` are the codes of papers that a correction keeps from the version before; `edition` counts
    the saves of a draft. `checksum` is of the published words. `restarts`: the period began anew.
    """

    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=VERSION.start.value)
    title = models.CharField(max_length=120)
    body = models.TextField()
    basis = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200)
    objection = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    restarts = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)
    account_id = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120)
    returned = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    log_index = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "number"], name="postingversion_once"),
            models.UniqueConstraint(
                fields=["posting"],
                name="postingversion_one_open",
                condition=Q(state__in=["draft", "waiting"]),
            ),
            one_of("postingversion_state_known", "state", VersionState),
            models.CheckConstraint(
                name="postingversion_published_is_whole",
                condition=Q(state="published", published_at__isnull=False) & ~Q(checksum="")
                | (~Q(state="published") & Q(published_at__isnull=True, checksum="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.number}"


class PostingPlace(models.Model):
    """Where a notice is shown: the path of its own place, or of each place that it lists."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="places")
    path = models.CharField(max_length=120, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["path", "posting"], name="postingplace_path")]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.path}"
