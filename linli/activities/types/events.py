"""Events and courses, and who takes part, as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_IN_FAMILY, MOST_OTHERS = 8, 20_000
TAKER_PHONE = "activities.enrolment.phone"


class EventKind(StrEnum):
    """What goes on. A talk (恳谈会) is for all residents, whatever their hukou."""

    COURSE = "course"
    LECTURE = "lecture"
    SHOW = "show"
    SPORT = "sport"
    CHILDREN = "children"
    TALK = "talk"
    OTHER = "other"


EVENT_TITLES = {
    EventKind.COURSE: pgettext_lazy("event", "Course"),
    EventKind.LECTURE: _("Lecture"),
    EventKind.SHOW: _("Show or film"),
    EventKind.SPORT: _("Sport"),
    EventKind.CHILDREN: _("For children and families"),
    EventKind.TALK: _("Residents' talk"),
    EventKind.OTHER: _("Something else"),
}


class EventState(StrEnum):
    """An event is prepared, published, and may be called off."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


EVENT_STATES = {
    EventState.DRAFT: _("being prepared"),
    EventState.PUBLISHED: pgettext_lazy("event", "published"),
    EventState.CANCELLED: pgettext_lazy("event", "called off"),
}
EVENT_TONES = {EventState.DRAFT: "soon", EventState.PUBLISHED: "run", EventState.CANCELLED: "idle"}


class SeatState(StrEnum):
    """Where an enrolment stands: it has its places, waits for them, or gave them back."""

    IN = "in"
    WAITS = "waits"
    WITHDRAWN = "withdrawn"


SEAT_TITLES = {
    SeatState.IN: _("has a place"),
    SeatState.WAITS: _("on the waiting list"),
    SeatState.WITHDRAWN: pgettext_lazy("enrolment", "withdrawn"),
}
SEAT_TONES = {SeatState.IN: "done", SeatState.WAITS: "soon", SeatState.WITHDRAWN: "idle"}


def seat_in_words(seat: str, event: str) -> tuple[Any, str]:
    """Return where an enrolment stands as words and their tone: at an event called off nobody has a place."""
    if event == EventState.CANCELLED and seat != SeatState.WITHDRAWN:
        return EVENT_STATES[EventState.CANCELLED], EVENT_TONES[EventState.CANCELLED]
    return SEAT_TITLES[SeatState(seat)], SEAT_TONES[SeatState(seat)]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is entered of an event. `sessions` are its times, one for a single event, several for a course."""

    kind: str
    title: str
    about: str
    where: str
    sessions: tuple[tuple[datetime, datetime], ...]
    places: int
    title_en: str = ""
    waiting: int = 20
    enrol_until: datetime | None = None
    least_age: int | None = None
    most_age: int | None = None
    for_neighbours: bool = False
    fee_fen: int = 0
    phone: str = ""
    venue_id: int | None = None


@dataclass(frozen=True, slots=True)
class SessionTime:
    """A time of an event; without an id it is a new one."""

    starts_at: datetime
    ends_at: datetime
    id: int | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


@dataclass(frozen=True, slots=True)
class EventEdit:
    """An event as it is to be. `times` are all that are to come; one that is not named falls out, what has
    begun stays. `reason` is told to whoever is enrolled; `facts.sessions` is not read."""

    facts: EventFacts
    times: tuple[SessionTime, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What of an event changed that matters to whoever is enrolled; None where it stayed as it was."""

    moved: tuple[tuple[datetime, datetime], ...] = ()
    dropped: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()
    where: str | None = None
    fee_fen: int | None = None
    title: str | None = None

    @property
    def is_any(self) -> bool:
        return self != Changes()


@dataclass(frozen=True, slots=True)
class News:
    """What a message about an event tells besides the event: `times` that are meant where it is not all of it,
    `to` the one to which it moved, why, what of it changed, and what of the money goes back."""

    times: tuple[datetime, ...] = ()
    to: datetime | None = None
    reason: str = ""
    changes: Changes = Changes()
    back_fen: int = 0


@dataclass(frozen=True, slots=True)
class Taker:
    """One who takes part: how she is called, and the year of birth where the event has an age."""

    name: str
    born: int | None = None


@dataclass(frozen=True, slots=True)
class EnrolFacts:
    """A family in one go. `guardian` says that who cares for a child agreed, by her name; `has_child` whether
    a child under 14 is among it, said where a year of birth is not."""

    takers: tuple[Taker, ...]
    phone: str
    guardian: str = ""
    is_neighbour: bool = False
    language: str = "zh-hans"
    has_child: bool | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What a programme shows: a place, from a day on, of a kind."""

    path: str
    first: date
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """Who of a family came, as a phone at a door noted it: by the code of the family, each by its place
    in the list of names; nobody named means all of it. `at` is when, by the server's clock."""

    key: str
    session_id: int
    code: str
    who: frozenset[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of an entry of a door; `reason` says in words why it was not taken."""

    key: str
    people: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DoorFamily:
    """A family on the list of a door: its names in order, and by session who of it came (bits) and how many."""

    code: str
    names: tuple[str, ...]
    came: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """An event of the day at its door; `sessions` are its times today."""

    code: str
    title: str
    title_en: str
    where: str
    sessions: tuple[tuple[int, datetime, datetime], ...]
    families: tuple[DoorFamily, ...]
