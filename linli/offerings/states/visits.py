"""States of whatever brings people and offices together: visits, tickets, draws, visits at home."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.offerings import permits


class VisitState(StrEnum):
    """A time that fell free in a draw is offered to the next in line first; all others begin as booked."""

    OFFERED = "offered"
    BOOKED = "booked"
    CAME = "came"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    NO_SHOW = "no_show"
    PASSED = "passed"


V = VisitState
# a visit that was moved stays booked, at another time; so is one that the office had to cancel, once its visitor
# takes another time
VISIT: Machine[VisitState] = Machine(
    V.OFFERED,
    [
        Move("take", (V.OFFERED,), V.BOOKED),
        Move("pass", (V.OFFERED,), V.PASSED),
        Move("move", (V.BOOKED, V.CLOSED), V.BOOKED),
        Move("cancel", (V.BOOKED,), V.CANCELLED),
        Move("close", (V.OFFERED, V.BOOKED), V.CLOSED, permits.WINDOWS),
        Move("come", (V.BOOKED, V.NO_SHOW), V.CAME, permits.SERVE),
        Move("miss", (V.BOOKED,), V.NO_SHOW),
        Move("undo", (V.CAME,), V.BOOKED, permits.SERVE),
    ],
    ends={V.CANCELLED, V.PASSED},
)


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    MISSED = "missed"
    LEFT = "left"


T = TicketState
TICKET: Machine[TicketState] = Machine(
    T.WAITING,
    [
        Move("call", (T.WAITING,), T.CALLED, permits.SERVE),
        Move("recall", (T.CALLED,), T.CALLED, permits.SERVE),
        Move("finish", (T.CALLED,), T.DONE, permits.SERVE),
        Move("skip", (T.CALLED,), T.MISSED, permits.SERVE),
        Move("send_on", (T.CALLED,), T.WAITING, permits.SERVE),
        Move("put_back", (T.MISSED,), T.WAITING, permits.SERVE),
        Move("leave", (T.WAITING,), T.LEFT),
    ],
    ends={T.DONE, T.LEFT},
)


class RoundState(StrEnum):
    """While it is booking the outcome is public, its days still are kept, and a job books them step by step."""

    OPEN = "open"
    CLOSED = "closed"
    BOOKING = "booking"
    DRAWN = "drawn"
    CALLED_OFF = "called_off"


R = RoundState
ROUND: Machine[RoundState] = Machine(
    R.OPEN,
    [
        Move("close", (R.OPEN,), R.CLOSED),
        Move("draw", (R.CLOSED,), R.BOOKING, permits.WINDOWS),
        Move("finish", (R.BOOKING,), R.DRAWN),
        Move("call_off", (R.OPEN, R.CLOSED), R.CALLED_OFF, permits.WINDOWS),
    ],
    ends={R.DRAWN, R.CALLED_OFF},
)


class HomeVisitState(StrEnum):
    """Asked for; a day is set; nobody opened; the application was filed there; or it is off."""

    ASKED = "asked"
    PLANNED = "planned"
    AWAY = "away"
    DONE = "done"
    CANCELLED = "cancelled"


H = HomeVisitState
HOME_VISIT: Machine[HomeVisitState] = Machine(
    H.ASKED,
    [
        # a day may be set anew, also after nobody opened
        Move("plan", (H.ASKED, H.PLANNED, H.AWAY), H.PLANNED, permits.SERVE),
        Move("away", (H.PLANNED,), H.AWAY, permits.SERVE),
        Move("done", (H.PLANNED,), H.DONE, permits.RECEIVE),
        Move("cancel", (H.ASKED, H.PLANNED, H.AWAY), H.CANCELLED),
    ],
    ends={H.DONE, H.CANCELLED},
)
