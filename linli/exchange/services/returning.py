"""What came from the hall and nobody could take goes back to it with the reason, before its words are let go."""

from __future__ import annotations

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
from linli.kernel.each import Broke, each_done
from linli.kernel.permits import Actor, open_to_all

JOB = "exchange.return_left"


@open_to_all(BY_JOB)
def return_left(*, actor: Actor, now: datetime) -> int:
    """Return to the hall what waited too long; whoever applied is told there. Return how many.

    Each goes by itself. Raises Broke at the end if one of them could not: the others went.
    """
    gone, broken = each_done(
        JOB,
        list(sent_in_left(now).values_list("pk", flat=True)),
        lambda one: _return_application(one, actor, now),
    )
    also_gone, also_broken = each_done(
        JOB,
        list(changes_left(now).values_list("pk", flat=True)),
        lambda one: _return_change(one, actor, now),
    )
    if broken or also_broken:
        raise Broke(f"applications {broken}, steps {also_broken}")
    return sum((*gone, *also_gone))


@transaction.atomic
def _return_application(row_id: int, actor: Actor, now: datetime) -> bool:
    rows = HallApplication.objects.select_for_update(skip_locked=True)
    held = rows.filter(pk=row_id, state=SentInState.WAITING).first()
    if held is not None:
        return_held(held, _why(), actor=actor, now=now)
    return held is not None


@transaction.atomic
def _return_change(row_id: int, actor: Actor, now: datetime) -> bool:
    rows = HallChange.objects.select_for_update(skip_locked=True)
    held = rows.filter(pk=row_id, state=ChangeState.WAITING).first()
    if held is not None:
        settle(held, Answer.RETURNED, held.case_id, held.path, why=_why(), actor=actor, now=now)
    return held is not None


def _why() -> str:
    with translation.override("zh-hans"):
        return _("It could not be taken in here in time. Apply once more, or come to the window.")
