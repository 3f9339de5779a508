"""Rows of queues: an entry is written once, with its queue's counter, and its words only while needed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from linli.files import services as files
from linli.files.types import PHOTO, Owner
from linli.grid.clients.kept_entries import sealed_entry
from linli.grid.models import Queued
from linli.grid.models.queue_writing import insert_entry, renew_entry
from linli.grid.queries import entries, phones
from linli.grid.queries.phones import HeldQueue
from linli.grid.types.replay import KEPT, Entry, QueuedState, Result
from linli.kernel.errors import Busy, Refusal
from linli.kernel.permits import STAFF, Actor, open_to_all
from linli.kernel.phones import Moment
from linli.trail.services import record

OWNER = "grid.queued"
OWN = "the caller has locked the queue of the actor's own"


@dataclass(frozen=True, slots=True)
class Turn:
    """An entry whose queue is locked, with when it happened and the row that it has already."""

    entry: Entry
    queue: HeldQueue
    at: Moment
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an entry."""

    state: QueuedState
    number: str = ""
    reason: str = ""
    case_id: int | None = None


@open_to_all(OWN)
def write(turn: Turn, fate: Fate, *, actor: Actor, now: datetime) -> Result:
    """Write what became of an entry; one that a person must look at keeps its words and photos."""
    row_id = (
        _renewed(turn, fate, now) if turn.row_id else _inserted(turn, fate, actor=actor, now=now)
    )
    if fate.state in (*KEPT, QueuedState.WAITING):
        Queued.objects.filter(pk=row_id).update(said=sealed_entry(turn.entry, row_id))
        _keep_photos(turn, row_id, actor=actor, now=now)
    if fate.state in KEPT:
        on = ("grid.queued", row_id)
        record("grid.entry_kept", on=on, actor=actor, now=now, level=STAFF,
               place=_linked(turn)[0], act=turn.entry.act, reason=fate.reason)  # fmt: skip
    entry = turn.entry
    return Result(entry.seq, entry.key, str(fate.state), fate.number, fate.reason, row_id)


def _linked(turn: Turn) -> tuple[str, int | None]:
    """Return path and post of an entry; none if the owner never worked there, so nobody else sees it."""
    path = phones.path_of(turn.entry, turn.queue.case)
    worked, post_id = turn.queue.post_for(path)
    return (path, post_id) if worked else ("", None)


def _inserted(turn: Turn, fate: Fate, *, actor: Actor, now: datetime) -> int:
    entry, queue, at = turn.entry, turn.queue, turn.at
    path, post_id = _linked(turn)
    case = queue.case.id if queue.case and path else fate.case_id
    is_turn = fate.state is not QueuedState.WAITING
    params = [
        queue.id, entry.seq, entry.key, str(entry.act), path, actor.account_id, post_id, case,
        entry.base_seq, entry.phone_at, at.at, now, at.is_clock_wrong, str(fate.state),
        fate.reason[:60], queue.next_seq + is_turn, queue.waits + (not is_turn),
        localdate(now), queue.id,
    ]  # fmt: skip
    return insert_entry(params)


def _renewed(turn: Turn, fate: Fate, now: datetime) -> int:
    """An entry that had waited gets its turn. Refuses with Busy if somebody decided it meanwhile."""
    queue, row_id = turn.queue, turn.row_id
    assert row_id is not None, "the caller has the row"
    values = [
        str(fate.state), fate.reason[:60], fate.case_id, row_id, queue.next_seq + 1,
        max(queue.waits - 1, 0), localdate(now), queue.id,
    ]  # fmt: skip
    if not renew_entry(values):
        raise Busy()
    return row_id


def _keep_photos(turn: Turn, row_id: int, *, actor: Actor, now: datetime) -> None:
    """Hang photos on what is kept: as drafts they would go after two days."""
    if turn.row_id is not None:
        return
    for code in entries.readable_codes(turn.entry.said):
        # one that is gone takes neither the others nor the entry with it
        with suppress(Refusal):
            files.adopt(
                (code,), owner=Owner(OWNER, row_id), place=_linked(turn)[0], policy=PHOTO,
                actor=actor, now=now,
            )  # fmt: skip
