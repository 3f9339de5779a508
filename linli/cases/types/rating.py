"""Fixed words of ratings and of asking again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.runtime.types import Rate

# a machine that tries codes meets a wall
LOOKS = Rate(60, timedelta(minutes=10))
LOWEST, HIGHEST = 1, 5
# the last two of the five grades are bad ones (10.3)
BAD = 2
GOOD = 3


class Way(StrEnum):
    """How a rating came: only one's own page, later, counts."""

    OWN = "own"
    COUNTER = "counter"


class Reached(StrEnum):
    """What came of a call."""

    YES = "yes"
    NO = "no"
    DECLINED = "declined"


class Shown(StrEnum):
    """Which ratings a reviewer looks at."""

    ALL = "all"
    BAD = "bad"
    EXCLUDED = "excluded"


class Why(StrEnum):
    """What was bad."""

    SLOW = "slow"
    NOT_SOLVED = "not_solved"
    UNCLEAR = "unclear"
    RUDE = "rude"
    OTHER = "other"


GRADE_WORDS = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Fairly satisfied"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}
WHY_WORDS = {
    Why.SLOW: _("It took too long"),
    Why.NOT_SOLVED: _("It is not solved"),
    Why.UNCLEAR: _("I was not told clearly"),
    Why.RUDE: _("How I was treated"),
    Why.OTHER: _("Something else"),
}
REACHED_WORDS = {
    Reached.YES: _("Was reached"),
    Reached.NO: _("Not reached"),
    Reached.DECLINED: _("Does not want to be asked"),
}
