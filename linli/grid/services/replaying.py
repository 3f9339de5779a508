"""What a phone did without network is done again here: each entry once, in the phone's own order.

Each entry is a transaction of its own: locks are short, two phones never wait for one another
crosswise, and what was answered stays done if the machine stops in the middle of a batch.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.db import IntegrityError, transaction

from linli.files.types import Owner
from linli.grid.clients.kept_entries import entry_in
from linli.grid.models import Queued
from linli.grid.models.queue_writing import go_on
from linli.grid.queries import phones
from linli.grid.queries.phones import HeldQueue, ParkedRow
from linli.grid.services.queue_rows import OWNER, Fate, Turn, write
from linli.grid.services.queued_acts import Doing, apply
from linli.grid.types.replay import Batch, Entry, QueuedState, Result
from linli.kernel.errors import Refusal
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.phones import Moment, happened

OWN = "only the owner of the queue finds it, and each act asks for its own permit"
# try again later: nothing is wrong with the entry
FOR_NOW = frozenset({
    HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.INSUFFICIENT_STORAGE,
})  # fmt: skip
TAKEN, LONG_AGO = "seq_taken", "long_ago"
# where cases stood after the last move of this phone in this batch
Moved = dict[int, int]


@open_to_all(OWN)
def replay(batch: Batch, *, actor: Actor, now: datetime) -> list[Result]:
    """Apply what a phone sent, in the order of its own counter, and say what became of each entry.

    A double gets the first answer; one that comes before its predecessors waits for them; one that
    cannot be done is kept for a person. Refuses with NotFound if the queue is not the actor's own,
    and with what is only for now, such as Busy: then what follows is to be sent again.
    """
    told = phones.answered(batch, actor)
    moved: Moved = {}
    for sent in sorted(batch.entries, key=lambda one: one.seq):
        turn: Entry | ParkedRow | None = None if _is_told(told, sent) else sent
        while turn is not None:
            result, turn = _turn(batch, turn, moved, actor=actor, now=now)
            told[result.seq] = result
    return [told[seq] for seq in sorted(told)]


def _is_told(told: dict[int, Result], sent: Entry) -> bool:
    known = told.get(sent.seq)
    return known is not None and known.key == sent.key and known.state != QueuedState.WAITING


def _turn(
    batch: Batch, sent: Entry | ParkedRow, moved: Moved, *, actor: Actor, now: datetime
) -> tuple[Result, ParkedRow | None]:
    """As `_one`; a copy that came at the same moment has written the entry, so it is read again."""
    try:
        return _one(batch, sent, moved, actor=actor, now=now)
    except IntegrityError:
        return _one(batch, sent, moved, actor=actor, now=now)


@transaction.atomic
def _one(
    batch: Batch, sent: Entry | ParkedRow, moved: Moved, *, actor: Actor, now: datetime
) -> tuple[Result, ParkedRow | None]:
    """Return what became of one entry, and the one that had waited for it, if there is one."""
    entry = sent if isinstance(sent, Entry) else entry_in(sent)
    queue = phones.hold_queue(batch.phone, entry, actor)
    row = None if isinstance(sent, Entry) else sent
    if row is None and (queue.double or queue.at_seq) or entry.seq < queue.next_seq:
        found = phones.entry_of(queue.id, seq=entry.seq)
        earlier = _earlier(queue, entry, found)
        if earlier is not None:
            return earlier, None
        row = phones.parked(queue.id, entry.seq)
    turn = Turn(entry, queue, _moment(batch, entry, row, now), row.pk if row else None)
    if entry.seq > queue.next_seq:
        return write(turn, Fate(QueuedState.WAITING), actor=actor, now=now), None
    fate = _fate(turn, moved, actor=actor, now=now)
    return write(turn, fate, actor=actor, now=now), _next(queue)


def _moment(batch: Batch, entry: Entry, row: ParkedRow | None, now: datetime) -> Moment:
    if row is not None:
        return Moment(row.happened_at, row.is_clock_wrong)
    return happened(entry.phone_at, offset=entry.offset, drift=batch.drift, received_at=now)


def _earlier(queue: HeldQueue, entry: Entry, row: Queued | None) -> Result | None:
    """Return the first answer to an entry that came before, or None if it is its turn now."""
    if queue.double is not None and queue.double != entry.seq:
        # a fault of the phone: the same key under another number
        row = phones.entry_of(queue.id, key=entry.key)
        if entry.seq == queue.next_seq:
            go_on(queue.id, entry.seq + 1)
    elif row is not None and row.key != entry.key:
        return Result(entry.seq, entry.key, str(QueuedState.REFUSED), reason=TAKEN)
    if row is None:
        if entry.seq >= queue.next_seq:
            return None
        return Result(
            entry.seq, entry.key, str(QueuedState.DONE), reason=LONG_AGO, is_repeated=True
        )
    if row.state == QueuedState.WAITING and entry.seq == queue.next_seq:
        return None
    number = row.case.number if row.case else ""
    return Result(entry.seq, entry.key, row.state, number, row.reason, row.pk, is_repeated=True)


def _fate(turn: Turn, moved: Moved, *, actor: Actor, now: datetime) -> Fate:
    """Apply an entry whose turn it is, and say what becomes of it."""
    entry, case = turn.entry, turn.queue.case
    held = Owner(OWNER, turn.row_id) if turn.row_id else None
    # a copy of the batch may have gone on at the same moment: then what happened since is looked at
    expected = case.seq if case is not None and moved.get(case.id) == case.seq else None
    doing = Doing(entry, turn.queue.id, case, turn.at.at, expected=expected, held=held)
    try:
        done = apply(doing, actor=actor, now=now)
    except Refusal as refusal:
        if refusal.status in FOR_NOW:
            raise
        is_late = refusal.status == HTTPStatus.CONFLICT
        state = QueuedState.CONFLICT if is_late else QueuedState.REFUSED
        return Fate(state, entry.case, refusal.code)
    if done.case_id is not None and done.seq is not None:
        moved[done.case_id] = done.seq
    return Fate(QueuedState.DONE, done.number, case_id=done.case_id)


def _next(queue: HeldQueue) -> ParkedRow | None:
    """Return the entry that had waited for the one just done."""
    if not queue.waits:
        return None
    seq = queue.next_seq + 1
    while (row := phones.parked(queue.id, seq)) is not None:
        if row.state == QueuedState.WAITING:
            return row
        # a person decided it before its turn came
        seq += 1
        go_on(queue.id, seq)
    return None
