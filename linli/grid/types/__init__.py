"""Words and values of the grid that cross the app's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.grid.types.sending import Later, Sent

# the kind of case that the grid declares
EVENT = "grid_event"


class Role(StrEnum):
    """What a post is to a cell: 网格管理员, 网格长, 村（居）委会派驻人员, 替岗."""

    WORKER = "worker"
    HEAD = "head"
    COMMITTEE = "committee"
    DEPUTY = "deputy"


class Shift(StrEnum):
    """When a post looks after a cell."""

    WHOLE = "whole"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Matter(StrEnum):
    """What somebody sees in a cell; it chooses the term (GR-01)."""

    SAFETY = "safety"
    RUBBISH = "rubbish"
    FACILITY = "facility"
    ROAD = "road"
    ORDER = "order"
    DISPUTE = "dispute"
    NEED = "need"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a visit. What was learnt is a case of its own, not a note on a visit."""

    MET = "met"
    NOBODY = "nobody"
    LEARNT = "learnt"


class Hazard(StrEnum):
    """What a checklist is for."""

    FIRE = "fire"
    RENTAL = "rental"
    DORMITORY = "dormitory"
    HEALTH = "health"


class Answer(StrEnum):
    """How a line of a checklist was found."""

    GOOD = "good"
    BAD = "bad"
    NONE = "none"


class HeadKind(StrEnum):
    """楼长, 栋长, 巷长."""

    BUILDING = "building"
    BLOCK = "block"
    LANE = "lane"


class WordKind(StrEnum):
    """What a neighbour wants of a head."""

    ASK = "ask"
    TELL = "tell"
    MEDIATE = "mediate"
    CALL = "call"


class Consent(StrEnum):
    """How a contact person agreed that her name is given to the households."""

    PAPER = "paper"
    SPOKEN = "spoken"


ROLE_TITLES = {
    Role.WORKER: _("grid worker"),
    Role.HEAD: _("grid head"),
    Role.COMMITTEE: _("assigned by the committee"),
    Role.DEPUTY: _("deputy of the grid worker"),
}
SHIFT_TITLES = {
    Shift.WHOLE: _("all day"),
    Shift.DAY: _("by day"),
    Shift.EVENING: _("in the evening"),
    Shift.NIGHT: _("at night"),
}
MATTER_TITLES: dict[str, Any] = {
    Matter.SAFETY: _("Danger"),
    Matter.RUBBISH: _("Rubbish"),
    Matter.FACILITY: _("Broken lamp, pipe, lid"),
    Matter.ROAD: _("Road damage"),
    Matter.ORDER: _("Order in the street"),
    Matter.DISPUTE: _("Dispute"),
    Matter.NEED: _("Somebody needs help"),
    Matter.OTHER: _("Something else"),
}
OUTCOME_TITLES = {
    Outcome.MET: _("somebody was there"),
    Outcome.NOBODY: _("nobody was there"),
    Outcome.LEARNT: _("something was learnt"),
}
HAZARD_TITLES = {
    Hazard.FIRE: _("Fire safety"),
    Hazard.RENTAL: _("Rented rooms"),
    Hazard.DORMITORY: _("Dormitories"),
    Hazard.HEALTH: _("Public health"),
}
ANSWER_TITLES = {
    Answer.GOOD: _("in order"),
    Answer.BAD: _("not in order"),
    Answer.NONE: _("not there"),
}
HEAD_TITLES = {
    HeadKind.BUILDING: _("head of a building"),
    HeadKind.BLOCK: _("head of a block"),
    HeadKind.LANE: _("head of a lane"),
}
WORD_TITLES = {
    WordKind.ASK: _("I have a question"),
    WordKind.TELL: _("Something is wrong here"),
    WordKind.MEDIATE: _("Please help between neighbours"),
    WordKind.CALL: _("Please call me"),
}
CONSENT_TITLES = {
    Consent.PAPER: _("signed on paper"),
    Consent.SPOKEN: _("spoken, before a witness"),
}


@dataclass(frozen=True, slots=True)
class CellKey:
    """A cell through its versions: the layer's key and the code."""

    layer: str
    code: str


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """Which post looks after a cell, as what, when and between which days."""

    post_id: int
    role: str
    shift: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Who may be named to which households, and how she agreed."""

    name: str
    phone: str
    covers: str
    consent: str
    consent_on: date
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody saw in a cell. `point` is WGS-84 in millionths of a degree, given by a tap alone.

    `seen_at` only if it was seen before it was sent.
    """

    matter: str
    text: str
    point: tuple[int, int] | None = None
    part_code: str = ""
    seen_at: datetime | None = None
    photos: Sent = Sent()


@dataclass(frozen=True, slots=True)
class Reported:
    """A case that was opened for what was seen, or that the same sending had opened before."""

    case_id: int
    number: str
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class StopFacts:
    """A place that is visited again and again: a building or a door, never a person's name."""

    title: str
    every_days: int
    part_code: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A hazard check as it was done: what was checked, how each line was found, and on which day."""

    hazard: str
    title: str
    answers: dict[str, str]
    part_code: str = ""
    later: Later = Later()


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands for what, as she agreed to be called; the telephone is for the office alone."""

    kind: str
    ground: str
    public_name: str
    phone: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the neighbours chose: votes for and against, on which day, by which record."""

    is_chosen: bool
    decided_on: date
    votes_for: int
    votes_against: int
    document: str
    since: date | None = None
    until: date | None = None
