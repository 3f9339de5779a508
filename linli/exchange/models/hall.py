"""What the city's service hall has: its list of items, and applications that were made there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.exchange.states import ChangeState, SentInState
from linli.exchange.types.hall import ChangeKind, Difference
from linli.kernel.shapes import one_of


class HallItem(models.Model):
    """An item of the hall's list as it was last read, and which of ours it is.

    `digest` is of what it says; `known_digest` of what it said when somebody last decided.
    `difference` says what a person should look at; `same`: nothing.
    """

    code = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    known_digest = models.CharField(max_length=64, blank=True)
    known = models.JSONField(default=dict)
    difference = models.CharField(max_length=8)
    item_key = models.CharField(max_length=60, blank=True, db_collation="C")
    seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [one_of("hallitem_difference_known", "difference", Difference)]
        indexes = [
            models.Index(
                fields=["changed_at"], name="hallitem_open", condition=~Q(difference="same")
            ),
            models.Index(fields=["item_key"], name="hallitem_key"),
        ]

    def __str__(self) -> str:
        return self.code


class HallApplication(models.Model):
    """An application made at the hall, under the hall's own number, and the case that it became.

    `row` is what it said, sealed, until it has a case or was returned. `fault` is why it waits for a
    person, or why somebody should look at one that was taken.
    """

    number = models.CharField(max_length=64, unique=True)
    item_code = models.CharField(max_length=64)
    place_code = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=8)
    fault = models.CharField(max_length=40, blank=True)
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="+")
    row = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    came_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("hallapplication_state_known", "state", SentInState),
            models.CheckConstraint(
                name="hallapplication_taken_has_case",
                condition=Q(state="taken", case__isnull=False, row__isnull=True)
                | (~Q(state="taken") & Q(case__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="hallapplication_path"),
            models.Index(fields=["sent_at"], name="hallapplication_sent"),
            models.Index(
                fields=["path"], name="hallapplication_waits", condition=Q(state="waiting")
            ),
            models.Index(
                fields=["came_at"],
                name="hallapplication_to_forget",
                condition=Q(row__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class HallChange(models.Model):
    """A supplement or withdrawal that an applicant made at the hall, under the hall's own number.

    `application` is the hall's number of what it is about, which may come later. `row` is what it said,
    sealed, until something became of it. `fault` is why it waits for a person, or why somebody should
    look at one that was taken; empty while it waits for its application or its files.
    """

    number = models.CharField(max_length=64, unique=True)
    application = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    path = models.CharField(max_length=120, db_collation="C")
    state = models.CharField(max_length=8, default=ChangeState.WAITING.value)
    fault = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    row = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    came_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("hallchange_state_known", "state", ChangeState),
            models.CheckConstraint(
                name="hallchange_kind_known",
                condition=Q(kind__in=["", *(kind.value for kind in ChangeKind)]),
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-id"], name="hallchange_path"),
            models.Index(fields=["made_at"], name="hallchange_made"),
            models.Index(fields=["application"], name="hallchange_of"),
            models.Index(fields=["path"], name="hallchange_waits", condition=Q(state="waiting")),
            models.Index(
                fields=["came_at"], name="hallchange_to_forget", condition=Q(row__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number
