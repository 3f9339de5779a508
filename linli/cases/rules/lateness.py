"""Of which days the office owes its reporter a reason, once they have passed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from linli.cases.types.acting import Act
from linli.cases.types.kinds import CaseKind
from linli.cases.types.words import ClockState

SAY_WHY = str(Act.SAY_WHY)


class Running(Protocol):
    """A clock as it is held or as it is stored."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...


def is_owed_late(kind: CaseKind, clock: Running, now: datetime) -> bool:
    """Say whether a clock of the office's, which its reporter waits for, has run out and still runs.

    What runs among offices alone, such as the answer to an offer, is none; nor is her own time.
    """
    return (
        kind.has_reporter
        and clock.state == ClockState.RUNNING
        and clock.due_at <= now
        and any(one.key == clock.key and not one.hers for one in kind.clocks)
    )
