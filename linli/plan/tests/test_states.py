"""How filings, pilots and visits go on: every state with every move."""

from __future__ import annotations

import pytest

from linli.kernel.errors import WrongState
from linli.plan.states import FILING, PILOT, VISIT, FilingState, PilotState, VisitState

FILINGS = {
    ("filed", "return"): "returned",
    ("returned", "refile"): "filed",
    ("filed", "accept"): "accepted",
}
PILOTS = {("running", "end"): "ended"}
VISITS = {
    ("open", "answer"): "answered",
    ("answered", "reopen"): "open",
    ("open", "close"): "closed",
    ("answered", "close"): "closed",
}


@pytest.mark.parametrize(
    ("machine", "possible", "state", "move"),
    [
        *((FILING, FILINGS, s, m) for s in FilingState for m in FILING.moves),
        *((PILOT, PILOTS, s, m) for s in PilotState for m in PILOT.moves),
        *((VISIT, VISITS, s, m) for s in VisitState for m in VISIT.moves),
    ],
)
def test_every_state_and_move(machine, possible, state, move) -> None:  # type: ignore[no-untyped-def]
    if (state, move) in possible:
        assert machine.after(state, move) == possible[state, move]
    else:
        with pytest.raises(WrongState):
            machine.after(state, move)
