"""The code by which a reporter follows her case without an account, and her time to object to its end."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Protocol

from linli.cases.types.kinds import CaseKind
from linli.cases.types.words import ClockState

# the clock in which an end without a result may be objected to
OBJECT_END = "object_end"


def lapsing(kind: CaseKind, state: str | None = None) -> frozenset[str]:
    """Return the keys of the clocks that give time for something and then are over: all, or those of a state."""
    return frozenset(
        one.key for one in kind.clocks if one.lapses and (state is None or state in one.runs)
    )


class Running(Protocol):
    """A clock, as it is kept or as the engine holds it."""

    @property
    def state(self) -> str: ...

    @property
    def due_at(self) -> datetime: ...


def is_in_time(clock: Running | None, at: datetime) -> bool:
    """Say whether there is time yet by a clock that lapses, whether or not a sweep has seen that it is over."""
    return clock is not None and clock.state == ClockState.RUNNING and at < clock.due_at


def digest_of(code: str) -> bytes:
    """Return what the table keeps of a follow code; long random codes need no salt."""
    return hashlib.sha256(b"linli follow\n" + code.encode()).digest()
