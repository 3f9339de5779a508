"""What the move of one case means for others: by kind, safe to run again."""

from __future__ import annotations

from datetime import datetime

from linli.cases.models.holding import read_cases
from linli.cases.services.directives import complete_round
from linli.cases.services.petitions import REVIEWS, follow_review
from linli.cases.services.property import KIND, hand_property_on
from linli.kernel.permits import Actor, open_to_all


@open_to_all("run by its job alone: the move that caused it had its own permit")
def follow_up(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Do what a case's present state means elsewhere; nothing where it means nothing."""
    held = read_cases([case_id]).get(case_id)
    if held is None:
        return
    if held.standing.kind in REVIEWS:
        follow_review(case_id, actor=actor, now=now)
    elif held.standing.kind == KIND:
        hand_property_on(case_id, actor=actor, now=now)
    elif held.standing.kind == "directive":
        complete_round(case_id, actor=actor, now=now)
