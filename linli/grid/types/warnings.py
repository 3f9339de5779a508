"""Words and values of warnings of weather (预警信号); which levels there are stands in the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class WarningKind(StrEnum):
    TYPHOON = "typhoon"
    RAINSTORM = "rainstorm"
    GALE = "gale"
    DROUGHT = "drought"
    HEAT = "heat"
    COLD = "cold"


WARNING_TITLES = {
    WarningKind.TYPHOON: _("Typhoon"),
    WarningKind.RAINSTORM: _("Rainstorm"),
    WarningKind.GALE: _("Thunderstorm and gale"),
    WarningKind.DROUGHT: _("Drought"),
    WarningKind.HEAT: _("Heat"),
    WarningKind.COLD: _("Cold"),
}


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """What an office passes on. `advice` is what to do, one thing a line; `origin` is who warned."""

    kind: str
    level: str
    origin: str
    coming: str
    advice: tuple[str, ...]
    phone: str = ""


@dataclass(frozen=True, slots=True)
class WarningWords:
    """A warning in the words of one language, as its texts and its picture are made of it.

    `title` is such as 台风黄色预警信号; `when` and `lifted` are moments in words, the latter empty while it holds.
    """

    place: str
    office: str
    title: str
    level: str
    colour: str
    origin: str
    when: str
    coming: str
    advice: tuple[str, ...]
    phone: str
    lifted: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class WarningTexts:
    """The texts of a warning: for a posting, and what is read out, sentence by sentence."""

    posting: str
    spoken: tuple[str, ...]
