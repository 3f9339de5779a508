"""What happens in the rulebook and others may want to hear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LocalValueAdded:
    """A city, town or body set a value of its own."""

    key: str
    jurisdiction: str
    place: str
    valid_from: date


@dataclass(frozen=True)
class LocalValueWithdrawn:
    """A city, town or body withdrew its value from a day on."""

    key: str
    jurisdiction: str
    place: str
    withdrawn_from: date


@dataclass(frozen=True)
class CalendarLoaded:
    """The working days of these years changed; provisional due dates can be computed anew."""

    years: tuple[int, ...]
