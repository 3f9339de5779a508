"""A reporter takes back what is hers while others, who reported the same, still wait for it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce

from linli.cases.engine.reading_first import needless
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import CaseOver
from linli.cases.models import CaseFile, PublicWords
from linli.cases.queries.heard import GO_ON
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own_moves import ANSWER, STEP_OUT, has_left
from linli.cases.queries.releasing import standing_without_reporter
from linli.cases.rules.projecting import moves_at
from linli.cases.services.perform import perform
from linli.cases.services.showing import take_down
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.cases.types.shapes import Hand
from linli.kernel.permits import Actor, open_to_all, system_actor

KEEPER = system_actor("cases.stepping_out")


@open_to_all("whoever has the follow code is the reporter, as the caller has found")
def step_out(at: At, *, actor: Actor, now: datetime) -> Done:
    """Let the case go on without its first reporter: of her words and photos nobody reads any more.

    A question that waits for her answer ends with it. Refuses with WrongState where she could not take it back, with CaseOver if she did already.
    """

    def build(held: Held, kind: CaseKind) -> Given:
        if has_left(held.id):
            raise CaseOver()
        kind.machine.after(held.standing.state, "withdraw")
        return needless(held, standing_without_reporter(held.id), now)

    wish, hand = at.wish(STEP_OUT), Hand("reporter")
    done = perform_step(wish, build, permit=None, actor=actor, now=now, hand=hand)
    if not done.is_repeated:
        _hide(at.case_id, actor, now)
        _go_on_without(done.held, now)
    return done


def _go_on_without(held: Held, now: datetime) -> None:
    """What waits for her answer goes on for the others: nobody is left who could give it."""
    kind, state = kind_of(held.standing.kind, held.standing.version), held.standing.state
    if {ANSWER, GO_ON} <= moves_at(kind, state):
        perform(Wish(held.id, GO_ON), actor=KEEPER, now=now, hand=Hand("job"))


def _hide(case_id: int, actor: Actor, now: datetime) -> None:
    hers = PublicWords.objects.filter(case_id=case_id, is_by_reporter=True)
    # what the office had withheld stays so since its own day
    since = Coalesce("withheld_at", Value(now))
    hers.update(shown=None, shown_nonce=None, released_at=None, withheld_at=since, waits=False)
    photos = CaseFile.objects.filter(case_id=case_id, is_by_reporter=True)
    for one in photos.select_related("shown"):
        take_down(one, reason="withheld", actor=actor, now=now)
    photos.update(withheld_at=since)
