"""Groups of a place and the seasonal rounds in which they get their weekly times, as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_WISHES = 5
WEEKDAYS = ((0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
            (5, _("Saturday")), (6, _("Sunday")))  # fmt: skip


def weekday_words(weekday: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(dict(WEEKDAYS)[weekday])


class GroupKind(StrEnum):
    """What a group of neighbours does together."""

    DANCE = "dance"
    MUSIC = "music"
    THEATRE = "theatre"
    SPORT = "sport"
    CRAFT = "craft"
    OTHER = "other"


GROUP_TITLES = {
    GroupKind.DANCE: _("Dance"),
    GroupKind.MUSIC: _("Music and song"),
    GroupKind.THEATRE: _("Theatre and opera"),
    GroupKind.SPORT: _("Sport"),
    GroupKind.CRAFT: _("Crafts, calligraphy, painting"),
    GroupKind.OTHER: _("Something else"),
}


class RoundState(StrEnum):
    """A round takes wishes, is drawn once they are closed, and holds once it is decided."""

    OPEN = "open"
    DRAWN = "drawn"
    DECIDED = "decided"
    DROPPED = "dropped"


ROUND_TITLES = {
    RoundState.OPEN: _("takes wishes"),
    RoundState.DRAWN: _("drawn, objections are heard"),
    RoundState.DECIDED: pgettext_lazy("round", "decided"),
    RoundState.DROPPED: pgettext_lazy("round", "called off"),
}
ROUND_TONES = {
    RoundState.OPEN: "soon", RoundState.DRAWN: "run", RoundState.DECIDED: "done", RoundState.DROPPED: "idle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group as it is entered. With `is_shown` the group agreed to stand in the public register."""

    kind: str
    name: str
    people: int
    contact: str
    phone: str
    about: str = ""
    is_shown: bool = False
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly time that is given away: venue, weekday (0 is Monday), minutes after midnight."""

    venue_id: int
    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round: the season, until which day wishes come in and objections are heard, and the quota."""

    title: str
    first_on: date
    last_on: date
    wishes_until: date
    objections_until: date
    most_times: int
    times: tuple[Weekly, ...]
