"""The same act on many cases: a preview that names each refusal, then those that may be, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from linli.cases.engine.saying import clean
from linli.cases.engine.trying import Tried as Outcome
from linli.cases.engine.trying import try_moves
from linli.cases.models import Case
from linli.cases.queries.bases import given_with
from linli.cases.queries.kinds import kind_of
from linli.cases.services.assigning import offer_many, revoke_many
from linli.cases.services.perform import perform_many
from linli.cases.types.acting import MERGE, UNMERGE, Act, Typed
from linli.cases.types.kinds import Ask, CaseKind
from linli.cases.types.moves import Given, To, Wish
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

# what a page shows at once; more is done page by page
MOST_PICKED = 200
# steps that every kind has and that are taken for many at once
STEPS = (Act.OFFER, Act.REVOKE)
BY_MOVE = "each move names its permit, which is required for every single case"


@dataclass(frozen=True, slots=True)
class Tried:
    """One case of a bulk act: the state it was in, and why it is left out, or nothing."""

    case: Case
    before: str
    refusal: str = ""
    code: str = ""


@open_to_all(BY_MOVE)
def preview_move(
    cases: Sequence[Case], name: str, given: Typed, *, actor: Actor, now: datetime
) -> list[Tried]:
    """Say of each case whether the move would be made; nothing changes.

    Refuses with NotFound what is done one by one.
    """
    if name in STEPS:
        return _stepped(cases, name, given, actor=actor, now=now, is_tried=True)
    wishes = _wishes(cases, name, given, now)
    return _told(cases, try_moves(wishes, actor=actor, now=now))


@open_to_all(BY_MOVE)
def move_many(
    cases: Sequence[Case], name: str, given: Typed, *, actor: Actor, now: datetime
) -> list[Tried]:
    """Make a move of many cases in the running transaction; each refused one is named.

    `Case.seq` is what the caller read, so that nobody's news is passed over. Refuses with NotFound
    what is done one by one.
    """
    if name in STEPS:
        return _stepped(cases, name, given, actor=actor, now=now, is_tried=False)
    tried = try_moves(_wishes(cases, name, given, now), actor=actor, now=now, is_held=True)
    good = [wish for wish, _held, refusal in tried if refusal is None]
    if good:
        perform_many(good, actor=actor, now=now)
    return _told(cases, tried)


def _told(cases: Sequence[Case], tried: Sequence[Outcome]) -> list[Tried]:
    by_id = {case.pk: case for case in cases}
    return [
        Tried(
            by_id[wish.case_id], by_id[wish.case_id].state, str(refusal or ""),
            refusal.code if refusal else "",
        )
        for wish, _held, refusal in tried
    ]  # fmt: skip


def _stepped(
    cases: Sequence[Case], name: str, given: Typed, *, actor: Actor, now: datetime, is_tried: bool
) -> list[Tried]:
    """The steps that every kind has: hand on to one post, or take back what nobody answered."""
    wishes = [Wish(case.pk, name, expected_seq=case.seq) for case in cases]
    if name == Act.REVOKE:
        reason = clean(given.text("reason"), field="reason")
        tried = revoke_many(wishes, reason=reason, is_tried=is_tried, actor=actor, now=now)
    else:
        to = To(given.text("role"), given.number("org"), given.number("post"))
        note = given.text("note")
        tried = offer_many(wishes, to, note=note, is_tried=is_tried, actor=actor, now=now)
    return _told(cases, tried)


def _wishes(cases: Sequence[Case], name: str, typed: Typed, now: datetime) -> list[Wish]:
    """What is asked of each case: worked out once for all cases of a kind."""
    kinds = {(case.kind, case.version) for case in cases}
    given = {one: _given(kind_of(*one), name, typed, now) for one in kinds}
    return [Wish(case.pk, name, given[case.kind, case.version], case.seq) for case in cases]


def _given(kind: CaseKind, name: str, typed: Typed, now: datetime) -> Given:
    """Merging and moves that ask for files are made one by one: there each case has its own."""
    move = kind.move(name) if name in kind.machine.moves else None
    if name in (MERGE, UNMERGE) or (move is not None and Ask.EVIDENCE in move.asks):
        raise NotFound()
    return given_with(move, typed, localdate(now)) if move is not None else Given()
