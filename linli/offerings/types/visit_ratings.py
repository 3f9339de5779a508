"""Words and values of ratings of visits (好差评, 10.3): the five grades are those of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.types.rating import REACHED_WORDS

# what came of a call that could not be made: nobody's number was left, which is counted apart
NO_NUMBER = "no_number"
OUTCOMES: Mapping[str, Any] = {
    **{str(key): words for key, words in REACHED_WORDS.items()},
    NO_NUMBER: _("No number was left"),
}
# the cookie that makes a device the tablet of a window, and how long it shows a visit that ended
TABLET_COOKIE, SHOWN_FOR = "linli-tablet", timedelta(minutes=10)


class RatedBy(StrEnum):
    """Where a rating was given: on one's own page later, or on the tablet in the hall, turned away."""

    OWN = "own"
    TABLET = "tablet"


@dataclass(frozen=True, slots=True)
class Spread:
    """Ratings of a centre: visits that ended, ratings that count, how many of each grade from 5 down to 1.

    Grades are None where fewer than `least` are rated. `called` of `bad` ones were called back, `no_number`
    left none at which to call; `left_out` were mistaken or malicious after review and count nowhere.
    """

    ended: int
    rated: int
    grades: tuple[int, ...] | None
    bad: int
    called: int
    least: int
    left_out: int = 0
    no_number: int = 0
