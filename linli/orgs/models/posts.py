"""Posts and who holds them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.orgs.models.register import Organisation
from linli.orgs.models.shapes import LONG_NAME, NAME, NOTE, Located, one_of
from linli.orgs.states import HANDOVER, HandoverState
from linli.orgs.types import Arrival, EndReason, title_of


class PostKind(models.Model):
    """A kind of post, by which rights are given: secretary, chair, clerk, grid worker."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=NAME)
    rank = models.PositiveSmallIntegerField()
    is_head = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in an organisation; work is given to posts, so that a change of staff orphans nothing."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="posts", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    kind = models.ForeignKey(PostKind, models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=NAME, blank=True)
    rank = models.PositiveSmallIntegerField(default=100)
    duties = models.CharField(max_length=NOTE, blank=True)
    office_phone = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(null=True)  # None: as many as the body has
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    deputy = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                condition=Q(closed_on__isnull=True),
                name="post_title_once",
            ),
            models.CheckConstraint(
                name="post_has_a_seat", condition=Q(seats__isnull=True) | Q(seats__gte=1)
            ),
            models.CheckConstraint(
                name="post_not_above_itself", condition=Q(above__isnull=True) | ~Q(above=F("id"))
            ),
            models.CheckConstraint(
                name="post_not_its_own_deputy",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "rank", "id"], name="post_organisation"),
            models.Index(fields=["path", "rank", "id"], name="post_path"),
        ]

    def __str__(self) -> str:
        return self.title


class PostHolding(Located):
    """Somebody in a post from `since` to the day before `until`."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", db_index=False)
    rank = models.PositiveSmallIntegerField()
    holder_name = models.CharField(max_length=60)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    account_id = models.BigIntegerField(null=True)  # of access, which lies above
    since = models.DateField()
    until = models.DateField(null=True)
    expected_until = models.DateField(null=True)
    came_by = models.CharField(max_length=12)
    is_full_time = models.BooleanField(default=True)
    document = models.CharField(max_length=LONG_NAME, blank=True)
    end_reason = models.CharField(max_length=12, blank=True)
    # access says so: no account of hers opens, and her work falls to whoever acts for a vacant post
    is_shut_out = models.BooleanField(default=False, db_default=False)
    is_only_seat = models.BooleanField(default=False)  # the post's, when the holding began
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("postholding_came_by_known", "came_by", Arrival),
            models.CheckConstraint(
                name="postholding_in_order",
                condition=Q(until__isnull=True) | Q(since__lte=F("until")),
            ),
            models.CheckConstraint(
                name="postholding_end_has_reason",
                condition=Q(until__isnull=True, end_reason="")
                | Q(until__isnull=False, end_reason__in=[r.value for r in EndReason]),
            ),
        ]
        indexes = [
            models.Index(fields=["post", "since"], name="postholding_post"),
            models.Index(fields=["person"], name="postholding_person"),
            models.Index(fields=["account_id"], name="postholding_account"),
            models.Index(fields=["village_id", "rank", "id"], name="postholding_village"),
            models.Index(fields=["town_id", "path", "rank", "id"], name="postholding_town"),
            models.Index(fields=["path", "rank", "id"], name="postholding_path"),
        ]

    def __str__(self) -> str:
        return self.holder_name

    @property
    def came_words(self) -> str:
        return title_of(Arrival, self.came_by)

    @property
    def end_words(self) -> str:
        return title_of(EndReason, self.end_reason) if self.end_reason else ""


class Handover(models.Model):
    """A 工作交接单: what goes from who leaves to who comes, before a third who watches."""

    holding = models.ForeignKey(PostHolding, models.PROTECT, related_name="handovers")
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=12, default=HANDOVER.start.value)
    reason = models.CharField(max_length=12)
    items = models.JSONField(default=list)  # [{"kind", "text", "count"}]
    receiver_name = models.CharField(max_length=60)
    watcher_name = models.CharField(max_length=60)
    document_number = models.CharField(max_length=60, blank=True)
    document_code = models.CharField(max_length=16, blank=True)
    document_id = models.BigIntegerField(null=True)
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=NAME)
    due_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    note = models.CharField(max_length=NOTE, blank=True)

    class Meta:
        constraints = [
            one_of("handover_state_known", "state", HandoverState),
            one_of("handover_reason_known", "reason", EndReason),
            models.CheckConstraint(
                name="handover_signed_has_day",
                condition=Q(state=HandoverState.SIGNED.value, signed_on__isnull=False)
                | (~Q(state=HandoverState.SIGNED.value) & Q(signed_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["holding"],
                condition=Q(state=HandoverState.PRINTED.value),
                name="handover_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["path", "due_on"],
                condition=Q(state=HandoverState.PRINTED.value),
                name="handover_open",
            )
        ]

    def __str__(self) -> str:
        return self.document_number or str(self.pk)

    @property
    def reason_words(self) -> str:
        return title_of(EndReason, self.reason)
