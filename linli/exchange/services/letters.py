"""Letters that go out over connections: queued, sent once, tried again, given up, sent anew or let go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients import hall, payments, seals
from linli.exchange.clients.lines import line_of, warn
from linli.exchange.clients.wire import Line
from linli.exchange.models import Letter
from linli.exchange.queries import connections as queries
from linli.exchange.queries.reasons import tidy_reason
from linli.exchange.rules.going_on import Clock, going_on
from linli.exchange.rules.letters import LOST_AFTER, pause_after
from linli.exchange.services.linking import note_try
from linli.exchange.states import LETTER, LetterState
from linli.exchange.types.connections import NO_ANSWER, Later, Never, System
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

BY_JOB = "run by its job alone"
AT_ONCE = 50
SENDERS: dict[System, Callable[..., None]] = {
    System.HALL: hall.push,
    System.PAYMENTS: payments.push_act,
    System.SEALS: seals.push_seal,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about: the other side's number, the letter's place in the order, and where."""

    system: System
    ref: str
    seq: int
    path: str


@open_to_all("part of the act that has something to tell, whose service asked for its permit")
def queue_letter(
    about: Matter, kind: str, body: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Letter:
    """Queue a letter in the running transaction; the same number of the same matter is one letter."""
    made, _is_new = Letter.objects.get_or_create(
        system=about.system, ref=about.ref, seq=about.seq,
        defaults={"path": about.path, "kind": kind, "body": dict(body), "due_at": now, "made_at": now},
    )  # fmt: skip
    return made


@open_to_all(BY_JOB)
def send_due(system: System, *, actor: Actor, now: datetime) -> int:
    """Send what is due, each matter in its order; return how many letters were taken there.

    Where one gets no answer the others wait for the next time: each would wait as long for nothing.
    """
    line, sent, clock = line_of(system), 0, going_on(now)
    if line is None:
        return 0
    for _round in range(AT_ONCE):
        before = sent
        for letter_id in queries.due_letters(system, now, AT_ONCE):
            fault = _send(letter_id, line, clock, actor, now)
            if fault == NO_ANSWER:
                return sent
            sent += fault == ""
        # the next letter of a matter may go at once where the one before it went
        if sent == before:
            break
    return sent


def _send(letter_id: int, line: Line, clock: Clock, actor: Actor, now: datetime) -> str | None:
    """Send a letter; return what went wrong, nothing where it went, None where it was not to go now."""
    letter = _begun(letter_id, now)
    if letter is None:
        return None
    system = System(letter.system)
    told = {
        **letter.body,
        "number": letter.ref,
        "seq": letter.seq,
        "at": letter.made_at.isoformat(),
    }
    try:
        SENDERS[system](line, told, name=str(letter.uuid), now=now)
    except Later as fault:
        note_try(system, fault=str(fault), actor=actor, now=clock())
        _settle(letter.pk, str(fault), is_final=pause_after(letter.tries) is None, now=now)
        return str(fault)
    except Never as fault:
        _settle(letter.pk, str(fault), is_final=True, now=now)
        return str(fault)
    note_try(system, actor=actor, now=clock())
    _settle(letter.pk, "", is_final=True, now=now)
    return ""


@transaction.atomic
def _begun(letter_id: int, now: datetime) -> Letter | None:
    """Take a letter up; whoever dies with it in hand leaves it to the next after a while."""
    waits = Letter.objects.select_for_update(skip_locked=True)
    letter = waits.filter(pk=letter_id, state=LetterState.WAITING, due_at__lte=now).first()
    if letter is None:
        return None
    letter.tries, letter.due_at = letter.tries + 1, now + LOST_AFTER
    letter.save(update_fields=["tries", "due_at"])
    return letter


@transaction.atomic
def _settle(letter_id: int, fault: str, *, is_final: bool, now: datetime) -> None:
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    if letter.state != LetterState.WAITING:
        return
    letter.fault = fault[:60]
    pause = pause_after(letter.tries)
    if is_final or pause is None:
        letter.state = LETTER.after(letter.state, "give_up" if fault else "send")
        letter.ended_at = now
    else:
        letter.due_at = now + pause
    letter.save(update_fields=["fault", "state", "ended_at", "due_at"])
    if letter.state == LetterState.DEAD:
        warn("letter_dead", System(letter.system), ref=letter.ref, fault=letter.fault)


@transaction.atomic
def revive_letter(letter: Letter, *, actor: Actor, now: datetime) -> Letter:
    """Send a letter that was given up again, from the first pause. Refuses with NotAllowed, WrongState."""
    letter = _dead(letter, "revive", actor)
    letter.state, letter.tries, letter.due_at = LETTER.after(letter.state, "revive"), 0, now
    letter.ended_at, letter.fault = None, ""
    return _noted(letter, "exchange.letter_revived", actor, now)


@transaction.atomic
def drop_letter(letter: Letter, why: str, *, actor: Actor, now: datetime) -> Letter:
    """Let a letter go that was given up, with the reason; what waits behind it goes on.

    Refuses with NotAllowed, WrongState, Invalid without a reason.
    """
    letter = _dead(letter, "drop", actor)
    letter.state, letter.why = LETTER.after(letter.state, "drop"), tidy_reason(why)
    letter.ended_at, letter.ended_by = now, actor.label[:120]
    return _noted(letter, "exchange.letter_dropped", actor, now)


def _dead(letter: Letter, move: str, actor: Actor) -> Letter:
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    require(actor, permits.CONNECT, at=letter.path)
    LETTER.after(letter.state, move)
    return letter


def _noted(letter: Letter, verb: str, actor: Actor, now: datetime) -> Letter:
    letter.save()
    record(
        verb, on=letter, actor=actor, now=now, place=letter.path, number=letter.ref, seq=letter.seq
    )
    return letter
