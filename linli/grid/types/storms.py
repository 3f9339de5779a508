"""Words and values of flood, typhoon and drought (三防): who is moved where, and one sheet of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class StormKind(StrEnum):
    FLOOD = "flood"
    TYPHOON = "typhoon"
    DROUGHT = "drought"


class Need(StrEnum):
    """What a home needs when it is moved; no diagnosis, only what the helper must bring."""

    NONE = "none"
    CARRY = "carry"
    CAR = "car"
    POWER = "power"


STORM_TITLES = {
    StormKind.FLOOD: _("Flood"),
    StormKind.TYPHOON: _("Typhoon"),
    StormKind.DROUGHT: _("Drought"),
}
NEED_TITLES = {
    Need.NONE: _("walks by itself"),
    Need.CARRY: _("must be carried or led"),
    Need.CAR: _("needs a car"),
    Need.POWER: _("has a device that needs power"),
}
HOME_STATE_TITLES = {
    "named": _("to be moved"),
    "stays": _("stays of its own will"),
    "moved": _("brought away"),
    "back": _("back"),
    "struck": _("taken off the list"),
}
# what is done with a home, as the button says it
HOME_MOVES = {
    "move": _("Brought away"),
    "stay": _("Stays of its own will"),
    "return": _("Back again"),
    "undo": _("Take the mark back"),
}
# what a village types once; what the lists know is counted by the system
TYPED = ("houses", "roads", "rescuers", "boats")
TYPED_TITLES = {
    "houses": _("Houses damaged"),
    "roads": _("Roads cut"),
    "rescuers": _("People on duty outdoors"),
    "boats": _("Boats and pumps at work"),
}


# what a sum shows of a sheet, in its order
SUM_TITLES = {
    "people": _("People to move"),
    "moved": _("Moved so far"),
    "back": _("Back again"),
    "places": _("Room in shelters"),
    **TYPED_TITLES,
    "missing": _("Villages without numbers"),
}


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """A home that is moved: who to ask for, where, how many people, by which post, to which shelter."""

    name: str
    phone: str
    address: str
    people: int
    need: str
    helper_id: int
    shelter_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShelterFacts:
    """A shelter with its places and what lies ready there, in words."""

    title: str
    address: str
    places: int
    stock: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers of a place in a storm. One is None where no village below gave it.

    `homes` and the three after it are counted from the list; a village without a list and without
    numbers did not say yet that nobody is moved.
    """

    path: str
    homes: int | None
    people: int | None
    moved: int | None
    back: int | None
    places: int
    houses: int | None
    roads: int | None
    rescuers: int | None
    boats: int | None
    missing: int


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What is open in a storm: people who wait, people who are away, villages without numbers."""

    waiting: int
    away: int
    missing: int

    @property
    def people(self) -> int:
        """Those about whom nothing can be marked any more after the end."""
        return self.waiting + self.away
