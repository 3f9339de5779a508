"""What the city's service hall sends: items of its list, and applications that were made there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

# words of the hall that nobody took go after as long, and back to the hall some days before
KEPT = timedelta(days=90)
HELD_MOST = KEPT - timedelta(days=10)


class Difference(StrEnum):
    """How the hall's list differs from what somebody last decided: nothing is ever taken over unseen."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class HallState(StrEnum):
    """What the hall is told of an application."""

    RECEIVED = "received"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    AT_WORK = "at_work"
    PAUSED = "paused"
    GRANTED = "granted"
    DENIED = "denied"
    READY = "ready"
    DELIVERED = "delivered"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of the hall's list; `version` grows with every change, `content` is what it says."""

    code: str
    version: int
    name: str
    is_valid: bool
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentIn:
    """An application as it was made at the hall. Names, numbers and addresses are personal."""

    number: str
    item_code: str
    place: str
    sent_at: datetime
    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    delivery: str = "counter"
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be read: under which number it is kept, and what it said."""

    number: str
    raw: str


class ChangeKind(StrEnum):
    """What an applicant did at the hall with an application that she had made there."""

    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"


class Answer(StrEnum):
    """What the hall is told of such a step; `moot`: nothing was left to do."""

    TAKEN = "taken"
    MOOT = "moot"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a supplement: for which paper, under which name it is had, and what it must be."""

    material: str
    code: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """A step that was made at the hall, under a number of its own. Words and names of files are personal."""

    number: str
    application: str
    kind: ChangeKind
    at: datetime
    files: tuple[SentFile, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class FilePiece:
    """A part of a file, and how long the whole is."""

    size: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that came, in the hall's order, and the mark behind the last of them."""

    rows: tuple[Any, ...]
    mark: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class HallDay:
    """What the hall counts of one day: its numbers, each with the last state or answer that it knows."""

    on: date
    states: Mapping[str, str]
