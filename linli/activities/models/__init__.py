"""Tables of activities."""

from linli.activities.models.venues import (
    Booking,
    BookingVault,
    HandOver,
    Venue,
    VenueDays,
    WeekHours,
)

__all__ = [
    "Booking",
    "BookingVault",
    "HandOver",
    "Venue",
    "VenueDays",
    "WeekHours",
]
