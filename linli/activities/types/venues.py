"""Venues and what is booked there, as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAY_MINUTES = 24 * 60
MOST_PEOPLE = 5000
# what a blind index of telephones compares
BOOKER_PHONE = "activities.booking.phone"


class VenueKind(StrEnum):
    """What is booked. Equipment is a thing of its own: one row for each piece."""

    HALL = "hall"
    ROOM = "room"
    SPORT = "sport"
    COURT = "court"
    LIBRARY = "library"
    SQUARE = "square"
    EQUIPMENT = "equipment"


KIND_TITLES = {
    VenueKind.HALL: _("Hall"),
    VenueKind.ROOM: _("Room for groups"),
    VenueKind.SPORT: _("Sports field"),
    VenueKind.COURT: _("Court"),
    VenueKind.LIBRARY: _("Reading room"),
    VenueKind.SQUARE: _("Square or stage"),
    VenueKind.EQUIPMENT: _("Equipment"),
}
KIND_ICONS = {
    VenueKind.HALL: "building-community", VenueKind.ROOM: "users", VenueKind.SPORT: "flag",
    VenueKind.COURT: "target", VenueKind.LIBRARY: "books", VenueKind.SQUARE: "map-pin",
    VenueKind.EQUIPMENT: "tool",
}  # fmt: skip


class Owner(StrEnum):
    """Whose it is: schools and sports grounds open to neighbours at hours of their own."""

    VILLAGE = "village"
    SCHOOL = "school"
    SPORT = "sport"
    OTHER = "other"


OWNER_TITLES = {
    Owner.VILLAGE: _("of the village or community"),
    Owner.SCHOOL: _("of a school, open to neighbours"),
    Owner.SPORT: _("of a sports ground, open to neighbours"),
    Owner.OTHER: _("of somebody else, open to neighbours"),
}


class Audience(StrEnum):
    """Who may book. Where somebody is registered is never asked."""

    EVERYBODY = "everybody"
    NEIGHBOURS = "neighbours"
    OFFICE = "office"


AUDIENCE_TITLES = {
    Audience.EVERYBODY: _("Everybody"),
    Audience.NEIGHBOURS: _("Who lives or works here"),
    Audience.OFFICE: _("Groups, through the office"),
}


class Purpose(StrEnum):
    """What somebody books for; the public sees that a time is taken, not for what."""

    SPORT = "sport"
    DANCE = "dance"
    MEETING = "meeting"
    FAMILY = "family"
    COURSE = "course"
    OTHER = "other"


PURPOSE_TITLES = {
    Purpose.SPORT: _("Sport and games"),
    Purpose.DANCE: _("Dance, music, theatre"),
    Purpose.MEETING: _("Meeting"),
    Purpose.FAMILY: _("Family celebration"),
    Purpose.COURSE: _("Course or lecture"),
    Purpose.OTHER: _("Something else"),
}


class BookingState(StrEnum):
    """Where a booking stands. Refused and cancelled ones hold no time any more."""

    ASKED = "asked"
    HELD = "held"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    USED = "used"
    MISSED = "missed"


STATE_TITLES = {
    BookingState.ASKED: _("waits for the office"),
    BookingState.HELD: pgettext_lazy("booking", "confirmed"),
    BookingState.REFUSED: pgettext_lazy("booking", "refused"),
    BookingState.CANCELLED: _("cancelled"),
    BookingState.USED: _("took place"),
    BookingState.MISSED: _("nobody came"),
}
STATE_TONES = {
    BookingState.ASKED: "soon", BookingState.HELD: "run", BookingState.REFUSED: "idle",
    BookingState.CANCELLED: "idle", BookingState.USED: "done", BookingState.MISSED: "late",
}  # fmt: skip
# these take up their time: nobody else gets it
HOLDING = (BookingState.ASKED, BookingState.HELD, BookingState.USED, BookingState.MISSED)
# these still lie ahead, or can be told how they went
OPEN = (BookingState.ASKED, BookingState.HELD)


class EndedBy(StrEnum):
    """Who ended a booking before its time."""

    BOOKER = "booker"
    OFFICE = "office"
    CLOSING = "closing"


class Hand(StrEnum):
    """Keys and things are handed out, and taken back."""

    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What is entered of a venue. Minutes are whole, money in fen; lines of `checks` end the hand-over."""

    kind: str
    owner: str
    name: str
    name_en: str = ""
    address: str = ""
    about: str = ""
    people: int = 1
    audience: str = Audience.EVERYBODY
    step_minutes: int = 60
    most_minutes: int = 120
    ahead_days: int = 28
    notice_minutes: int = 60
    open_most: int = 2
    needs_approval: bool = False
    follows_calendar: bool = False
    hour_fen: int = 0
    deposit_fen: int = 0
    terms: str = ""
    checks: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening on a weekday (0 is Monday), in minutes after midnight."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class DaysFacts:
    """Days that differ: closed, or with other hours. `reason` is read by everybody."""

    first_on: date
    last_on: date
    reason: str
    opens: int | None = None
    closes: int | None = None

    @property
    def is_closed(self) -> bool:
        return self.opens is None


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """What somebody books. Name and telephone lie sealed; `language` is hers for messages."""

    starts_at: datetime
    ends_at: datetime
    name: str
    phone: str
    purpose: str = Purpose.OTHER
    people: int = 1
    is_neighbour: bool = False
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a day that can be booked, or why it cannot: free, taken, past, late or closed."""

    starts_at: datetime
    ends_at: datetime
    state: str

    @property
    def is_free(self) -> bool:
        return self.state == "free"
