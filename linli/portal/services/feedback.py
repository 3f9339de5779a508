"""Feedback on pages: received, answered in time, asked back (BU-17)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.clock import DueDate
from linli.kernel.errors import Stale
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.portal import permits
from linli.portal.models import Feedback
from linli.portal.states import FEEDBACK
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Value
from linli.trail.services import record

TERM_KEY = "feedback.answer"


def _promise(path: str, now: datetime) -> tuple[Value, DueDate]:
    """The term in force at the place, and the day by which an answer is due."""
    today = localdate(now)
    term = rulebook.lookup(TERM_KEY, path, today)
    return term, rulebook.calendar().add_working_days(today, term.number)


@open_to_all("every page must offer a complaint and suggestion entry, without account (BU-17)")
@transaction.atomic
def give_feedback(
    text: str, *, page: str, path: str, language: str, tell_me: bool = False, actor: Actor,
    now: datetime,
) -> Feedback:  # fmt: skip
    """Receive a piece of feedback and promise an answer by a day of the rulebook.

    With `tell_me` whoever is signed in gets the answer in her inbox too.
    """
    term, due = _promise(path, now)
    feedback = Feedback.objects.create(
        code=public_code(10),
        page=page[:300],
        path=path,
        text=text,
        is_staff=actor.is_staff,
        account_id=actor.account_id if tell_me else None,
        language=language,
        received_at=now,
        due_on=due.day,
        is_provisional=due.provisional or term.provisional,
        law=rulebook.freeze(term),
    )
    record("portal.feedback_given", on=feedback, actor=actor, now=now, place=path)
    return feedback


@transaction.atomic
def answer_feedback(
    feedback: Feedback, *, text: str, version: int, actor: Actor, now: datetime
) -> Feedback:
    """Answer. Refuses with NotAllowed, WrongState, Stale."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    require(actor, permits.ANSWER, at=feedback.path)
    if feedback.version != version:
        raise Stale()
    feedback.state = FEEDBACK.after(feedback.state, "answer")
    feedback.answer, feedback.answered_by, feedback.answered_at = text, actor.label, now
    feedback.version += 1
    feedback.save(update_fields=["state", "answer", "answered_by", "answered_at", "version"])
    record("portal.feedback_answered", on=feedback, actor=actor, now=now, place=feedback.path)
    if feedback.account_id is not None:
        notify.send(
            "portal.feedback_answered",
            To(account_id=feedback.account_id, language=feedback.language,
               is_staff=feedback.is_staff),
            {"code": feedback.code}, actor=actor, now=now,
            about=About(feedback.path, Link("portal:feedback_follow", (feedback.code,))),
        )  # fmt: skip
    return feedback


@open_to_all("whoever has the code is the writer")
@transaction.atomic
def reopen_feedback(feedback: Feedback, *, actor: Actor, now: datetime) -> Feedback:
    """Say that the answer did not help; the term runs anew. Refuses with WrongState."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    feedback.state = FEEDBACK.after(feedback.state, "reopen")
    term, due = _promise(feedback.path, now)
    feedback.reopened_on, feedback.law = localdate(now), rulebook.freeze(term)
    feedback.due_on, feedback.is_provisional = due.day, due.provisional or term.provisional
    feedback.version += 1
    feedback.save(
        update_fields=["state", "reopened_on", "law", "due_on", "is_provisional", "version"]
    )
    record("portal.feedback_reopened", on=feedback, actor=actor, now=now, place=feedback.path)
    return feedback


@open_to_all("whoever has the code is the writer")
@transaction.atomic
def confirm_answer(feedback: Feedback, *, actor: Actor, now: datetime) -> Feedback:
    """Say that the answer helped. Refuses with WrongState."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    feedback.state = FEEDBACK.after(feedback.state, "confirm")
    feedback.version += 1
    feedback.save(update_fields=["state", "version"])
    record("portal.feedback_confirmed", on=feedback, actor=actor, now=now, place=feedback.path)
    return feedback
