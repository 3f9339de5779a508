"""What a reporter may do with her own case from where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from linli.cases.models import Case, CaseClock, CaseEvent
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.wholes import following_ids, tells_others, wholes_of
from linli.cases.rules.following import is_in_time, lapsing
from linli.cases.types.kinds import By, Stage

# she says that it is solved: by the first what was done stands as it did, by the second an answer settles it
CONFIRM, AGREE = "confirm", "agree"
# she takes back what is hers of a case that goes on for others who reported the same
STEP_OUT = "step_out"
ASK_REOPEN = "ask_reopen"
# she answers what the office asked
ANSWER = "add"


def own_moves(case: Case, now: datetime, *, whole: Case | None = None) -> frozenset[str]:
    """Return the reporter's own moves from here; words she may add as long as it is open.

    `whole` is the case that stands for this one, of whoever has read it already.
    """
    said = _said(case)
    if STEP_OUT in said:
        return frozenset()
    if case.merged_into_id:
        return _moves_on_whole(whole or whole_of(case), now)
    kind = kind_of(case.kind, case.version)
    own = {
        move.name
        for move in kind.machine.moves.values()
        if getattr(move, "by", None) is By.REPORTER and case.state in {str(s) for s in move.source}
    }
    if ASK_REOPEN in own and not _in_time(case, now):
        own.discard(ASK_REOPEN)
    if may_confirm(case, own, said):
        own.add(AGREE)
    elif CONFIRM in said:
        own.discard(AGREE)
    return frozenset(own | ({"add_words"} if case.is_open and "add" not in own else set()))


def _moves_on_whole(whole: Case | None, now: datetime) -> frozenset[str]:
    """Return what she may do about a case that hers is the same as, with her own number."""
    if whole is None or not tells_others(whole):
        return frozenset()
    may_object = whole.state in sources_of(whole, ASK_REOPEN) and _in_time(whole, now)
    return frozenset(
        ({"add_words"} if whole.is_open else set()) | ({ASK_REOPEN} if may_object else set())
    )


def whole_of(case: Case) -> Case | None:
    """Return the case that stands for one which is the same as others, or None."""
    found = wholes_of([case]).get(case.pk)
    return Case.objects.filter(pk=found).first() if found else None


def sources_of(case: Case, name: str) -> frozenset[str]:
    """Return the states from which a move of the case's kind is made; none if it has none."""
    move = kind_of(case.kind, case.version).machine.moves.get(name)
    return frozenset(str(state) for state in move.source) if move else frozenset()


def may_confirm(case: Case, own: set[str], said: frozenset[str]) -> bool:
    """Say whether the reporter may still say of what is done that it is solved: once in a cycle."""
    stage = kind_of(case.kind, case.version).stage(case.state)
    return stage is Stage.SOLVED and ASK_REOPEN in own and said.isdisjoint((CONFIRM, AGREE))


def has_left(case_id: int) -> bool:
    """Say whether the reporter took back what is hers, while the case goes on for others."""
    return CaseEvent.objects.filter(case_id=case_id, move=STEP_OUT).exists()


def who_left(case_ids: Iterable[int]) -> set[int]:
    """Return those of the cases whose reporters took back what is theirs."""
    steps = CaseEvent.objects.filter(case_id__in=list(case_ids), move=STEP_OUT)
    return set(steps.values_list("case_id", flat=True))


def is_shared(case_id: int) -> bool:
    """Say whether others reported the same and follow a case: its first reporter decides for herself alone."""
    return bool(following_ids(case_id))


def _in_time(case: Case, now: datetime) -> bool:
    """Say whether an end without a result may still be objected to; other states end by themselves in time."""
    keys = lapsing(kind_of(case.kind, case.version), case.state)
    if not keys:
        return True
    clock = CaseClock.objects.filter(case_id=case.pk, cycle=case.cycle, key__in=keys).first()
    return is_in_time(clock, now)


def _said(case: Case) -> frozenset[str]:
    """What she said so far: in this cycle that it is solved, once for all that she leaves."""
    steps = CaseEvent.objects.filter(case_id=case.pk, move__in=(CONFIRM, AGREE, STEP_OUT))
    told = steps.values_list("move", "cycle")
    return frozenset(move for move, cycle in told if move == STEP_OUT or cycle == case.cycle)
