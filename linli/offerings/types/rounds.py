"""Words and values of draws for scarce dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

MOST_WISHES, MOST_DAYS = 3, 62
STATE_WORDS = {
    "open": _("entries are taken"),
    "closed": _("closed, to be drawn"),
    "booking": _("drawn, being booked"),
    "drawn": _("drawn"),
    "called_off": _("called off"),
}


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A draw as an office announces it: for which days, when entries are taken, what is kept for whom.

    `public` says which number from elsewhere will be mixed in, such as those of a lottery after the closing.
    """

    name: str
    first: date
    last: date
    takes_until: datetime
    kept_phone: int = 0
    kept_counter: int = 0
    item: str = ""
    public: str = ""
