"""What crosses the edge of the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from linli.kernel.quick import quick

DONE, REFUSED, READ = "done", "refused", "read"


class About(TypedDict, total=False):
    """Where a thing is, whom it concerns, how confidential it is; else read off the thing."""

    place: str
    person_id: int | None
    level: int


@quick
@dataclass(frozen=True, slots=True)
class Act:
    """One of many acts that are recorded together; fields as `record` takes them."""

    verb: str
    on: Any
    details: Mapping[str, Any] = field(default_factory=dict)
    about: About = field(default_factory=About)


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """What one row of the trail says, as it is marked and chained."""

    id: int
    at: datetime
    account_id: int | None
    acting_for: int | None
    label: str
    post_id: int | None
    verb: str
    kind: str
    key: str
    path: str
    person_id: int | None
    purpose: str
    level: int
    details: Mapping[str, Any]
    outcome: str


@dataclass(frozen=True, slots=True)
class Sealable:
    """A row of the trail with its place in the order of commits and its mark."""

    epoch: int
    xid: int
    line: Line
    mark: bytes

    @property
    def position(self) -> tuple[int, int, int]:
        return self.epoch, self.xid, self.line.id


@dataclass(frozen=True, slots=True)
class Link:
    """One seal: the hash of a row over the hash before it."""

    seq: int
    epoch: int
    xid: int
    entry_id: int
    algorithm: str
    hash: bytes

    @property
    def position(self) -> tuple[int, int, int]:
        return self.epoch, self.xid, self.entry_id


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many rows are sealed, and the last hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was sealed. `kind` is a fixed word, `text` says it in a sentence."""

    kind: str
    text: str
    entry_id: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Tail:
    """Rows that are not sealed yet: how many, the first of them, the moment of the oldest."""

    count: int
    first: tuple[int, ...]
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the whole trail found."""

    sealed: int
    problems: tuple[Problem, ...]
    tail: Tail
    head: Head
    heads_compared: int
    # rows whose mark could not be checked, since its key is not here
    marks_unknown: int = 0
    is_cut_short: bool = False

    @property
    def is_intact(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Seen:
    """One row of the trail as lists show it."""

    id: int
    at: datetime
    account_id: int | None
    label: str
    post_id: int | None
    verb: str
    kind: str
    key: str
    path: str
    person_id: int | None
    purpose: str
    level: int
    outcome: str
    details: dict[str, Any]
