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
from linli.cases.queries.bases import with_basis
from linli.cases.queries.kinds import kind_of
from linli.cases.rules.asking import given_of
from linli.cases.services.assigning import offer_many, revoke_many
from linli.cases.services.perform import perform_many
from linli.cases.types.acting import MERGE, UNMERGE, Act, Typed
from linli.cases.types.kinds import Ask
from linli.cases.types.moves import To, Wish
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
    return _tried(cases, name, given, actor=actor, now=now, is_held=False)


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
    found = _tried(cases, name, given, actor=actor, now=now, is_held=True)
    good = {one.case.pk for one in found if not one.refusal}
    wishes = [wish for wish in _wishes(cases, name, given, now) if wish.case_id in good]
    if wishes:
        perform_many(wishes, actor=actor, now=now)
    return found


def _tried(
    cases: Sequence[Case], name: str, given: Typed, *, actor: Actor, now: datetime, is_held: bool
) -> list[Tried]:
    wishes = _wishes(cases, name, given, now)
    return _told(cases, try_moves(wishes, actor=actor, now=now, is_held=is_held))


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


def _wishes(cases: Sequence[Case], name: str, given: Typed, now: datetime) -> list[Wish]:
    """Merging and moves that ask for files are made one by one: there each case has its own."""
    wishes: list[Wish] = []
    for case in cases:
        kind = kind_of(case.kind, case.version)
        asks = kind.move(name).asks if name in kind.machine.moves else ()
        if name in (MERGE, UNMERGE) or Ask.EVIDENCE in asks:
            raise NotFound()
        typed = given
        if Ask.BASIS in asks:
            typed = with_basis(kind.move(name), given, localdate(now))
        wishes.append(Wish(case.pk, name, given_of(asks, typed), case.seq))
    return wishes
