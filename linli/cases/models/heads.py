"""Heads of cases: what lists show and filter. All of it is a projection of the events."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.cases.types.words import Channel, LinkKind
from linli.kernel.shapes import one_of

# of an open case without a running clock: behind every day, so that one index orders all
NEVER = "9999-12-31T00:00:00+00:00"


class KindTable(models.Model):
    """A version of a kind as it was published; a changed table under the same version is refused."""

    name = models.CharField(max_length=60, primary_key=True)
    checksum = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KindState(models.Model):
    """A state of a version of a kind, filled from code by migrate; cases refer to it."""

    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=40)
    stage = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version", "state"], name="cases_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.version}:{self.state}"


class Category(models.Model):
    """What a case is about: two levels, with the words that point to it."""

    code = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    # words of reports that speak for this category, one a line
    words = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    # what whoever reports such a thing is promised; kept with her report as it was then
    promise = models.CharField(max_length=200, blank=True, default="")
    promise_en = models.CharField(max_length=300, blank=True, default="")
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """Somebody's matter. Its columns say where it stands; its events say how it came there.

    `head` is the hash of the last event, `seq` its number. `due_at` is that of the matter's clock that runs
    out first, or NEVER. `title` is a short line for staff and goes with an erasure.
    """

    uuid = models.UUIDField(unique=True)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=40)
    stage = models.CharField(max_length=12)
    is_open = models.BooleanField()
    level = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=12)
    # what kind of matter within its kind, such as a question or a complaint: it chooses terms
    matter = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80, blank=True)
    # of matters that have a name in English; people's own words have none
    title_en = models.CharField(max_length=160, blank=True, db_default="")
    # no index of its own: half of all cases have one category, and lists ask for a place with it
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_index=False
    )
    path = models.CharField(max_length=120, db_collation="C")
    city_id = models.BigIntegerField()
    town_id = models.BigIntegerField(default=0)
    village_id = models.BigIntegerField(default=0)
    # WGS-84 in millionths of a degree, exact whole numbers as the chain needs them
    lon = models.IntegerField(null=True)
    lat = models.IntegerField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_clock = models.CharField(max_length=40, blank=True)
    is_provisional = models.BooleanField(default=False)
    cycle = models.PositiveSmallIntegerField(default=1)
    seq = models.PositiveIntegerField()
    head = models.BinaryField()
    lead_org_id = models.BigIntegerField(null=True)
    lead_post_id = models.BigIntegerField(null=True)
    offered_post_id = models.BigIntegerField(null=True)
    # few have one: their indexes hold those alone
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # the post whose conduct the case is about: whoever holds or held it never sees the case
    about_post_id = models.BigIntegerField(null=True)
    # other posts that the same words name; nothing without the first
    about_more = ArrayField(models.BigIntegerField(), null=True)
    bounced = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    is_released = models.BooleanField(default=False)
    waits_for_release = models.BooleanField(default=False)
    # SHA-256 of the follow code, so that the table does not open anybody's case
    follow_digest = models.BinaryField()

    class Meta:
        constraints = [
            one_of("cases_channel_known", "channel", Channel),
            models.CheckConstraint(name="cases_level_known", condition=Q(level__range=(1, 8))),
            models.CheckConstraint(
                name="cases_closed_has_time",
                condition=Q(is_open=True) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            index
            for level in ("city", "town", "village")
            for index in (
                models.Index(
                    fields=[f"{level}_id", "due_at", "id"],
                    name=f"cases_due_{level}",
                    condition=Q(is_open=True),
                ),
                models.Index(
                    fields=[f"{level}_id", "category", "due_at", "id"],
                    name=f"cases_category_{level}",
                    condition=Q(is_open=True),
                ),
                models.Index(
                    fields=[f"{level}_id", "-opened_at", "-id"], name=f"cases_new_{level}"
                ),
                # what was closed in one category: written once, when it ends, not by those who report
                models.Index(
                    fields=[f"{level}_id", "category", "-opened_at", "-id"],
                    name=f"cases_closed_{level}",
                    condition=Q(is_open=False),
                ),
            )
        ] + [
            models.Index(
                fields=["lead_post_id", "due_at", "id"],
                name="cases_mine",
                condition=Q(is_open=True, lead_post_id__isnull=False),
            ),
            models.Index(
                fields=["offered_post_id", "due_at", "id"],
                name="cases_offered",
                condition=Q(is_open=True, offered_post_id__isnull=False),
            ),
            models.Index(
                fields=["parent"], name="cases_of_parent", condition=Q(parent__isnull=False)
            ),
            models.Index(
                fields=["merged_into"], name="cases_merged", condition=Q(merged_into__isnull=False)
            ),
            # few of a city's open cases wait for somebody outside: they are found by their states
            models.Index(
                fields=["state", "due_at", "id"],
                name="cases_in_state",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["path", "opened_at"],
                name="cases_to_release",
                condition=Q(waits_for_release=True),
            ),
            # the kind whose words go as a whole when its term is over, few among all cases
            models.Index(
                fields=["closed_at"],
                name="cases_feedback_to_forget",
                condition=Q(kind="feedback", is_open=False),
            ),
            models.Index(
                fields=["lead_org_id", "stage"],
                name="cases_of_org",
                condition=Q(lead_org_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseLink(models.Model):
    """A case that hangs on another. Taking it apart ends the row; it stays readable."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    to = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    is_required = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # since when whoever follows the other case reads its words: what was said before was for its reporter
    reads_from = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("cases_link_known", "kind", LinkKind),
            models.CheckConstraint(name="cases_link_to_other", condition=~Q(case=models.F("to"))),
            models.UniqueConstraint(
                fields=["case", "to", "kind"],
                condition=Q(ended_at__isnull=True),
                name="cases_link_once",
            ),
        ]
        indexes = [models.Index(fields=["to", "kind"], name="cases_linked")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.to_id}"
