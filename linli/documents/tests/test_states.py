"""The whole tables of moves, written out."""

import pytest

from linli.documents.states import (
    DOCUMENT,
    ELECTRONIC_SEAL,
    SEAL_USE,
    DocumentState,
    ElectronicState,
    SealState,
)
from linli.kernel.errors import WrongState

SEAL_MOVES = {
    (SealState.REQUESTED, "approve"): SealState.APPROVED,
    (SealState.REQUESTED, "refuse"): SealState.REFUSED,
    (SealState.REQUESTED, "cancel"): SealState.CANCELLED,
    (SealState.APPROVED, "stamp"): SealState.STAMPED,
    (SealState.APPROVED, "seal"): SealState.SEALED,
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


ELECTRONIC_MOVES = {
    (ElectronicState.ASKED, "seal"): ElectronicState.SEALED,
    (ElectronicState.ASKED, "refuse"): ElectronicState.REFUSED,
    (ElectronicState.ASKED, "call_off"): ElectronicState.CALLED_OFF,
    (ElectronicState.SEALED, "revoke"): ElectronicState.REVOKED,
}


def test_every_state_and_move_of_an_electronic_seal() -> None:
    for state in ElectronicState:
        for move in ELECTRONIC_SEAL.moves:
            if (state, move) in ELECTRONIC_MOVES:
                assert ELECTRONIC_SEAL.after(state, move) == ELECTRONIC_MOVES[state, move]
            else:
                with pytest.raises(WrongState):
                    ELECTRONIC_SEAL.after(state, move)
