"""A request to take a case up again, decided by a supervisor in its own time."""

from __future__ import annotations

from datetime import datetime

from linli.cases.engine.saying import clean
from linli.cases.services.perform import perform
from linli.cases.types.moves import At, Done, Given, Wish
from linli.kernel.permits import Actor, open_to_all

BY_MOVE = "the move names its permit, which the engine requires at the case's place and level"


@open_to_all(BY_MOVE)
def take_up_again(at: At, *, text: str = "", actor: Actor, now: datetime) -> Done:
    """Take a case up again: its clocks begin anew, and rates count another cycle.

    Refuses with NotFound, NotAllowed, WrongState, MovedMeanwhile.
    """
    public = {"text": clean(text)} if text.strip() else None
    wish = Wish(at.case_id, "reopen", Given(public=public), at.expected_seq, at.key)
    return perform(wish, actor=actor, now=now)


@open_to_all(BY_MOVE)
def leave_closed(at: At, *, basis: str, text: str, actor: Actor, now: datetime) -> Done:
    """Leave a case closed; the reporter reads why and by which rule.

    Refuses with NotFound, NotAllowed, WrongState, MovedMeanwhile, Missing.
    """
    given = Given(public={"text": clean(text)}, internal={"basis": clean(basis)})
    wish = Wish(at.case_id, "keep_closed", given, at.expected_seq, at.key)
    return perform(wish, actor=actor, now=now)
