"""A request to take a case up again, decided by a supervisor in its own time."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from linli.cases.engine.deciding import move_of
from linli.cases.engine.saying import clean
from linli.cases.models import Case
from linli.cases.queries.bases import given_with
from linli.cases.queries.kinds import kind_of
from linli.cases.services.perform import perform
from linli.cases.types.acting import Typed
from linli.cases.types.moves import At, Done, Given, Wish
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

KEEP = "keep_closed"
BY_MOVE = "the move names its permit, which the engine requires at the case's place and level"


@open_to_all(BY_MOVE)
def take_up_again(at: At, *, text: str = "", actor: Actor, now: datetime) -> Done:
    """Take a case up again: its clocks begin anew, and rates count another cycle.

    Refuses with NotFound, NotAllowed, WrongState, MovedMeanwhile, DecidesOwnWork.
    """
    public = {"text": clean(text)} if text.strip() else None
    wish = Wish(at.case_id, "reopen", Given(public=public), at.expected_seq, at.key)
    return perform(wish, actor=actor, now=now)


@open_to_all(BY_MOVE)
def leave_closed(
    at: At, *, key: str = "", basis: str = "", text: str, actor: Actor, now: datetime
) -> Done:
    """Leave a case closed; the reporter reads why and by which rule.

    The rule is a ground of the rulebook by its `key`, a document and article in `basis`, or both.
    Refuses with NotFound, NotAllowed, WrongState, MovedMeanwhile, Missing, DecidesOwnWork.
    """
    case = Case.objects.filter(pk=at.case_id).first()
    if case is None:
        raise NotFound()
    move = move_of(kind_of(case.kind, case.version), KEEP)
    typed = Typed({"text": clean(text), "basis_key": key, "basis": basis})
    given = given_with(move, typed, localdate(now))
    wish = Wish(at.case_id, KEEP, given, at.expected_seq, at.key)
    return perform(wish, actor=actor, now=now)
