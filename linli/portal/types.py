"""What pages and API of the portal share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from linli.runtime.types import Rate

GIVEN = Rate(10, timedelta(hours=1))
# somebody looks up a few codes; a machine that tries them meets a wall
LOOKS = Rate(60, timedelta(minutes=10))

# the key of feedback among the kinds of cases
KIND = "feedback"


@dataclass(frozen=True, slots=True)
class Given:
    """What a writer gets: number and code, which open her feedback together, and the last day of the answer."""

    number: str
    code: str
    case_id: int
    due_on: date
    is_provisional: bool
