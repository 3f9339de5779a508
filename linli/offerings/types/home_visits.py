"""Words and values of visits at home: an office comes to somebody who cannot come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

# how far ahead a day may be set, in days
HORIZON = 60


class Half(StrEnum):
    """The half of a day on which somebody comes."""

    MORNING = "am"
    AFTERNOON = "pm"


# what a state is called, and its tone
SAID = {
    "asked": (_("waits for a day"), "soon"),
    "planned": (_("day is set"), "run"),
    "away": (_("nobody opened"), "late"),
    "done": (_("filed at home"), "done"),
    "cancelled": (_("cancelled"), "idle"),
}
HALF_WORDS = {Half.MORNING: _("in the morning"), Half.AFTERNOON: _("in the afternoon")}
# the minutes of the day that each half covers, to see whether a closing lies in it
HALF_MINUTES = {Half.MORNING: (0, 720), Half.AFTERNOON: (720, 1440)}


@dataclass(frozen=True, slots=True)
class Door:
    """Who is visited, where, and what helps to find the door; sealed where it is kept."""

    name: str
    phone: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeWish:
    """What somebody asks for: the key of an item, the code of a village, and her door."""

    item: str
    place: str
    door: Door
    by_sms: bool = False
    language: str = "zh-hans"
    uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class HomeDate:
    """A day and its half on which somebody comes."""

    on: date
    half: str


@dataclass(frozen=True, slots=True)
class HalfLeft:
    """A half of a day on which somebody can come, and how many visits more."""

    on: date
    half: Half
    left: int

    @property
    def value(self) -> str:
        """Return it as a button sends it."""
        return f"{self.on:%Y-%m-%d} {self.half}"
