"""Where bookings stand, as tables."""

from __future__ import annotations

from linli.activities import permits
from linli.activities.types.events import EventState, SeatState
from linli.activities.types.rounds import RoundState
from linli.activities.types.venues import BookingState
from linli.kernel.states import Machine, Move

BOOKING = Machine(
    BookingState.ASKED,
    [
        Move("agree", (BookingState.ASKED,), BookingState.HELD, permits.BOOKINGS),
        Move("refuse", (BookingState.ASKED,), BookingState.REFUSED, permits.BOOKINGS),
        Move("cancel", (BookingState.ASKED, BookingState.HELD), BookingState.CANCELLED),
        # what the office or a closing called off: its booker takes another time under the code that she has
        Move("again", (BookingState.CANCELLED,), BookingState.HELD),
        Move("use", (BookingState.HELD,), BookingState.USED, permits.BOOKINGS),
        Move("miss", (BookingState.HELD,), BookingState.MISSED, permits.BOOKINGS),
        Move("undo", (BookingState.USED, BookingState.MISSED), BookingState.HELD, permits.BOOKINGS),
    ],
    ends={BookingState.REFUSED},
)

ROUND = Machine(
    RoundState.OPEN,
    [
        Move("draw", (RoundState.OPEN,), RoundState.DRAWN, permits.VENUES),
        Move("decide", (RoundState.DRAWN,), RoundState.DECIDED, permits.VENUES),
        Move("drop", (RoundState.OPEN, RoundState.DRAWN), RoundState.DROPPED, permits.VENUES),
    ],
    ends={RoundState.DECIDED, RoundState.DROPPED},
)

EVENT = Machine(
    EventState.DRAFT,
    [
        Move("publish", (EventState.DRAFT,), EventState.PUBLISHED, permits.EVENTS),
        Move(
            "cancel", (EventState.DRAFT, EventState.PUBLISHED), EventState.CANCELLED, permits.EVENTS
        ),
    ],
    ends={EventState.CANCELLED},
)
SEAT = Machine(
    SeatState.WAITS,
    [
        Move("move_up", (SeatState.WAITS,), SeatState.IN),
        Move("withdraw", (SeatState.IN, SeatState.WAITS), SeatState.WITHDRAWN),
    ],
    ends={SeatState.WITHDRAWN},
)
