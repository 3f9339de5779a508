"""Words and values of ratings of visits (好差评, 10.3): the five grades are those of cases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RatedBy(StrEnum):
    """Where a rating was given: on one's own page later, or on the tablet in the hall, turned away."""

    OWN = "own"
    TABLET = "tablet"


@dataclass(frozen=True, slots=True)
class Spread:
    """Ratings of a centre: visits that ended, ratings that count, how many of each grade from 5 down to 1.

    Grades are None where fewer than `least` are rated. `called` of `bad` ones were called back;
    `left_out` were mistaken or malicious after review and count nowhere.
    """

    ended: int
    rated: int
    grades: tuple[int, ...] | None
    bad: int
    called: int
    least: int
    left_out: int = 0
