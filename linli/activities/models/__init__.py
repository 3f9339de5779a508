"""Tables of activities."""

from linli.activities.models.events import (
    Attendance,
    Enrolment,
    EnrolmentVault,
    Event,
    EventFeedback,
    EventSession,
)
from linli.activities.models.rounds import (
    Group,
    GroupVault,
    Round,
    RoundObjection,
    RoundTime,
    RoundWish,
)
from linli.activities.models.venues import (
    Booking,
    BookingVault,
    HandOver,
    Venue,
    VenueDays,
    WeekHours,
)

__all__ = [
    "Attendance",
    "Enrolment",
    "EnrolmentVault",
    "Event",
    "EventFeedback",
    "EventSession",
    "Booking",
    "BookingVault",
    "Group",
    "GroupVault",
    "HandOver",
    "Round",
    "RoundObjection",
    "RoundTime",
    "RoundWish",
    "Venue",
    "VenueDays",
    "WeekHours",
]
