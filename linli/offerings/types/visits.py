"""Words and values of windows, their hours, appointments and draws for scarce dates.

Hours are minutes of the city's day: 510 is 08:30. Moments are aware.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.runtime.types import Rate

# how often one address may book, and look up codes
BOOKS = Rate(60, timedelta(hours=1))
LOOKS = Rate(60, timedelta(minutes=10))


class Way(StrEnum):
    """How somebody came to an appointment, a ticket or a draw."""

    ONLINE = "online"
    PHONE = "phone"
    COUNTER = "counter"


WAY_WORDS = {
    Way.ONLINE: _("by the visitor, online"),
    Way.PHONE: _("by telephone"),
    Way.COUNTER: _("at the counter"),
}


# what becomes of a visit, as who serves reads it, and how it looks
VISIT_WORDS = {
    "offered": (_("offered down the line of its draw"), "soon"),
    "booked": (_("booked"), "run"),
    "came": (_("came"), "done"),
    "no_show": (_("did not come"), "idle"),
    "cancelled": (_("cancelled by who booked"), "idle"),
    "closed": (_("cancelled by the office"), "idle"),
    "passed": (_("went to the next in line"), "idle"),
}


class Why(StrEnum):
    """Why a centre or a window is closed on a day, or open on another."""

    WEATHER = "weather"
    TRAINING = "training"
    POWER = "power"
    REPAIR = "repair"
    STAFF = "staff"
    HOLIDAY = "holiday"
    EXTRA = "extra"


WHY_WORDS = {
    Why.WEATHER: _("Typhoon or rainstorm"),
    Why.TRAINING: _("Training or meeting"),
    Why.POWER: _("Power or network is cut"),
    Why.REPAIR: _("Repairs"),
    Why.STAFF: _("Too few staff"),
    Why.HOLIDAY: _("Holiday"),
    Why.EXTRA: _("Extra opening"),
}
# so many days may be closed at once
MOST_CLOSED = 92
# why else a visit was cancelled
TAKEN_BACK, CENTRE_CLOSES = "taken_back", "closes"
BESIDES = {
    TAKEN_BACK: _("The extra opening was taken back"),
    CENTRE_CLOSES: _("The centre closes"),
}


class Kept(StrEnum):
    """For whom a time is kept until it is near: anybody, callers, or those who come."""

    ALL = ""
    PHONE = "phone"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Span:
    """Opening of a window on a weekday (0 is Monday) from `opens` to `closes`, cut into `step` minutes.

    `kept_phone` and `kept_counter` are how many of its times are kept for callers and for the counter.
    `post_id` is the post that serves then, where that is set.
    """

    weekday: int
    opens: int
    closes: int
    step: int
    kept_phone: int = 0
    kept_counter: int = 0
    post_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DayChange:
    """What is different on one day: closed from `opens` to `closes`, or open where it is not else."""

    on: date
    opens: int
    closes: int
    is_open: bool = False
    step: int = 0
    why: str = Why.HOLIDAY.value


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at a window: minutes of the day, and for whom it is kept."""

    opens: int
    closes: int
    kept: Kept = Kept.ALL


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """What an office says of a window. `items` are keys of items; none means all that the centre offers."""

    number: str
    name: str
    name_en: str = ""
    items: tuple[str, ...] = ()
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """A closing or an extra opening: of one window or (None) the whole centre, on one or more days."""

    first: date
    last: date
    opens: int
    closes: int
    why: str
    note: str = ""
    is_open: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is called and reached; both may be empty, sealed where they are kept."""

    name: str = ""
    phone: str = ""
    # whether she agreed to be asked later how the visit was
    may_ask: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.name or self.phone)


@dataclass(frozen=True, slots=True)
class Wish:
    """A time that somebody wants. `item` is the key of what she comes for, or nothing."""

    window_id: int
    starts_at: datetime
    item: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class WindowGroup:
    """Windows of a centre that do the same: of one name and for the same items; none means everything."""

    windows: tuple[int, ...]
    name: str
    name_en: str
    items: tuple[str, ...]

    def serves(self, item: str) -> bool:
        return not self.items or item in self.items


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody comes for: an item, or what some windows do; neither means everything."""

    item: str = ""
    windows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that is free at one window or more; the first of them is taken."""

    window_id: int
    starts_at: datetime
    ends_at: datetime
    kept: Kept = Kept.ALL


@dataclass(slots=True)
class FreeDay:
    """The free times of a day, or why there are none."""

    on: date
    times: list[FreeTime] = field(default_factory=list)
    is_closed: bool = False
    is_drawn: bool = False
    why: str = ""
    note: str = ""
    taken: int = 0


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The hours of a window for a week from a day on, as the editor hands them over."""

    since: date
    spans: Sequence[Span] = ()
