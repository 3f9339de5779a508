"""What came from the hall and nobody could take goes back to it with the reason, before its words are let go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.exchange.models import HallApplication, HallChange
from linli.exchange.queries.waiting_long import changes_left, sent_in_left
from linli.exchange.services.hall_applications import BY_JOB, return_held
from linli.exchange.services.hall_changes import settle
from linli.exchange.states import ChangeState, SentInState
from linli.exchange.types.hall import Answer
from linli.kernel.permits import Actor, open_to_all

AT_ONCE = 100


@open_to_all(BY_JOB)
def return_left(*, actor: Actor, now: datetime) -> int:
    """Return to the hall what waited too long; whoever applied is told there. Return how many."""
    return _all(_return_applications, actor, now) + _all(_return_changes, actor, now)


def _all(step: Callable[[Actor, datetime], int], actor: Actor, now: datetime) -> int:
    done = 0
    while more := step(actor, now):
        done += more
    return done


@transaction.atomic
def _return_applications(actor: Actor, now: datetime) -> int:
    rows = HallApplication.objects.select_for_update(skip_locked=True)
    due = list(sent_in_left(now).values_list("pk", flat=True)[:AT_ONCE])
    held = list(rows.filter(pk__in=due, state=SentInState.WAITING).order_by("pk"))
    for one in held:
        return_held(one, _why(), actor=actor, now=now)
    return len(held)


@transaction.atomic
def _return_changes(actor: Actor, now: datetime) -> int:
    rows = HallChange.objects.select_for_update(skip_locked=True)
    due = list(changes_left(now).values_list("pk", flat=True)[:AT_ONCE])
    held = list(rows.filter(pk__in=due, state=ChangeState.WAITING).order_by("pk"))
    for one in held:
        settle(one, Answer.RETURNED, one.case_id, one.path, why=_why(), actor=actor, now=now)
    return len(held)


def _why() -> str:
    with translation.override("zh-hans"):
        return _("It could not be taken in here in time. Apply once more, or come to the window.")
