"""Words and values of duty rosters and watch shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class TeamKind(StrEnum):
    """What a team is for: 村（居）委会值班, 治安巡防, 微型消防站, 三防应急, 平安志愿."""

    OFFICE = "office"
    PATROL = "patrol"
    FIRE = "fire"
    FLOOD = "flood"
    VOLUNTEERS = "volunteers"


class Days(StrEnum):
    """On which days somebody must be on duty."""

    EVERY = "every"
    REST = "rest"
    WORK = "work"


class Part(StrEnum):
    """带班 or 值班."""

    LEAD = "lead"
    DUTY = "duty"


TEAM_TITLES = {
    TeamKind.OFFICE: _("Office on duty"),
    TeamKind.PATROL: _("Security patrol"),
    TeamKind.FIRE: _("Small fire station"),
    TeamKind.FLOOD: _("Flood and typhoon team"),
    TeamKind.VOLUNTEERS: _("Volunteers for safety"),
}
DAYS_TITLES = {
    Days.EVERY: _("every day"),
    Days.REST: _("on days of rest and holidays"),
    Days.WORK: _("on working days"),
}
PART_TITLES = {Part.LEAD: _("leads the shift"), Part.DUTY: _("on duty")}


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team. `people` is how many belong to it, None if nobody counted; nobody is listed by name."""

    name: str
    kind: str
    people: int | None
    days: str
    shifts: tuple[str, ...]
    seats: int = 1


@dataclass(frozen=True, slots=True, order=True)
class ShiftOn:
    """A shift of a day."""

    on: date
    shift: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that is on duty in a shift of a day."""

    on: date
    shift: str
    post_id: int
    part: str = Part.DUTY
