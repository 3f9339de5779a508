"""Tables of activities."""

from linli.activities.models.care import CareWork, EventWish
from linli.activities.models.culture import (
    CultureAnswer,
    CultureOffer,
    CultureWish,
    CultureWishVault,
    LocalTalent,
    LocalTalentVault,
)
from linli.activities.models.events import (
    Attendance,
    Enrolment,
    EnrolmentVault,
    Event,
    EventFeedback,
    EventSession,
)
from linli.activities.models.fees import FeePayment, FeeRefund
from linli.activities.models.rounds import (
    Group,
    GroupVault,
    Round,
    RoundObjection,
    RoundStrike,
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
    "CareWork",
    "CultureAnswer",
    "CultureOffer",
    "CultureWish",
    "CultureWishVault",
    "EventWish",
    "FeePayment",
    "FeeRefund",
    "Group",
    "GroupVault",
    "HandOver",
    "LocalTalent",
    "LocalTalentVault",
    "Round",
    "RoundObjection",
    "RoundStrike",
    "RoundTime",
    "RoundWish",
    "Venue",
    "VenueDays",
    "WeekHours",
]
