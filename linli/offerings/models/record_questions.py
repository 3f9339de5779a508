"""What registers of the city were asked for an application, on which ground, and what they said."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from linli.exchange.types.base_data import AskedOn
from linli.kernel.shapes import one_of
from linli.offerings.states import QuestionState


class RecordQuestion(models.Model):
    """One material that the office looks up itself: asked once, the answer kept with its source and day.

    `fault` is the word for why no answer came; then the clerk goes on without, and nobody is sent away.
    """

    application = models.ForeignKey(
        "offerings.Application", models.CASCADE, related_name="questions", db_index=False
    )
    key = models.CharField(max_length=60)
    source = models.CharField(max_length=80)
    ground = models.CharField(max_length=8)
    basis = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default=QuestionState.ASKED.value)
    uuid = models.UUIDField(default=uuid4)
    answer = models.CharField(max_length=8, blank=True)
    as_of = models.DateField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("offerings_question_state_known", "state", QuestionState),
            one_of("offerings_question_ground_known", "ground", AskedOn),
            models.UniqueConstraint(fields=["application", "key"], name="offerings_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"
