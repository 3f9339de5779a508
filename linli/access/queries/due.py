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
    end = period_end(localdate(now), value.number, Unit(value.unit), calendar=rulebook.calendar())
    return Due(end.day, rulebook.freeze(value))
