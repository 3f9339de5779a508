"""Words and values of the queue of a centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.runtime.types import Rate

# how often one address may draw: a hall stands behind one address
DRAWS = Rate(240, timedelta(hours=1), burst=120)
# nobody was served yet: what a visit is taken to last
USUAL_SECONDS = 8 * 60


class Priority(StrEnum):
    """Who is called before others, and is shown by the letter of the ticket."""

    NONE = ""
    ELDER = "elder"
    DISABLED = "disabled"
    CHILD = "child"


PRIORITY_WORDS = {
    Priority.NONE: _("ordinary"),
    Priority.ELDER: _("60 years or older"),
    Priority.DISABLED: _("with a disability"),
    Priority.CHILD: _("pregnant, or with a small child"),
}


class Source(StrEnum):
    """Where a ticket was drawn."""

    SCREEN = "screen"
    PHONE = "phone"
    PAPER = "paper"


ORDINARY, FIRST, BOOKED = "A", "P", "B"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that waits, as the rule of the order needs it.

    `due_at` is the time of a booked visit; `window_id` the window to which it was sent on.
    """

    id: int
    drawn_at: datetime
    number: int
    is_first: bool = False
    due_at: datetime | None = None
    window_id: int | None = None
    item: str = ""
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A window that calls: `items` are keys of what it does, none means everything.

    `group` are the windows in use that do the same, `known` all that are in use at the centre; `served` is
    what any of these does, None means everything.
    """

    window_id: int
    items: tuple[str, ...] = ()
    group: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()
    served: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class DrawWish:
    """What is said when a ticket is drawn. `group` is any window of those that do what one comes for."""

    item: str = ""
    priority: str = Priority.NONE.value
    source: str = Source.SCREEN.value
    language: str = "zh-hans"
    visit_code: str = ""
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Honesty:
    """How far forecasts of the wait were off: half of them by at most `median` minutes; None if too few."""

    tickets: int
    median: int | None
