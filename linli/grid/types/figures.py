"""What is counted of events of a place over some days (GR-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that are counted, both of them in it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the events of a place; `hours` is the mean from filing to disposal, None if unknown."""

    seen: int
    due: int
    on_time: int
    filed: int
    filed_closed: int
    disposed: int
    reworked: int
    closed: int
    closed_on_time: int
    hours: Decimal | None
    measured: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of GR-04: `pile` are the events that it is out of, `good` and `whole` name its numbers.

    What has no `whole` is a mean and no share.
    """

    key: str
    pile: str
    good: str
    whole: str
    title: Any
    method: Any

    @property
    def is_share(self) -> bool:
        """Whether it is a share of events."""
        return bool(self.whole)


@dataclass(frozen=True, slots=True)
class Found:
    """An event that a figure rests on, with its moments; what did not happen yet is None."""

    case_id: int
    number: str
    path: str
    filed_at: datetime | None
    due_at: datetime | None
    disposed_at: datetime | None
    closed_at: datetime | None
    reworks: int


# GR-04: in time of those due, closed of those filed, sent back of those disposed of, in time of those closed
FIGURES: Sequence[Figure] = (
    Figure("grid.on_time", "due", "on_time", "due", _("Events disposed of in time"),
           _("Disposed of in time ÷ due (GR-04)")),
    Figure("grid.closing", "filed", "filed_closed", "filed", _("Events closed"),
           _("Closed ÷ filed (GR-04)")),
    Figure("grid.rework", "disposed", "reworked", "disposed", _("Events done once more"),
           _("Sent back once or more ÷ disposed of (GR-04)")),
    Figure("grid.closing_on_time", "closed", "closed_on_time", "closed",
           _("Events closed that were disposed of in time"),
           _("Disposed of in time ÷ closed (GR-04)")),
    Figure("grid.hours", "measured", "hours", "", _("Mean time to dispose of an event"),
           _("Hours from filing to disposal, mean (GR-04)")),
)  # fmt: skip
