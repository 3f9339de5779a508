"""Orders of the hotline (工单) as lists have them, and what may become of each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What a row of a list comes to.

    `new` opens a case at the place that the list names; `suggested` names its place only by its
    words, `unclear` not even so; `look` is a tip that somebody reads first. `known` says nothing
    new, `changed` and `again` add to its case, `over` adds to a case that has ended.
    """

    NEW = "new"
    SUGGESTED = "suggested"
    UNCLEAR = "unclear"
    LOOK = "look"
    KNOWN = "known"
    CHANGED = "changed"
    AGAIN = "again"
    OVER = "over"
    REFUSED = "refused"


# rows that wait for a person unless the list as a whole is taken by its words
WAITS = frozenset({Fate.SUGGESTED, Fate.UNCLEAR, Fate.LOOK})
# fates that are listed row by row, so that somebody sees what comes of them
TOLD = WAITS | {Fate.CHANGED, Fate.AGAIN, Fate.OVER, Fate.REFUSED}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: the field, and a code that has words."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order as its row reads. `phone` as it was typed; `due_at` the hotline's own last moment."""

    line: int
    number: str
    text: str = ""
    matter: str = ""
    category: str = ""
    place: str = ""
    address: str = ""
    name: str = ""
    phone: str = ""
    is_withheld: bool = False
    is_again: bool = False
    sent_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """A place that a row points to: its code, whether the list itself names it, by which words."""

    code: str = ""
    is_named: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what it comes to."""

    row: OrderRow
    cells: tuple[str, ...]
    fate: Fate
    hint: Hint = Hint()
    faults: tuple[Fault, ...] = ()
    # posts that its words accuse: whoever holds or held one does not see the row
    about: tuple[int, ...] = ()
