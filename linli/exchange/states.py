"""States of lists of orders, of orders and what the hotline takes back, of letters, of what the hall sends, of payments."""

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


class LetterState(StrEnum):
    """`dead`: given up by the machine; a person sends it again or lets it go with a reason."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


LETTER = Machine(
    LetterState.WAITING,
    [
        Move("send", (LetterState.WAITING,), LetterState.SENT),
        Move("give_up", (LetterState.WAITING,), LetterState.DEAD),
        Move("revive", (LetterState.DEAD,), LetterState.WAITING, permits.CONNECT),
        Move("drop", (LetterState.DEAD,), LetterState.DROPPED, permits.CONNECT),
    ],
    ends={LetterState.SENT, LetterState.DROPPED},
)


class SentInState(StrEnum):
    """`returned`: a person sent it back to the hall; `recalled`: she took it back before it was taken in."""

    WAITING = "waiting"
    TAKEN = "taken"
    RETURNED = "returned"
    RECALLED = "recalled"


SENT_IN = Machine(
    SentInState.WAITING,
    [
        Move("take", (SentInState.WAITING,), SentInState.TAKEN),
        Move("return", (SentInState.WAITING,), SentInState.RETURNED, permits.CONNECT),
        Move("recall", (SentInState.WAITING,), SentInState.RECALLED),
    ],
    ends={SentInState.TAKEN, SentInState.RETURNED, SentInState.RECALLED},
)


class ChangeState(StrEnum):
    """A supplement or withdrawal of the hall. `moot`: nothing was left to do; `returned`: a person sent it back."""

    WAITING = "waiting"
    TAKEN = "taken"
    MOOT = "moot"
    RETURNED = "returned"


CHANGE = Machine(
    ChangeState.WAITING,
    [
        Move("take", (ChangeState.WAITING,), ChangeState.TAKEN),
        Move("settle", (ChangeState.WAITING,), ChangeState.MOOT),
        Move("return", (ChangeState.WAITING,), ChangeState.RETURNED, permits.CONNECT),
    ],
    ends={ChangeState.TAKEN, ChangeState.MOOT, ChangeState.RETURNED},
)


class PayOrderState(StrEnum):
    """`closed`: the fee was paid otherwise, or the desk withdrew it; `expired`: its last day is over;
    `renewed`: another number took its place, because another sum is owed now.

    What was paid too late under an expired or renewed one is taken as long as the fee is owed.
    """

    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"
    EXPIRED = "expired"
    RENEWED = "renewed"


_LATE = (PayOrderState.OPEN, PayOrderState.EXPIRED, PayOrderState.RENEWED)
PAY_ORDER = Machine(
    PayOrderState.OPEN,
    [
        Move("pay", _LATE, PayOrderState.PAID),
        Move("close", (PayOrderState.OPEN,), PayOrderState.CLOSED),
        Move("expire", (PayOrderState.OPEN,), PayOrderState.EXPIRED),
        Move("renew", (PayOrderState.OPEN,), PayOrderState.RENEWED),
    ],
    ends={PayOrderState.PAID, PayOrderState.CLOSED},
)


class PayNoticeState(StrEnum):
    """`returned`: a person sent the money back; `dropped`: it was settled otherwise, with the reason."""

    WAITING = "waiting"
    TAKEN = "taken"
    RETURNED = "returned"
    DROPPED = "dropped"


PAY_NOTICE = Machine(
    PayNoticeState.WAITING,
    [
        Move("take", (PayNoticeState.WAITING,), PayNoticeState.TAKEN),
        Move("return", (PayNoticeState.WAITING,), PayNoticeState.RETURNED, permits.CONNECT),
        Move("drop", (PayNoticeState.WAITING,), PayNoticeState.DROPPED, permits.CONNECT),
    ],
    ends={PayNoticeState.TAKEN, PayNoticeState.RETURNED, PayNoticeState.DROPPED},
)
