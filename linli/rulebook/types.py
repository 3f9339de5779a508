"""What the rulebook hands out: values of the law, with where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from linli.kernel.numbers import Op, Share


class Certainty(StrEnum):
    """Whether a value was read in its source, or is still to be confirmed."""

    SURE = "sure"
    CHECK = "check"


class Footing(StrEnum):
    """What a value of the files stands on: a law that was read, one still to be read, or a practice."""

    LAW = "law"
    UNREAD = "unread"
    PRACTICE = "practice"


class Force(StrEnum):
    """Whether a value binds, or only guides: outside a guide value there is a hint."""

    BINDING = "binding"
    GUIDE = "guide"


class Tighten(StrEnum):
    """What a lower level may do with a value: raise, lower or narrow it, nothing, or anything."""

    UP = "up"
    DOWN = "down"
    INSIDE = "inside"
    NONE = "none"
    FREE = "free"


class Level(StrEnum):
    """Who may set a value, from the widest to the narrowest."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Range:
    """From `min` to `max`, both included."""

    min: int
    max: int

    def holds(self, number: int) -> bool:
        """Say whether a number lies inside."""
        return self.min <= number <= self.max


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Several conditions, each by a base of its own; whichever base applies is enough."""

    options: tuple[Share, ...]

    def on(self, base: str) -> Share:
        """Return the condition for one base."""
        found = [option for option in self.options if option.base == base]
        assert found, f"no condition is counted by {base}"
        return found[0]


Choice = tuple[str, ...] | tuple[int, ...]
RuleValue = bool | int | Choice | Share | Range | AnyOf | None
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a disputed rule, and who reads it so."""

    name: str
    title: Words
    authority: Words
    value: RuleValue


@dataclass(frozen=True, slots=True)
class Paper:
    """The document by which a city, town or body set its own value."""

    number: str
    dated: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one parameter at a place on a day, and where it comes from.

    `value` None means that the law sets none. `provisional` comes with a `banner` that says why.
    """

    key: str
    value: RuleValue
    unit: str
    source: Words
    certainty: Certainty
    valid_from: date
    valid_to: date | None
    jurisdiction: str
    level: Level
    checked_on: date
    force: Force = Force.BINDING
    reading: str = ""
    alternatives: tuple[Reading, ...] = ()
    precision: str = "day"
    provisional: bool = False
    banner: Words = ("", "")
    paper: Paper | None = None

    @property
    def number(self) -> int:
        """Return the value as a whole number."""
        assert isinstance(self.value, int) and not isinstance(self.value, bool), self.key
        return self.value

    @property
    def flag(self) -> bool:
        """Return the value as yes or no."""
        assert isinstance(self.value, bool), self.key
        return self.value

    @property
    def share(self) -> Share:
        """Return the value as a share."""
        assert isinstance(self.value, Share), self.key
        return self.value

    @property
    def range(self) -> Range:
        """Return the value as a range."""
        assert isinstance(self.value, Range), self.key
        return self.value

    @property
    def any_of(self) -> AnyOf:
        """Return the value as alternatives by base."""
        assert isinstance(self.value, AnyOf), self.key
        return self.value

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the value as a list of words."""
        assert isinstance(self.value, tuple), self.key
        return tuple(str(item) for item in self.value)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the value as a list of numbers."""
        assert isinstance(self.value, tuple), self.key
        return tuple(int(item) for item in self.value)


Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for a decision: `part` of `whole`; `wholes` for bases of other readings.

    A plain number of the law needs `op` to be compared: 31 days against "at most 30".
    """

    part: int
    whole: int = 1
    wholes: Mapping[str, int] | None = None
    op: Op | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading gives for the counted numbers; `holds` None means not computable."""

    reading: str
    title: Words
    authority: Words
    words: Words
    holds: bool | None
    inequality: str = ""
    sides: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a decision came out as it did: article, value, inputs, both sides, in two languages."""

    key: str
    title: Words
    source: Words
    certainty: Certainty
    valid_from: date
    jurisdiction: str
    outcome: Outcome
    others: tuple[Outcome, ...]
    sentence: Words
    provisional: bool
    banner: Words
