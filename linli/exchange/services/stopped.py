"""After a restore: letters that wait may have gone already, so a person says whether they go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.exchange.models import Letter
from linli.exchange.queries.waiting_long import RESTORED, stopped_letters
from linli.exchange.services.letters import drop_letter, revive_letter
from linli.exchange.states import LETTER, LetterState
from linli.kernel.each import each
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("called by restore alone, before anything is sent")
@transaction.atomic
def stop_waiting(epoch: int, *, actor: Actor, now: datetime) -> int:
    """Give up the letters that wait, until a person sends them or lets them go; return how many."""
    end = LETTER.after(LetterState.WAITING, "give_up")
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    count = waiting.update(state=end, fault=RESTORED, ended_at=now)
    record("exchange.letters_stopped", on=("trail.epoch", epoch), actor=actor, now=now, count=count)
    return count


@open_to_all("each letter asks for the permit at its place")
def send_stopped(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Send what a restore stopped; return how many letters, and how many could not be."""
    found = list(stopped_letters())
    broken = each("exchange.stopped", found, lambda one: revive_letter(one, actor=actor, now=now))
    return len(found) - len(broken), len(broken)


@open_to_all("each letter asks for the permit at its place")
def drop_stopped(why: str, *, actor: Actor, now: datetime) -> tuple[int, int]:
    """Let go what a restore stopped, since the other side has it; return how many, and how many could not be."""
    found = list(stopped_letters())
    broken = each(
        "exchange.stopped", found, lambda one: drop_letter(one, why, actor=actor, now=now)
    )
    return len(found) - len(broken), len(broken)
