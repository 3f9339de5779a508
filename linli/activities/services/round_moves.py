"""The steps of a round by name, as page and API take them."""

from __future__ import annotations

from datetime import datetime

from linli.activities.models import Round
from linli.activities.services.round_posts import post_round
from linli.activities.services.rounds import decide_round, draw_round, drop_round
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

STEPS = {"draw": draw_round, "decide": decide_round, "drop": drop_round, "post": post_round}


@open_to_all("each step asks for the permit at its round")
def step_round(
    at: Round, step: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> Round:
    """Draw a round, decide it, call it off or post its outcome.

    Refuses with NotFound for another step, NotAllowed, WrongState, RoundClosed, AlreadyPosted, Stale.
    """
    if step not in STEPS:
        raise NotFound()
    return STEPS[step](at, edition=edition, actor=actor, now=now)
