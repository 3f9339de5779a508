"""Words and values of a service centre: its platforms, equipment, running costs, and the check of its six norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# whose files the evidence of a point is
OF_POINT = "offerings.centrepoint"
MOST_FILES, MOST_COUNT, MOST_WORDS = 6, 10_000, 500


class CheckBy(StrEnum):
    """Who checks: the centre itself, or a third party that was commissioned."""

    SELF = "self"
    THIRD = "third"


BY_TITLES = {CheckBy.SELF: _("Self-check"), CheckBy.THIRD: _("Visit by a third party")}


class CheckState(StrEnum):
    """A check that is filed stays as it is; one that was begun by mistake is put away."""

    DRAFT = "draft"
    FILED = "filed"
    DROPPED = "dropped"


CHECK_TITLES = {
    CheckState.DRAFT: _("being filled in"),
    CheckState.FILED: _("check filed"),
    CheckState.DROPPED: _("put away"),
}
CHECK_TONES = {CheckState.DRAFT: "run", CheckState.FILED: "done", CheckState.DROPPED: "idle"}


class Met(StrEnum):
    """What was found of a point. `none`: it does not apply to this centre, with the reason in words."""

    YES = "yes"
    NO = "no"
    NONE = "none"


MET_TITLES = {Met.YES: _("met"), Met.NO: _("not met"), Met.NONE: _("does not apply")}
MET_TONES = {Met.YES: "done", Met.NO: "late", Met.NONE: "idle"}


class CostKind(StrEnum):
    """What money was spent on."""

    STAFF = "staff"
    PREMISES = "premises"
    POWER = "power"
    EQUIPMENT = "equipment"
    MATERIAL = "material"
    TRAINING = "training"
    SAFETY = "safety"
    SUPERVISION = "supervision"
    OTHER = "other"


COST_TITLES = {
    CostKind.STAFF: _("Pay and insurance of staff"),
    CostKind.PREMISES: _("Rent and repairs"),
    CostKind.POWER: _("Power, water, network"),
    CostKind.EQUIPMENT: pgettext_lazy("centre", "Equipment"),
    CostKind.MATERIAL: _("Paper and office needs"),
    CostKind.TRAINING: _("Training"),
    CostKind.SAFETY: _("Cleaning and safety"),
    CostKind.SUPERVISION: _("Third-party supervision"),
    CostKind.OTHER: _("Other"),
}


class CostSource(StrEnum):
    """Whose money it was."""

    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    AWARD = "award"
    OTHER = "other"


SOURCE_TITLES = {
    CostSource.VILLAGE: _("village or community"),
    CostSource.TOWN: _("town"),
    CostSource.CITY: _("city"),
    CostSource.AWARD: _("award for what was built (以奖代补)"),
    CostSource.OTHER: _("other, as the document says"),
}


class TwoNames:
    """What has a name in both languages, as tables have it."""

    __slots__ = ()
    zh: str
    en: str

    @property
    def name(self) -> str:
        return self.zh

    @property
    def name_en(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Point(TwoNames):
    """One point of a norm in plain words; `certainty` check is shown as to be confirmed."""

    key: str
    norm: str
    zh: str
    en: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Norm(TwoNames):
    """One of the six norms with its points."""

    key: str
    zh: str
    en: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Platform(TwoNames):
    """One of the platforms that a centre takes in."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A norm in one check: points met of those that apply, and whether every point was answered."""

    met: int
    applies: int
    is_answered: bool

    @property
    def is_met(self) -> bool:
        return self.is_answered and self.met == self.applies


@dataclass(frozen=True, slots=True)
class Said:
    """What was found of one point: met or not, in words, and by when it is mended."""

    met: Met
    words: str = ""
    due_on: date | None = None
    uploads: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """A piece of equipment: what, how many, how many of them do not work, and what is wrong."""

    name: str
    count: int
    broken: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class CostFacts:
    """Money spent in a year on one kind, from which source, by which document."""

    year: int
    kind: str
    fen: int
    source: str
    document: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CostTable:
    """Running costs in fen by kind and year, with the sums of years."""

    years: tuple[int, ...]
    rows: tuple[tuple[CostKind, tuple[int, ...]], ...]
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Whether a centre is open at a moment. `until` and `next_at` are clocks or a day with a clock, `why` a closing.
    `today` are its openings in minutes after midnight.

    `is_known` is false where no window has hours: then the words of the register hold.
    """

    is_known: bool
    is_open: bool = False
    until: str = ""
    today: tuple[tuple[int, int], ...] = ()
    next_on: date | None = None
    next_at: str = ""
    why: str = ""

    def is_over(self, on: date) -> bool:
        """Say whether nothing opens any more on the day that it tells of."""
        return self.is_known and not self.is_open and self.next_on != on


@dataclass(slots=True)
class CentreLine:
    """A centre in the overview: what is merged, broken, and what the last check of the norms found."""

    row: Any
    merged: int = 0
    devices: int = 0
    broken: int = 0
    windows: int = 0
    checked_on: date | None = None
    checked_by: str = ""
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def norms_met(self) -> int:
        return sum(one.is_met for one in self.tallies.values())
