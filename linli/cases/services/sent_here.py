"""What another office says of a case that it sent here: until when, whom to reach, whether it takes it back.

The hotline is such an office. What it says is a step of the case like any other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.checking import reached
from linli.cases.engine.deciding import hand_of
from linli.cases.engine.performing import refuse_kept_from
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.models import Reporter
from linli.cases.models.contacts import as_kept, contact_of
from linli.cases.models.holding import hold_cases
from linli.cases.queries.ground import ground
from linli.cases.queries.intake import says_new
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.extending import live_clock
from linli.cases.rules.projecting import moves_at
from linli.cases.rules.reaching import corrected
from linli.cases.rules.ticking import going, recounted, set_last, stopped, with_last
from linli.cases.services.perform import perform
from linli.cases.types.filing import Correction, Naming
from linli.cases.types.kinds import CaseKind, ClockDef
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.cases.types.shapes import ClockNow
from linli.cases.types.words import GOING, ClockState
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all, system_actor

CLOCK, REFER = "solve", "refer"
SENDER = system_actor("cases.sent_here")
BY_SENDER = "the app that speaks for the sender asks for its own permit at the place of the case"


@open_to_all(BY_SENDER)
@transaction.atomic
def set_last_moment(at: At, last: datetime | None, *, actor: Actor, now: datetime) -> Done:
    """Give the time to solve a case a last moment that its sender set; None takes it away.

    It never gives more time than the law. Refuses with NoSuchClock once the case is over.
    """

    def build(held: Held, kind: CaseKind) -> Given:
        clock = with_last(live_clock(held.standing, CLOCK), last)
        facts = {"clock": CLOCK, "last": None if last is None else last.isoformat()}
        return Given(facts=facts, clocks=(_counted(clock, kind),))

    return perform_step(at.wish("set_last"), build, permit=None, actor=actor, now=now)


@open_to_all("part of merging, which asked for its own permit")
@transaction.atomic
def share_last_moment(part: Held, whole_id: int, *, actor: Actor, now: datetime) -> Done | None:
    """Let a case keep the last moment that was set for one which turned out to be the same.

    None where that one had none, where this one has an earlier one, or has no such clock any more.
    """
    last, known = _last_of(part), _last_of(hold_cases([whole_id])[whole_id])
    if last is None or (known is not None and known <= last):
        return None
    return follow_last_moment(At(whole_id), last, actor=actor, now=now)


def _last_of(held: Held) -> datetime | None:
    clock = held.standing.clock(CLOCK)
    return None if clock is None else set_last(clock)


@open_to_all(BY_SENDER)
@transaction.atomic
def follow_last_moment(
    at: At, last: datetime | None, *, actor: Actor, now: datetime
) -> Done | None:
    """As `set_last_moment`, or None where nothing has to be solved at the moment: answered, or asked to reopen."""
    held = hold_cases([at.case_id])[at.case_id]
    clock = held.standing.clock(CLOCK)
    if clock is None or clock.state not in GOING:
        return None
    return set_last_moment(at, last, actor=actor, now=now)


@open_to_all(BY_SENDER)
@transaction.atomic
def correct_contact(at: At, given: Correction, *, actor: Actor, now: datetime) -> Done | None:
    """Take over how the reporter of an open case is reached, as its sender corrects it.

    The story says which of it was corrected, not how. None if nothing is new, the case is over or
    she was forgotten. Refuses with Invalid in phone.
    """
    # whoever forgets her holds the case first, too
    hold_cases([at.case_id])
    found = Reporter.objects.filter(pk=at.case_id, case__is_open=True, forgotten_at=None).first()
    if found is None or not says_new(found, given):
        return None
    kept, naming = contact_of(found), Naming(found.naming)
    contact, now_named = corrected(kept, naming, replace(given, contact=reached(given.contact)))
    Reporter.objects.filter(pk=found.pk).update(naming=now_named, **as_kept(contact, found.pk))
    changed = {"name": contact.name != kept.name, "phone": contact.phone != kept.phone,
               "naming": now_named != naming}  # fmt: skip
    said = Given(facts={what: 1 for what, is_new in changed.items() if is_new})
    wish = at.wish("set_contact")
    return perform_step(wish, lambda held, kind: said, permit=None, actor=actor, now=now)


@transaction.atomic
def ask_return(
    at: At, reason: str, *, to: str, stops_clock: bool, actor: Actor, now: datetime
) -> Done:
    """Ask whoever sent a case to take it back, with the reason and the body that is in charge.

    The clock goes on unless the sender's rule stops it. Refuses with NotAllowed, Missing,
    WrongState for a case that cannot be referred any more.
    """
    said = {"reason": f"{clean(reason, field='reason')}\n→ {clean(to, field='body')}"}

    def build(held: Held, kind: CaseKind) -> Given:
        kind.machine.after(held.standing.state, REFER)
        clock = held.standing.clock(CLOCK)
        is_stopped = stops_clock and clock is not None and clock.state == ClockState.RUNNING
        clocks = (stopped(clock, now),) if is_stopped and clock is not None else ()
        return Given(internal=said, facts={"clock": CLOCK} if clocks else {}, clocks=clocks)

    return perform_step(at.wish("ask_return"), build, permit=permits.HANDLE, actor=actor, now=now)


@open_to_all(BY_SENDER)
@transaction.atomic
def accept_return(at: At, words: str, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Note that the sender takes a case back: it ends as referred, wherever that is possible from where it stands.

    The sender decides and the actor only notes it, whichever post has the case; the steps name her.
    What was answered, merged or taken back meanwhile stays as it is; that the sender has it is
    noted all the same. Refuses with NotFound, also whom the case is about, Missing.
    """
    text, (held, moves) = clean(words, field="words"), _held_with_moves(at)
    refuse_kept_from(held.standing.columns, actor, is_reporter=False)
    hand = hand_of(actor, held.path)
    if "resume" in moves:
        # what the reporter was asked is for the other office to ask now
        perform(Wish(at.case_id, "resume"), actor=SENDER, now=now, hand=hand)
        moves = _held_with_moves(at)[1]
    if REFER in moves:
        given = Given(public={"text": text}, internal={"reason": reason}, facts={"reason": 1})
        return perform(Wish(at.case_id, REFER, given), actor=SENDER, now=now, hand=hand)
    said = Given(internal={"note": text})
    wish = at.wish("return_accepted")
    return perform_step(wish, lambda held, kind: said, permit=None, actor=actor, now=now)


def _held_with_moves(at: At) -> tuple[Held, frozenset[str]]:
    """Hold a case, so that nobody is faster, and return it with the moves that it has from where it stands."""
    held = hold_cases([at.case_id]).get(at.case_id)
    if held is None:
        raise NotFound()
    kind = kind_of(held.standing.kind, held.standing.version)
    return held, moves_at(kind, held.standing.state)


@open_to_all(BY_SENDER)
@transaction.atomic
def refuse_return(at: At, words: str, *, actor: Actor, now: datetime) -> Done:
    """Note that the sender does not take a case back: it goes on, and so does a clock that stood.

    Refuses with NotFound, also whom the case is about, Missing.
    """
    said = {"note": clean(words, field="words")}

    def build(held: Held, kind: CaseKind) -> Given:
        refuse_kept_from(held.standing.columns, actor, is_reporter=False)
        clock = held.standing.clock(CLOCK)
        if clock is None or clock.state != ClockState.PAUSED or _waits(held, kind):
            return Given(internal=said)
        return Given(internal=said, clocks=(_counted(_resumed(clock, now), kind),))

    return perform_step(at.wish("return_refused"), build, permit=None, actor=actor, now=now)


def _waits(held: Held, kind: CaseKind) -> bool:
    """Say whether the clock stands still for another reason: the case waits for its reporter."""
    return any(held.standing.state in one.pauses for one in kind.clocks if one.key == CLOCK)


def _resumed(clock: ClockNow, now: datetime) -> ClockNow:
    """The sender's last moment moves by as long as its own rule let the clock stand."""
    last, since = set_last(clock), clock.pauses[-1][0]
    again = going(clock, now)
    return again if last is None else with_last(again, last + (now - since))


def _counted(clock: ClockNow, kind: CaseKind) -> ClockNow:
    if clock.state != ClockState.RUNNING:
        return clock
    warn = next((one.warn for one in kind.clocks if one.key == CLOCK), ClockDef.warn)
    return recounted(replace(clock, is_overdue=False), ground(), warn=warn)
