"""What a reporter says of a case that hers is the same as: her words stay with her own number."""

from __future__ import annotations

from datetime import datetime

from linli.cases.engine.accusing import check_own_matter
from linli.cases.errors import CaseOver
from linli.cases.models import Case
from linli.cases.models.holding import hold_cases
from linli.cases.queries.own_moves import ASK_REOPEN, has_left, whole_of
from linli.cases.rules.conflicts import accused_in
from linli.cases.services.perform import perform
from linli.cases.services.words import REPORTER, add_words
from linli.cases.types.moves import At, Done, Given, Wish
from linli.kernel.permits import Actor, open_to_all

HERS = "whoever has the follow code is the reporter, as the caller has found"


@open_to_all(HERS)
def object_for_all(at: At, case: Case, text: str, *, actor: Actor, now: datetime) -> Done:
    """Say of the case that hers is the same as that it is not solved, and why; a supervisor decides.

    Returns her own case with her words. Refuses with WrongState, CaseOver, OwnMatter, Missing.
    """
    check_own_matter(text, is_joined=True)
    whole = whole_of(case)
    if whole is None:
        raise CaseOver()
    held = hold_cases(sorted({case.pk, whole.pk}))
    # of what is about a post nobody else decides: she may be the one whom it is about (AP-07)
    if has_left(case.pk) or accused_in(held[whole.pk].standing.columns):
        raise CaseOver()
    said = add_words(at, text, actor=actor, now=now, facts={"objects": 1})
    if not said.is_repeated:
        # whoever decides reads her words where they are; those who reported it too do not
        facts = {"reason": 1, "by_case": case.pk, "said": said.seq}
        wish = Wish(whole.pk, ASK_REOPEN, Given(facts=facts, by_reporter=True))
        perform(wish, actor=actor, now=now, hand=REPORTER)
    return said
