"""Tables of the portal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.portal.states import FEEDBACK, FeedbackState


class Feedback(models.Model):
    """A complaint or suggestion about the product, left on one of its pages (BU-17).

    The code lets the writer read the answer without an account.
    """

    code = models.CharField(max_length=12, unique=True)
    page = models.CharField(max_length=300)
    path = models.CharField(max_length=120, db_collation="C")
    text = models.TextField()
    is_staff = models.BooleanField()
    # who wants the answer in her inbox; nobody who answers is shown who it is
    account_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=FEEDBACK.start.value)
    received_at = models.DateTimeField()
    # the day of the writer's no, from which the term runs anew
    reopened_on = models.DateField(null=True)
    due_on = models.DateField()
    is_provisional = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    law = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="feedback_state_known",
                condition=Q(state__in=[state.value for state in FeedbackState]),
            ),
            models.CheckConstraint(
                name="feedback_answered_has_answer",
                condition=~Q(state=FeedbackState.ANSWERED.value)
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="feedback_state_due")]

    def __str__(self) -> str:
        return self.code
