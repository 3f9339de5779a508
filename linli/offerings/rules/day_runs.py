"""Days that follow one another, told as one: the 3rd to the 5th, and the 8th."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


def runs_of(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return the first and last day of each run, in order."""
    found: list[tuple[date, date]] = []
    for on in sorted(days):
        if found and on - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], on)
        else:
            found.append((on, on))
    return found
