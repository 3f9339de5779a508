"""What the city asks of towns, what they file, try, learn and spend."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.plan.models.text import PlanDocument, Task
from linli.plan.states import FILING, PILOT, VISIT, FilingState, PilotState, VisitState
from linli.plan.types import CallKind, Source

FILINGS = [state.value for state in FilingState]


class Located(models.Model):
    """A head that people list by place."""

    path = models.CharField(max_length=120, db_collation="C")
    place_id = models.BigIntegerField()
    city_id = models.BigIntegerField(null=True)
    town_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)
    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Call(models.Model):
    """The city asks the towns of a place for their plans or their reports until a day."""

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="calls", db_index=False)
    kind = models.CharField(max_length=10)
    path = models.CharField(max_length=120, db_collation="C")
    due_on = models.DateField(null=True)
    basis = models.CharField(max_length=200)
    ends_on = models.DateField(null=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "path"], name="call_once"),
            models.CheckConstraint(
                name="call_kind_known", condition=Q(kind__in=[kind.value for kind in CallKind])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"


class TownPlan(Located):
    """A town's own plan, filed with the city: six contents, returned once if some lack."""

    # as all that is filed, without an index of its own beside that of `townplan_once`
    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=200)
    document_number = models.CharField(max_length=60, blank=True)
    contents = models.JSONField()
    lacking = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=FILING.start.value)
    due_on = models.DateField(null=True)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=120)
    return_count = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "place_id"], name="townplan_once"),
            models.CheckConstraint(name="townplan_state_known", condition=Q(state__in=FILINGS)),
            models.CheckConstraint(name="townplan_returned_once", condition=Q(return_count__lte=1)),
        ]
        indexes = [models.Index(fields=["city_id", "state", "path", "id"], name="townplan_city")]

    def __str__(self) -> str:
        return self.title


class Report(Located):
    """What a town says of its work on one task, with what shows it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    evidence_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default=FILING.start.value)
    reason = models.CharField(max_length=300, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=120)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "place_id"], name="report_once"),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=FILINGS)),
        ]
        indexes = [models.Index(fields=["city_id", "state", "path", "id"], name="report_city")]

    def __str__(self) -> str:
        return self.text[:60]


class Pilot(Located):
    """A place tries some tasks ahead of the others, and says at the end what it learnt."""

    title = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    tasks = models.ManyToManyField(Task, related_name="+")
    state = models.CharField(max_length=10, default=PILOT.start.value)
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    summary = models.TextField(blank=True)
    started_by = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pilot_ended_has_summary",
                condition=Q(state=PilotState.RUNNING.value, ended_on__isnull=True)
                | (Q(state=PilotState.ENDED.value, ended_on__isnull=False) & ~Q(summary="")),
            )
        ]
        indexes = [models.Index(fields=["city_id", "-started_on", "-id"], name="pilot_city")]

    def __str__(self) -> str:
        return self.title


class Practice(Located):
    """A card of good practice that others can find and follow."""

    title = models.CharField(max_length=120)
    problem = models.TextField()
    steps = models.TextField()
    effect = models.TextField()
    contact = models.CharField(max_length=120, blank=True)
    tasks = models.ManyToManyField(Task, related_name="+")
    pilot = models.ForeignKey(Pilot, models.PROTECT, null=True, related_name="practices")
    words = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-written_at", "-id"], name="practice_newest")]

    def __str__(self) -> str:
        return self.title


class Visit(Located):
    """A special supervision visit (专项督查): what was found, until when, what was answered."""

    tasks = models.ManyToManyField(Task, related_name="+")
    visited_on = models.DateField()
    visitors = models.CharField(max_length=200)
    organisation_id = models.BigIntegerField(null=True)  # the leading group
    findings = models.TextField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default=VISIT.start.value)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_state_known", condition=Q(state__in=[s.value for s in VisitState])
            ),
            models.CheckConstraint(
                name="visit_answered_has_answer",
                condition=~Q(state=VisitState.ANSWERED.value) | ~Q(answer=""),
            ),
        ]
        indexes = [models.Index(fields=["city_id", "-visited_on", "-id"], name="visit_city")]

    def __str__(self) -> str:
        return f"{self.path} {self.visited_on}"


class FundingLine(Located):
    """Money for the plan in one year, from one source."""

    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)
    amount_fen = models.BigIntegerField()
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fundingline_source_known",
                condition=Q(source__in=[source.value for source in Source]),
            ),
            models.CheckConstraint(name="fundingline_positive", condition=Q(amount_fen__gt=0)),
        ]
        indexes = [models.Index(fields=["city_id", "-year", "path", "id"], name="fundingline_city")]

    def __str__(self) -> str:
        return f"{self.year} {self.purpose}"
