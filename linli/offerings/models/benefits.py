"""What somebody receives or holds for a time: an allowance, a permit, an insurance, a contract."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.shapes import one_of
from linli.offerings.states import BENEFIT, BenefitState
from linli.offerings.types.reminders import BenefitKind, StopCause


class Benefit(models.Model):
    """One such thing of one person at a place, with the day on which it ends, if it has one.

    `until` is the last day. A death or a move only asks whether it stops (`cause`, `cause_on`);
    a post decides, and its word on it stays. What was asked before a death (`cause_before`) is asked again
    if that was entered by mistake.
    """

    person_id = models.BigIntegerField()
    path = models.CharField(max_length=120, db_collation="C")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    item_key = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, default=BENEFIT.start.value)
    cause = models.CharField(max_length=8, blank=True)
    cause_on = models.DateField(null=True)
    cause_before = models.CharField(max_length=8, blank=True)
    cause_before_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("offerings_benefit_kind_known", "kind", BenefitKind),
            one_of("offerings_benefit_state_known", "state", BenefitState),
            models.CheckConstraint(
                name="offerings_benefit_cause_known",
                condition=Q(cause="") | Q(cause__in=[one.value for one in StopCause]),
            ),
            models.CheckConstraint(
                name="offerings_benefit_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["person_id", "kind", "name", "since"], name="offerings_benefit_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["path", "until"],
                condition=Q(state__in=[BenefitState.RUNNING.value, BenefitState.ASKED.value]),
                name="offerings_benefit_ends",
            ),
            models.Index(
                fields=["path", "cause_on"],
                condition=Q(state=BenefitState.ASKED.value),
                name="offerings_benefit_asked",
            ),
            models.Index(
                fields=["decided_on"],
                condition=Q(state__in=[BenefitState.STOPPED.value, BenefitState.OVER.value]),
                name="offerings_benefit_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.name}"
