"""The whole tables of moves, written out."""

import pytest

from linli.documents.states import DOCUMENT, SEAL_USE, DocumentState, SealState
from linli.kernel.errors import WrongState

SEAL_MOVES = {
    (SealState.REQUESTED, "approve"): SealState.APPROVED,
    (SealState.REQUESTED, "refuse"): SealState.REFUSED,
    (SealState.REQUESTED, "cancel"): SealState.CANCELLED,
    (SealState.APPROVED, "stamp"): SealState.STAMPED,
    (SealState.APPROVED, "cancel"): SealState.CANCELLED,
}


@pytest.mark.parametrize("state", list(SealState))
@pytest.mark.parametrize("move", list(SEAL_USE.moves))
def test_every_state_and_move_of_a_seal_use(state: SealState, move: str) -> None:
    if (state, move) in SEAL_MOVES:
        assert SEAL_USE.after(state, move) == SEAL_MOVES[state, move]
    else:
        with pytest.raises(WrongState):
            SEAL_USE.after(state, move)


def test_a_withdrawn_paper_stays_withdrawn() -> None:
    assert DOCUMENT.after(DocumentState.ISSUED, "withdraw") == DocumentState.WITHDRAWN
    with pytest.raises(WrongState):
        DOCUMENT.after(DocumentState.WITHDRAWN, "withdraw")
