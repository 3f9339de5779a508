"""What a reporter may do in a state only as long as a clock gives her time for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.cases.errors import TooLateToObject
from linli.cases.rules.following import is_in_time, lapsing
from linli.cases.types.kinds import By, CaseKind, CaseMove
from linli.cases.types.shapes import Standing


def check_time(kind: CaseKind, standing: Standing, move: CaseMove[Any], now: datetime) -> None:
    """Refuse with TooLateToObject once it is over; a sweep that has not looked yet adds no time."""
    keys = lapsing(kind, standing.state) if move.by is By.REPORTER else frozenset()
    if keys and not any(is_in_time(standing.clock(key), now) for key in keys):
        raise TooLateToObject()
