"""What a phone did without network: entries of its queue, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _


class Act(StrEnum):
    """What an entry does; a skipped one was taken back on the phone before it was sent."""

    REPORT = "report"
    VISIT = "visit"
    CHECK = "check"
    RECHECK = "recheck"
    MOVE = "move"
    NOTE = "note"
    HOME = "home"
    NUMBERS = "numbers"
    SKIP = "skip"


class QueuedState(StrEnum):
    """Where an entry stands: waits for those before it, done, kept for a person, or decided."""

    WAITING = "waiting"
    DONE = "done"
    CONFLICT = "conflict"
    REFUSED = "refused"
    ANEW = "anew"
    DROPPED = "dropped"


# a person has to look at these
KEPT = (QueuedState.CONFLICT, QueuedState.REFUSED)
# nothing is left to do about them
SETTLED = (QueuedState.DONE, QueuedState.ANEW, QueuedState.DROPPED)
ACT_TITLES = {
    Act.REPORT: _("Something seen"),
    Act.VISIT: _("A visit"),
    Act.CHECK: _("A hazard check"),
    Act.RECHECK: _("Checked again"),
    Act.MOVE: _("A step of an event"),
    Act.NOTE: _("A note on an event"),
    Act.HOME: _("A home that is moved in a storm"),
    Act.NUMBERS: _("Numbers of the village"),
    Act.SKIP: _("Taken back on the phone"),
}
STATE_TITLES = {
    QueuedState.WAITING: _("waits for earlier ones"),
    QueuedState.DONE: _("done"),
    QueuedState.CONFLICT: _("moved meanwhile"),
    QueuedState.REFUSED: _("not possible"),
    QueuedState.ANEW: _("applied anew"),
    QueuedState.DROPPED: _("left undone"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of a queue. `seq` is the phone's own counter, `base_seq` what it had seen of the case.

    `phone_at` is the phone's time; `offset` is by how many seconds it thought the server ahead.
    """

    seq: int
    key: UUID
    act: str
    phone_at: datetime
    said: Mapping[str, Any] = field(default_factory=dict)
    case: str = ""
    base_seq: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one phone sends at once; `drift` is how many seconds the server is ahead of it now."""

    phone: str
    entries: tuple[Entry, ...]
    drift: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an entry; `number` is the case, `queued_id` leads to what is kept for a person."""

    seq: int
    key: UUID
    state: str
    number: str = ""
    reason: str = ""
    queued_id: int | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """An event of a case after what the phone had seen; `is_own` if this phone made it."""

    seq: int
    move: str
    state: str
    has_parts: bool
    is_own: bool
