"""The whole table of moves of a delivery, written out."""

import pytest

from linli.kernel.errors import WrongState
from linli.notify.states import DELIVERY
from linli.notify.states import DeliveryState as S

POSSIBLE = {
    (S.QUEUED, "hold"): S.HELD, (S.HELD, "hold"): S.HELD,
    (S.QUEUED, "begin"): S.SENDING, (S.HELD, "begin"): S.SENDING, (S.SENDING, "begin"): S.SENDING,
    (S.SENDING, "take"): S.SENT,
    (S.SENT, "report"): S.DELIVERED, (S.SENDING, "report"): S.DELIVERED,
    (S.SENDING, "retry"): S.QUEUED,
    (S.QUEUED, "skip"): S.SKIPPED, (S.HELD, "skip"): S.SKIPPED,
    (S.SENDING, "give_up"): S.DEAD, (S.SENT, "give_up"): S.DEAD,
    (S.QUEUED, "stop"): S.DEAD, (S.HELD, "stop"): S.DEAD, (S.SENDING, "stop"): S.DEAD,
    (S.DEAD, "revive"): S.QUEUED,
}  # fmt: skip


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("move", list(DELIVERY.moves))
def test_every_state_and_move(state: S, move: str) -> None:
    if (state, move) in POSSIBLE:
        assert DELIVERY.after(state, move) == POSSIBLE[state, move]
    else:
        with pytest.raises(WrongState):
            DELIVERY.after(state, move)
