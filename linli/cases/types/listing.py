"""What a list of cases can be asked for, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from linli.kernel.paging import COUNT_LIMIT


class View(StrEnum):
    """Which cases a list shows, as work sees them."""

    OPEN = "open"
    MINE = "mine"
    OFFERED = "offered"
    OVERDUE = "overdue"
    WAITING = "waiting"
    CLOSED = "closed"


class Flag(StrEnum):
    """What a supervisor looks for besides what is late."""

    UNACCEPTED = "unaccepted"
    BOUNCED = "bounced"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for: a view, at a place (its path), and what narrows it.

    `is_own` leaves out what lies below the place. `category_id` is one category, `categories`
    several of one parent, `is_uncategorised` those without one; `due_on` the day on which the next
    clock runs out, `since` the first on which it came in; `words` a number, or words of the title.
    """

    view: View = View.OPEN
    path: str = ""
    is_own: bool = False
    category_id: int | None = None
    now: datetime | None = None
    categories: tuple[int, ...] = ()
    is_uncategorised: bool = False
    kind: str = ""
    matter: str = ""
    words: str = ""
    flag: str = ""
    due_on: date | None = None
    since: date | None = None
    lead_post_id: int | None = None
    is_placed: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    id: int
    number: str
    kind: str
    version: int
    state: str
    stage: str
    is_open: bool
    level: int
    channel: str
    matter: str
    title: str
    title_en: str
    category: str | None
    category_en: str | None
    path: str
    place: str | None
    place_en: str | None
    lon: int | None
    lat: int | None
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime
    due_clock: str
    is_provisional: bool
    seq: int
    lead_post_id: int | None
    offered_post_id: int | None
    bounced: int
    reopened: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """Rows of a page, the cursors to its neighbours, and how many there are, up to a limit."""

    items: list[CaseRow]
    next: str | None
    previous: str | None = None
    counted: int | None = None

    @property
    def count(self) -> int:
        return min(self.counted or 0, COUNT_LIMIT)

    @property
    def has_more_than_count(self) -> bool:
        return (self.counted or 0) > COUNT_LIMIT

    @property
    def count_text(self) -> str:
        return count_text(self.counted or 0)


def count_text(counted: int) -> str:
    """Return a number as lists show it: exact up to the limit."""
    return f"{COUNT_LIMIT:,}+" if counted > COUNT_LIMIT else f"{counted:,}"
