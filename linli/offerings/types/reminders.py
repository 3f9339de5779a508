"""Words and values of what falls due with an age or an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class BenefitKind(StrEnum):
    """What somebody receives or holds for a time."""

    ALLOWANCE = "allowance"
    PERMIT = "permit"
    INSURANCE = "insurance"
    CONTRACT = "contract"


class StopCause(StrEnum):
    """Why it is asked whether something stops."""

    DIED = "died"
    LEFT = "left"


class Agreed(StrEnum):
    """How somebody agreed that the office applies for her."""

    VISIT = "visit"
    PHONE = "phone"
    COUNTER = "counter"
    LETTER = "letter"


BENEFIT_TITLES: Mapping[str, Any] = {
    BenefitKind.ALLOWANCE: _("Allowance"),
    BenefitKind.PERMIT: _("Permit"),
    BenefitKind.INSURANCE: _("Insurance"),
    BenefitKind.CONTRACT: _("Contract"),
}
CAUSE_TITLES: Mapping[str, Any] = {
    StopCause.DIED: _("died"),
    StopCause.LEFT: _("moved away"),
}
AGREED_TITLES: Mapping[str, Any] = {
    Agreed.PHONE: _("on the telephone"),
    Agreed.VISIT: _("at their home"),
    Agreed.COUNTER: _("at the window"),
    Agreed.LETTER: _("in writing"),
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to remind, as data: what it hangs on, its words, and the items it opens.

    `cause` is age, permit, document or benefit; `on` the key of the rulebook, the kind of document
    or of benefit, empty where it is all of them. `zh` and `en` may hold {age} or {name}.
    """

    key: str
    cause: str
    on: str
    zh: str
    en: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something falls due for somebody on a day, before its items are looked up."""

    on: date
    person_id: int
    name: str
    village_id: int
    occasion: Occasion
    age: int = 0
    what: str = ""
    # an item of its own, before those of the occasion
    item: str = ""
    benefit_id: int = 0


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item that she may apply for: key, names; `number` of an application that is open already."""

    key: str
    name: Mapping[str, str]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of a month."""

    due: Due
    words: str
    items: Sequence[OpenItem]


@dataclass(frozen=True, slots=True)
class BenefitFacts:
    """What the window enters of an allowance, permit, insurance or contract."""

    kind: str
    name: str
    since: date
    until: date | None = None
    item: str = ""
