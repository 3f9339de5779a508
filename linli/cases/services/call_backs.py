"""回访: a share of ended matters drawn by chance and every bad rating, asked again by another post."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.deciding import hand_in
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import CalledAlready, HandledItself, Missing
from linli.cases.models import CallBack, SampleSeed
from linli.cases.models.holding import hold_cases
from linli.cases.queries.ground import term_end
from linli.cases.queries.sampling import ended_cycles, handled
from linli.cases.rules.clocks import local_day
from linli.cases.rules.sampling import digest_of, is_drawn
from linli.cases.services.joined import object_for_all
from linli.cases.services.perform import perform
from linli.cases.services.rating import CALL
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Given, Held, Wish
from linli.cases.types.rating import HIGHEST, LOWEST, Reached
from linli.cases.types.shapes import Hand
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, Actor, open_to_all, require
from linli.kernel.sealing import commit
from linli.rulebook import queries as rulebook

SHARE, SEED_BYTES = "rating.sample", 32
# a night that was missed is made up for
LOOK_BACK = timedelta(days=10)
MOST_NOTE = 500
CALLED, ASK_REOPEN = "called_back", "ask_reopen"


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a call. `grade` and `is_solved` are what the reporter said, if she was reached."""

    reached: Reached
    grade: int | None = None
    is_solved: bool | None = None
    note: str = ""
    wants_reopening: bool = False


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def draw_sample(*, actor: Actor, now: datetime) -> int:
    """Draw among the cycles that ended lately; return how many are new. Safe to run again."""
    drawn: list[CallBack] = []
    seeds: dict[date, bytes] = {}
    for cycle in ended_cycles(now - LOOK_BACK, now):
        day = local_day(cycle.ended_at)
        share, month = rulebook.lookup(SHARE, cycle.path, day).share, day.replace(day=1)
        if month not in seeds:
            seeds[month] = _seed_of(month, now)
        if is_drawn(seeds[month], cycle.uuid, cycle.cycle, share.num, share.den):
            due_at = term_end(CALL, cycle.path, now)
            drawn.append(
                CallBack(
                    case_id=cycle.case_id, cycle=cycle.cycle, is_sample=True, made_at=now,
                    due_at=due_at,
                )
            )  # fmt: skip
    return _add(drawn)


def _add(drawn: Sequence[CallBack]) -> int:
    """Add what is new; one that is called back for its rating already is now drawn as well."""
    new = 0
    # as whoever rates does: the case first, then its calls
    hold_cases(sorted(one.case_id for one in drawn))
    for one in drawn:
        known = CallBack.objects.filter(case_id=one.case_id, cycle=one.cycle, by_case=None)
        if not known.exists():
            one.save()
            new += 1
        elif not known.filter(is_sample=True).exists():
            known.update(is_sample=True)
    return new


def _seed_of(month: date, now: datetime) -> bytes:
    """Return the seed of the month that begins on a day, made when it is first needed."""
    seed = os.urandom(SEED_BYTES)
    known, _is_new = SampleSeed.objects.get_or_create(
        month=month,
        defaults={"seed": seed, "digest": digest_of(seed), "made_at": now},
    )
    return bytes(known.seed)


@transaction.atomic
def record_call(call_id: int, heard: Heard, *, actor: Actor, now: datetime) -> CallBack:
    """Write down what came of a call; on her wish the reporter's request to reopen goes with it.

    Refuses with NotFound, NotAllowed, CalledAlready, HandledItself, Missing.
    """
    call = _hold_call(call_id)
    case = call.case
    require(actor, permits.CALL_BACK, at=case.path, level=case.level)
    if handled(actor, case) or handled(actor, call.whose):
        raise HandledItself()
    if call.done_at is not None and call.reached != Reached.NO:
        raise CalledAlready()
    _check(heard)
    if heard.wants_reopening and call.cycle != case.cycle:
        raise Missing(
            {
                "wants_reopening": [
                    _("It was taken up again since the round that this call is about.")
                ]
            }
        )
    _write(call, heard, actor, now)
    if heard.wants_reopening and heard.reached is Reached.YES:
        _ask_reopening(call, heard.note, actor, now)
    return call


def _hold_call(call_id: int) -> CallBack:
    """Lock the cases of a call, then the call, as whoever rates it does. Refuses with NotFound."""
    found = CallBack.objects.filter(pk=call_id)
    cases = found.values_list("case_id", "by_case_id")
    hold_cases(sorted({one for pair in cases for one in pair if one is not None}))
    call = found.select_for_update(of=("self",)).select_related("case", "by_case").first()
    if call is None:
        raise NotFound()
    return call


def _check(heard: Heard) -> None:
    if heard.reached is not Reached.YES:
        return
    lacks: dict[str, list[str]] = {}
    if heard.grade is None or not LOWEST <= heard.grade <= HIGHEST:
        lacks["grade"] = [_("This is needed here.")]
    if heard.is_solved is None:
        lacks["is_solved"] = [_("This is needed here.")]
    if heard.wants_reopening and not heard.note.strip():
        lacks["note"] = [_("This is needed here.")]
    if lacks:
        raise Missing(lacks)


def _noted(text: str) -> str:
    """Return the note of a call as it is kept. Refuses with Missing one that is too long."""
    return clean(text, field="note", most=MOST_NOTE) if text.strip() else ""


def _write(call: CallBack, heard: Heard, actor: Actor, now: datetime) -> None:
    was_reached = heard.reached is Reached.YES
    call.reached, call.done_at, call.note = heard.reached, now, _noted(heard.note)
    call.grade = heard.grade if was_reached else None
    call.is_solved = heard.is_solved if was_reached else None
    call.account_id = actor.account_id
    nonce, committed = commit(
        {"reached": str(call.reached), "grade": call.grade, "is_solved": call.is_solved}
    )
    call.nonce = nonce

    def build(held: Held, kind: CaseKind) -> Given:
        call.post_id = hand_in(actor, held).post_id
        of = {} if call.by_case_id is None else {"of_case": call.case_id}
        return Given(facts={"call": committed.hex(), "of_cycle": call.cycle, **of})

    # her own report may lie elsewhere than the matter, whose place has been asked for the permit
    permit = permits.CALL_BACK if call.by_case_id is None else None
    at = At(call.whose.pk)
    perform_step(at.wish(CALLED), build, permit=permit, actor=actor, now=now)
    call.save()


def _ask_reopening(call: CallBack, note: str, actor: Actor, now: datetime) -> None:
    """The reporter asks by telephone; whoever calls only writes it down. Refuses with WrongState."""
    if call.by_case is not None:
        object_for_all(At(call.by_case.pk), call.by_case, clean(note), actor=NOBODY, now=now)
        return
    given = Given(internal={"reason": clean(note)}, by_reporter=True)
    perform(Wish(call.case_id, ASK_REOPEN, given), actor=actor, now=now, hand=Hand("reporter"))
