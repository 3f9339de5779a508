"""What a caller gives to a move, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.cases.types.shapes import AssignmentNow, ClockNow, Standing
from linli.kernel.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a move.

    `public` is told to the reporter, `internal` stays among those who work on the case; both are
    small objects of texts and may be forgotten. `sealed` is what was said besides and is kept elsewhere
    under seal: it is only looked at, not written. `facts` are ids, codes and whole numbers, kept for
    good. `columns` change the head, `parts` are assignments, `clocks` are clocks changed besides
    those that the state changes. `against_cadres`: it complains about cadres, whatever its words.
    """

    public: Mapping[str, Any] | None = None
    internal: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[AssignmentNow, ...] = ()
    clocks: tuple[ClockNow, ...] = ()
    by_reporter: bool = False
    waits_for_release: bool = False
    sealed: tuple[str, ...] = ()
    against_cadres: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Held:
    """A case that this transaction has locked: its id, number and path, and where it stands."""

    id: int
    number: str
    path: str
    level: int
    standing: Standing


@quick
@dataclass(frozen=True, slots=True)
class Wish:
    """One move that somebody wants. `expected_seq` is what she saw; `key` makes it happen once.

    `at` is the moment of the move, which the engine fills in before a kind's `apply` is asked.
    """

    case_id: int
    move: str
    given: Given = field(default_factory=Given)
    expected_seq: int | None = None
    key: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a move came to: the case after it, and whether it had happened before."""

    held: Held
    seq: int
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class To:
    """Whom a part is offered to, as what, and by which rule of routing if by one."""

    role: str
    org_id: int
    post_id: int
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class At:
    """Which case somebody acts on, what she saw of it, and the key that makes the act happen once."""

    case_id: int
    expected_seq: int | None = None
    key: UUID | None = None

    def wish(self, move: str) -> Wish:
        return Wish(self.case_id, move, Given(), self.expected_seq, self.key)
