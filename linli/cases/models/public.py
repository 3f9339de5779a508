"""What was rated and asked again, and the weekly reports as they were published."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from linli.cases.models.heads import Case
from linli.cases.rules.clocks import last_day
from linli.cases.types.rating import Reached, Way
from linli.kernel.shapes import one_of

GRADES = Q(grade__range=(1, 5))


class Rating(models.Model):
    """What the reporter thinks of a cycle of her case, once (一事一评).

    The chain holds a commitment to `given`; the grade is told to who calls back, never to who
    handled the case. It counts only when given later and away from the handler. `by_case` is the
    report of whoever reported the same as the case that she rates; of a matter one rating counts.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    by_case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, db_index=False)
    cycle = models.PositiveSmallIntegerField()
    grade = models.PositiveSmallIntegerField()
    # what was bad, as codes: no words, so that nothing in it names anybody
    why = models.JSONField(default=list)
    way = models.CharField(max_length=12)
    counts = models.BooleanField()
    given_at = models.DateTimeField()
    nonce = models.BinaryField()
    excluded_at = models.DateTimeField(null=True)
    excluded_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("cases_rating_way_known", "way", Way),
            models.CheckConstraint(name="cases_rating_grade", condition=GRADES),
            models.UniqueConstraint(
                fields=["case", "cycle", "by_case"], name="cases_rating_once", nulls_distinct=False
            ),
            # statistics count a matter once, however many reported it
            models.UniqueConstraint(
                fields=["case", "cycle"], name="cases_rating_counts_once", condition=Q(counts=True)
            ),
        ]
        indexes = [models.Index(fields=["given_at"], name="cases_rating_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.cycle}"


class RatingReview(models.Model):
    """A span in which a rating is left out of figures: why, by which post, and who took it back."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    because = models.CharField(max_length=300)
    post_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    nonce = models.BinaryField()
    until = models.DateTimeField(null=True)
    until_because = models.CharField(max_length=300, blank=True)
    until_post_id = models.BigIntegerField(null=True)
    until_account_id = models.BigIntegerField(null=True)
    until_nonce = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_review_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(
                fields=["rating"],
                condition=Q(until__isnull=True),
                name="cases_review_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.since:%Y-%m-%d}"


class SampleSeed(models.Model):
    """The secret by which a month's cases are drawn; shown when the month is over."""

    month = models.DateField(unique=True)
    seed = models.BinaryField()
    digest = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class CallBack(models.Model):
    """A cycle whose reporter is asked again by somebody who did not handle it.

    `by_case` is the report of whoever reported the same as the case and rated that badly.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    by_case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, db_index=False)
    cycle = models.PositiveSmallIntegerField()
    is_sample = models.BooleanField()
    is_for_bad = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    reached = models.CharField(max_length=12, blank=True)
    grade = models.PositiveSmallIntegerField(null=True)
    is_solved = models.BooleanField(null=True)
    note = models.CharField(max_length=500, blank=True)
    post_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    nonce = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_call_reached_known",
                condition=Q(reached__in=["", *(word.value for word in Reached)]),
            ),
            models.CheckConstraint(
                name="cases_call_grade", condition=Q(grade__isnull=True) | GRADES
            ),
            models.CheckConstraint(
                name="cases_call_done_says_how",
                condition=Q(done_at__isnull=True, reached="")
                | (Q(done_at__isnull=False) & ~Q(reached="")),
            ),
            # who was called for the sample and rated badly after that is called once more
            models.UniqueConstraint(
                fields=["case", "cycle", "by_case"],
                condition=Q(done_at__isnull=True),
                name="cases_call_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="cases_calls_open",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(fields=["done_at"], name="cases_calls_by_time"),
            models.Index(fields=["case", "cycle"], name="cases_calls_of_round"),
            models.Index(
                fields=["by_case"], name="cases_calls_of_joined", condition=Q(by_case__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.cycle}"

    @property
    def whose(self) -> Case:
        """The report of whoever is called."""
        return self.by_case or self.case

    @property
    def last_day(self) -> date:
        """The last day on which it is still in time."""
        return last_day(self.due_at)


class WeeklyReport(models.Model):
    """What a village's week was when it was published; never changed afterwards.

    `code` is the place's of then, `week` its Monday, `digest` the hash of the canonical content.
    `events` is the gzipped file by which everybody counts it again; weeks of before have none. The
    highest `edition` is shown; it is made when something that counted is public no longer.
    """

    place_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    week = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    events = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "week", "edition"], name="cases_week_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.week}"
