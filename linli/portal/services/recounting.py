"""Provisional due days of feedback, counted anew when the working days of a year are published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.portal.models import Feedback
from linli.portal.services.feedback import TERM_KEY
from linli.portal.states import FeedbackState
from linli.rulebook import queries as rulebook
from linli.trail.services import record


@open_to_all("follows a new calendar, whose own service asked for the permit")
@transaction.atomic
def recount_due(*, actor: Actor, now: datetime) -> int:
    """Count the due days of waiting feedback anew where they were provisional; return how many moved.

    A day that was certain when it was promised stays. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    waiting = Feedback.objects.select_for_update().filter(
        state=FeedbackState.RECEIVED, is_provisional=True
    )
    return sum(_recount(feedback, actor, now) for feedback in waiting.order_by("pk"))


def _recount(feedback: Feedback, actor: Actor, now: datetime) -> bool:
    start = feedback.reopened_on or localdate(feedback.received_at)
    days = rulebook.frozen_number(feedback.law, TERM_KEY)
    due = rulebook.calendar().add_working_days(start, days)
    before = feedback.due_on
    feedback.due_on = due.day
    feedback.is_provisional = due.provisional or rulebook.is_provisional(feedback.law)
    feedback.save(update_fields=["due_on", "is_provisional"])
    if due.day == before:
        return False
    record(
        "portal.due_recounted", on=feedback, actor=actor, now=now, place=feedback.path,
        before=before.isoformat(), after=due.day.isoformat(),
    )  # fmt: skip
    return True
