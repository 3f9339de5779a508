"""States of lists of orders, of orders, and of what we ask the hotline to take back."""

from __future__ import annotations

from enum import StrEnum

from linli.exchange import permits
from linli.kernel.handed_in import life_of_list
from linli.kernel.states import Machine, Move

LIST = life_of_list(permits.HOTLINE)


class OrderState(StrEnum):
    """`led_away`: an accusation of an official, which goes to the discipline inspection alone."""

    WAITING = "waiting"
    TAKEN = "taken"
    LED_AWAY = "led_away"


ORDER = Machine(
    OrderState.WAITING,
    [
        Move("place", (OrderState.WAITING,), OrderState.TAKEN, permits.HOTLINE),
        Move("lead_away", (OrderState.WAITING,), OrderState.LED_AWAY, permits.HOTLINE),
    ],
    ends={OrderState.TAKEN, OrderState.LED_AWAY},
)


class HandBackState(StrEnum):
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REFUSED = "refused"


HAND_BACK = Machine(
    HandBackState.APPLIED,
    [
        Move("accept_return", (HandBackState.APPLIED,), HandBackState.ACCEPTED, permits.HOTLINE),
        Move("refuse_return", (HandBackState.APPLIED,), HandBackState.REFUSED, permits.HOTLINE),
    ],
    ends={HandBackState.ACCEPTED, HandBackState.REFUSED},
)
