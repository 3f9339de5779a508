"""The result is handed over: at the counter, by post, or as an electronic certificate (PS-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.cases.services.perform import perform
from linli.cases.types.moves import At, Done, Given
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.queries.applications import application_of
from linli.offerings.types.applications import Handed

BY_MOVE = "the move names its permit, which the engine requires at the place and level"
MOST_PROOF = 120


@open_to_all(BY_MOVE)
@transaction.atomic
def deliver(at: At, handed: Handed, *, actor: Actor, now: datetime) -> Done:
    """Note how a result was handed over and what shows it.

    Refuses with NotAllowed, WrongState, FeeOpen while a fee is open, Incomplete without a proof.
    """
    proof = handed.proof.strip()[:MOST_PROOF]
    given = Given(facts={"evidence": 1, "way": handed.way}, internal={"proof": proof})
    is_denied = application_of(at.case_id).case.state == "denied"
    name = "deliver_denial" if is_denied else "deliver"
    return perform(replace(at.wish(name), given=given), actor=actor, now=now)
