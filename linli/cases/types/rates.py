"""What is counted of cycles of cases, and the rates made of it. Definitions: docs/formats/rates.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import STAFF

# what a cycle came to, in the order of tables; *answered* is not *solved*
OUTCOMES = (
    "answered", "solved", "refused", "beyond", "referred", "withdrawn", "merged", "lapsed",
    "otherwise",
)  # fmt: skip
COUNTS = ("came", "reopened", *OUTCOMES, "in_time", "late")
# ends of kinds other than reports that have no column of their own
OTHERWISE = "otherwise"
# what is counted where nothing else is asked for
KIND = "report"
TITLES: dict[str, Any] = {
    "came": _("Rounds that came in"),
    "reopened": _("of these again"),
    "answered": _("Answered, not done"),
    "solved": _("Solved"),
    "refused": _("Refused by rule"),
    "beyond": _("Beyond our power"),
    "referred": _("Referred to others"),
    "withdrawn": _("Withdrawn"),
    "merged": _("Same as another"),
    "lapsed": _("Ended without a reply"),
    "otherwise": _("Ended in another way"),
    "in_time": _("In time"),
    "late": _("Late"),
}
RATE_TITLES: dict[str, Any] = {
    "solved": _("Share solved or refused by rule"),
    "in_time": _("Share in time"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first moment to before the last; `excludes` are outcomes that no share counts.

    Which are left out is a dated value of the rulebook, taken at the period's last day.
    """

    since: datetime
    until: datetime
    excludes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rate:
    """A share as two whole numbers; a denominator of 0 is no share, which is not 0 %."""

    numerator: int
    denominator: int


@dataclass(slots=True)
class Counts:
    """How many cycles of a unit (and category) came, and what they came to."""

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def add(self, other: Mapping[str, int]) -> None:
        """Add other counts to these."""
        for name, number in other.items():
            self.numbers[name] += number


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of one unit and one category; a category of "" is other matters."""

    unit: str
    category: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Heard:
    """Ratings and call-backs of a period: good ones ÷ all that count.

    `bad` has all bad ratings; `bad_nowhere` says how many of them left no way to call. `of_same` are
    those of others who reported the same: one of a matter counts. `not_counted` is without them.
    """

    rated: Rate
    called: Rate
    bad: int = 0
    bad_called: int = 0
    not_counted: int = 0
    excluded: int = 0
    bad_nowhere: int = 0
    of_same: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Which cases are counted: of a kind, all that staff see of it or what is on the public list.

    `clock` is the one by which a round is in time, `level` the highest that is counted.
    """

    kind: str = KIND
    clock: str = "solve"
    level: int = STAFF
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a place and a period."""

    place: str
    first: date
    last: date
    period: Period
    lines: Sequence[Line]
    heard: Heard
    counted: Counted = Counted()


@dataclass(frozen=True, slots=True)
class Column:
    """A number of the figures that opens its list: which column, of which unit and category.

    None is all of them; a category of "" is other matters.
    """

    name: str
    unit: str | None = None
    category: str | None = None
