"""Who has a case, and by when; projections of the events like the head."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from linli.cases.models.heads import Case
from linli.cases.rules.clocks import last_day
from linli.cases.types.words import AssignmentRole, AssignmentState, ClockState
from linli.kernel.shapes import one_of


class Assignment(models.Model):
    """A post that has to do with a case. An offer becomes binding when the post accepts it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12)
    org_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    state = models.CharField(max_length=12)
    from_post_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    offered_at = models.DateTimeField()
    responded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("cases_role_known", "role", AssignmentRole),
            one_of("cases_assignment_state_known", "state", AssignmentState),
            models.UniqueConstraint(fields=["case", "number"], name="cases_assignment_numbered"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(role="lead", state="accepted"),
                name="cases_one_lead",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(role="lead", state__in=["offered", "disputed"]),
                name="cases_one_lead_offer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post_id", "state", "case"],
                name="cases_assigned",
                condition=Q(state__in=["offered", "accepted", "disputed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class CaseClock(models.Model):
    """One running of a clock in one cycle of a case.

    `pauses` and `extensions` are what `rules.clocks.due` reads; `law` is the frozen term. `next_at`
    is when the sweep must look at it again: the warning, the due moment, or never.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    cycle = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=8)
    unit = models.CharField(max_length=16)
    amount = models.PositiveIntegerField()
    legal_amount = models.PositiveIntegerField()
    roll_over = models.BooleanField(default=False)
    extensions = models.JSONField(default=list)
    started_at = models.DateTimeField()
    pauses = models.JSONField(default=list)
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    next_at = models.DateTimeField()
    is_warned = models.BooleanField(default=False)
    is_overdue = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    law = models.JSONField()

    class Meta:
        constraints = [
            one_of("cases_clock_state_known", "state", ClockState),
            models.UniqueConstraint(fields=["case", "cycle", "key"], name="cases_clock_once"),
            models.CheckConstraint(
                name="cases_promise_within_law",
                condition=Q(amount__lte=models.F("legal_amount")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="cases_clock_sweep",
                condition=Q(state="running"),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="cases_clock_unsure",
                condition=Q(is_provisional=True, state="running"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"

    @property
    def last_day(self) -> date:
        """The last day on which it is still in time."""
        return last_day(self.due_at)
