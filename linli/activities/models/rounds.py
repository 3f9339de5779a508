"""Groups of a place, and the seasonal rounds in which they get their weekly times."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.activities.models.venues import Venue
from linli.activities.types.rounds import GroupKind, RoundState
from linli.kernel.shapes import one_of


class Group(models.Model):
    """A group of neighbours (文艺队伍, a team of sport). Public only with its consent; whom to ask lies sealed."""

    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField()
    code = models.CharField(max_length=12, unique=True)
    is_shown = models.BooleanField(default=False)
    agreed_on = models.DateField(null=True)
    since = models.DateField()
    ended_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("activities_group_kind_known", "kind", GroupKind),
            models.CheckConstraint(
                name="activities_group_shown_with_consent",
                condition=Q(is_shown=False) | Q(agreed_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["path", "name", "id"], name="activities_group_of_place")]

    def __str__(self) -> str:
        return self.name


class GroupVault(models.Model):
    """Whom to ask for in a group and under which number, sealed."""

    group = models.OneToOneField(Group, models.CASCADE, primary_key=True, related_name="+")
    contact = models.BinaryField()
    phone = models.BinaryField()

    def __str__(self) -> str:
        return str(self.group_id)


class Round(models.Model):
    """A season's weekly times. The seed is secret until it is drawn; its hash is public from the first day."""

    path = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()
    wishes_until = models.DateField()
    objections_until = models.DateField()
    most_times = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default=RoundState.OPEN.value)
    commitment = models.CharField(max_length=64)
    seed = models.BinaryField()
    opened_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    skipped = models.JSONField(default=list)
    # groups that had ended: {group, time}; the time is 0 where the group was out before the draw
    left_out = models.JSONField(default=list, db_default=[])
    posting = models.ForeignKey("notices.Posting", models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("activities_round_state_known", "state", RoundState),
            models.CheckConstraint(
                name="activities_round_in_order",
                condition=Q(first_on__lte=F("last_on")) & Q(wishes_until__lt=F("objections_until"))
                & Q(objections_until__lt=F("first_on")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["path", "-first_on", "-id"], name="activities_round_of_place")
        ]

    def __str__(self) -> str:
        return self.title


class RoundTime(models.Model):
    """A weekly time on offer in a round, and the group that got it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", db_index=False)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "venue", "weekday", "begins"], name="activities_round_time_once"
            ),
            models.CheckConstraint(
                name="activities_round_time_in_order", condition=Q(weekday__lte=6) & Q(begins__lt=F("ends"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}"


class RoundWish(models.Model):
    """What a group wishes in a round, the best first."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    time = models.ForeignKey(RoundTime, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "group", "rank"], name="activities_wish_rank_once"
            ),
            models.UniqueConstraint(fields=["group", "time"], name="activities_wish_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.rank}"


class RoundObjection(models.Model):
    """What a group has against the outcome of a round, and what the office answers."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "group"], name="activities_objection_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.group_id}"


class RoundStrike(models.Model):
    """A group that was struck from a round after an objection was accepted; the draw was made again without it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    objection = models.ForeignKey(RoundObjection, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "group"], name="activities_struck_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.group_id}"
