"""Values of cases as the engine and its rules hold them; no table, no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from linli.kernel.quick import quick

# a clock that stands still, and a case without a clock, are due behind every day
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@quick
@dataclass(frozen=True, slots=True)
class ClockNow:
    """A clock as it stands; `pauses` are (since, until or None) in order."""

    key: str
    cycle: int
    state: str
    unit: str
    amount: int
    legal_amount: int
    started_at: datetime
    roll_over: bool = False
    extensions: tuple[int, ...] = ()
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    due_at: datetime = NEVER
    warn_at: datetime = NEVER
    next_at: datetime = NEVER
    is_warned: bool = False
    is_overdue: bool = False
    is_provisional: bool = False
    ended_at: datetime | None = None
    law: Mapping[str, Any] = field(default_factory=dict)

    @property
    def extended(self) -> int:
        """By how much the term was extended in all, in its own unit."""
        return sum(self.extensions)


# part of the frozen law of a clock: the guide, such as `residence-permit/3`, that names its length
NAMED_BY = "named_by"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take where the matter itself says so, in `unit`: promised, and by law.

    `named_by` says which version of what names it; `is_sure` whether its law was read.
    """

    promised: int
    legal: int
    unit: str
    named_by: str
    is_sure: bool = True


@quick
@dataclass(frozen=True, slots=True)
class AssignmentNow:
    """A post's part in a case as it stands; `number` counts within the case."""

    number: int
    role: str
    org_id: int
    post_id: int
    state: str
    offered_at: datetime
    from_post_id: int | None = None
    rule_id: int | None = None
    responded_at: datetime | None = None
    ended_at: datetime | None = None


@quick
@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: the head as values, with its clocks and assignments of this cycle.

    `columns` are the head's other columns by name, as facts set them.
    """

    uuid: str
    kind: str
    version: int
    state: str
    cycle: int = 1
    seq: int = 0
    head: bytes = b""
    opened_at: datetime | None = None
    changed_at: datetime | None = None
    closed_at: datetime | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    clocks: Mapping[tuple[int, str], ClockNow] = field(default_factory=dict)
    assignments: Mapping[int, AssignmentNow] = field(default_factory=dict)

    def clock(self, key: str) -> ClockNow | None:
        """Return a clock of the present cycle, or None."""
        return self.clocks.get((self.cycle, key))


@quick
@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand made a step: `by` is post, reporter, job or nobody."""

    by: str
    account_id: int | None = None
    post_id: int | None = None
    acting_for: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class Step:
    """One event before it is written: `facts` hold ids, codes and whole numbers only."""

    move: str
    at: datetime
    state: str
    cycle: int
    hand: Hand
    facts: Mapping[str, Any] = field(default_factory=dict)
    public: bytes | None = None
    internal: bytes | None = None


@quick
@dataclass(frozen=True, slots=True)
class Chained:
    """A step in its place in the chain."""

    step: Step
    seq: int
    hash: bytes
