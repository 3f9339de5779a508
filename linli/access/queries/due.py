"""By when a request about personal data must be answered, and what the rulebook said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from linli.kernel.clock import Unit, period_end
from linli.rulebook import queries as rulebook

KEY = "pi.right_request"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the frozen parameters that gave it."""

    on: date
    frozen: dict[str, Any] = field(default_factory=dict)


def due_of_request(path: str, *, now: datetime) -> Due:
    """Return by when a request at a place must be answered. Basis: PIPL 50, 13.3."""
    value = rulebook.lookup(KEY, path, localdate(now))
    frozen = rulebook.freeze(value)
    return Due(due_again(localdate(now), frozen), frozen)


def due_again(received_on: date, frozen: dict[str, Any]) -> date:
    """Return the last day by the calendar of today, with the term that was frozen on receipt."""
    term = next(one for one in frozen["values"] if one["key"] == KEY)
    unit = Unit(term["unit"])
    return period_end(received_on, term["value"], unit, calendar=rulebook.calendar()).day
