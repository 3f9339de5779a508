"""Queues of phones: held for a batch, what an entry is about, and what waits for a person."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.cases import permits as cases
from linli.cases.queries.steps_of_events import stands_in
from linli.files import queries as files
from linli.files.types import Owner
from linli.grid import permits
from linli.grid.models import PhoneQueue, Queued
from linli.grid.queries.rounds import event_number
from linli.grid.types import EVENT
from linli.grid.types.replay import KEPT, Batch, Entry, Meanwhile, QueuedState, Result
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.places.queries.rows_of_others import PATH_OF_CODE

# the lock comes first and alone: what is read in the statement that waits for it is of before
LOCK = "SELECT 1 FROM grid_phonequeue WHERE code = %s AND account_id = %s FOR UPDATE"
HOLD = """
SELECT q.id, q.next_seq, q.waits, q.reach::text,
       (SELECT e.seq FROM grid_queued e WHERE e.queue_id = q.id AND e.key = %s),
       (SELECT e.id FROM grid_queued e WHERE e.queue_id = q.id AND e.seq = %s),
       c.id, c.path, c.level, c.seq, c.merged_into_id
  FROM grid_phonequeue q LEFT JOIN cases_case c ON c.number = %s AND c.kind = %s
 WHERE q.code = %s AND q.account_id = %s
"""
# what was answered before and cannot change any more; read without a lock
ANSWERED = """
SELECT e.seq, e.key, e.state, coalesce(c.number, ''), e.reason, e.id, true
  FROM grid_queued e JOIN grid_phonequeue q ON q.id = e.queue_id
  LEFT JOIN cases_case c ON c.id = e.case_id
 WHERE q.code = %s AND q.account_id = %s AND e.seq = ANY(%s) AND e.state <> 'waiting'
"""
PARKED = """
SELECT id, seq, key, act, phone_at, base_seq, said, happened_at, is_clock_wrong, state
  FROM grid_queued WHERE queue_id = %s AND seq = %s
"""
SINCE = """
SELECT e.seq, e.move, e.state, e.facts ? 'parts',
       EXISTS (SELECT 1 FROM grid_queued o WHERE o.queue_id = %s AND o.key = e.key)
  FROM cases_caseevent e WHERE e.case_id = %s AND e.seq >= %s ORDER BY e.seq
"""
# where an entry belongs that names no case
PLACES = {
    "visit": "SELECT path FROM grid_stop WHERE id = %s",
    "recheck": "SELECT path FROM grid_hazardcheck WHERE id = %s",
    "report": PATH_OF_CODE,
    "check": PATH_OF_CODE,
    "home": "SELECT path FROM grid_stormhome WHERE id = %s",
    "numbers": PATH_OF_CODE,
}
NAMED_BY = {
    "visit": "stop", "recheck": "check", "report": "cell", "check": "cell", "home": "home",
    "numbers": "village",
}  # fmt: skip
BY_CODE = ("report", "check", "numbers")


@dataclass(frozen=True, slots=True)
class OfCase:
    """The event that an entry is about, as the queue's owner may know it."""

    id: int
    path: str
    level: int
    seq: int
    merged_into: int | None


@dataclass(frozen=True, slots=True)
class HeldQueue:
    """A queue that this transaction has locked; `double` is the entry that bears the same key."""

    id: int
    next_seq: int
    waits: int
    reach: tuple[tuple[str, int | None], ...] = ()
    double: int | None = None
    at_seq: int | None = None
    case: OfCase | None = field(default=None)

    def post_for(self, path: str) -> tuple[bool, int | None]:
        """Say whether she worked at a path when she last fetched her day, and in which post."""
        near = [one for one in self.reach if path and path.startswith(one[0])]
        return bool(near), max(near, key=lambda one: len(one[0]))[1] if near else None


def hold_queue(code: str, entry: Entry, actor: Actor) -> HeldQueue:
    """Lock a queue of the actor's own, with the case of an entry. Refuses with NotFound."""
    sql.execute("grid.lock_queue", LOCK, [code, actor.account_id])
    params = [entry.key, entry.seq, entry.case, EVENT, code, actor.account_id]
    found = sql.tuples("grid.hold_queue", HOLD, params)
    if not found:
        raise NotFound()
    row = found[0]
    reach = tuple((path, post_id) for path, post_id in json.loads(row[3]))
    case = OfCase(*row[6:]) if row[6] is not None else None
    queue_id, next_seq, waits = row[:3]
    return HeldQueue(queue_id, next_seq, waits, reach, row[4], row[5], case)


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """An entry that came before its turn, with its words sealed."""

    pk: int
    seq: int
    key: UUID
    act: str
    phone_at: datetime
    base_seq: int | None
    said: bytes | None
    happened_at: datetime
    is_clock_wrong: bool
    state: str


def answered(batch: Batch, actor: Actor) -> dict[int, Result]:
    """Return the first answers to the entries of a batch that came before, by their places."""
    keys = {one.seq: one.key for one in batch.entries}
    params = [batch.phone, actor.account_id, list(keys)]
    rows = [Result(*row) for row in sql.tuples("grid.answered", ANSWERED, params)]
    return {one.seq: one for one in rows if one.key == keys[one.seq]}


def parked(queue_id: int, seq: int) -> ParkedRow | None:
    """Return the entry at a place of a queue, or None if none came."""
    rows = sql.tuples("grid.parked", PARKED, [queue_id, seq])
    return ParkedRow(*rows[0]) if rows else None


def sees_event(actor: Actor, case: OfCase) -> bool:
    """Say whether the actor may know of an event; who it is about, the engine asks."""
    return actor.may(cases.SEE, at=case.path, level=case.level)


def since(queue_id: int, case_id: int, base_seq: int) -> list[Meanwhile]:
    """Return what happened to a case from what a phone had seen on."""
    rows = sql.tuples("grid.since", SINCE, [queue_id, case_id, base_seq])
    return [Meanwhile(*row) for row in rows]


def case_now(case_id: int | None) -> tuple[OfCase | None, str]:
    """Return the case that a kept entry would be applied to now, and its number."""
    row = stands_in(case_id) if case_id is not None else None
    return (OfCase(*row[:5]), str(row[5])) if row else (None, "")


def path_of(entry: Entry, case: OfCase | None) -> str:
    """Return where an entry belongs, or nothing."""
    if case is not None:
        return case.path
    value = entry.said.get(NAMED_BY.get(entry.act, ""))
    if entry.act in BY_CODE:
        value = value.split("/")[0] if isinstance(value, str) else None
    elif type(value) is not int or not 0 < value < 2**53:
        value = None
    if value is None or entry.act not in PLACES:
        return ""
    rows = sql.tuples("grid.entry_at", PLACES[entry.act], [value])
    return str(rows[0][0]) if rows else ""


def entry_of(queue_id: int, *, seq: int | None = None, key: UUID | None = None) -> Queued | None:
    """Return an entry that came before, by its place in the queue or its key."""
    wanted = Q(seq=seq) if key is None else Q(key=key)
    return Queued.objects.filter(wanted, queue_id=queue_id).select_related("case").first()


def own_queue(actor: Actor, code: str) -> PhoneQueue:
    """Return a queue of the actor's own. Refuses with NotFound."""
    own = PhoneQueue.objects.filter(code=code, account_id=actor.account_id or 0).first()
    if own is None:
        raise NotFound()
    return own


def visible_queued(actor: Actor) -> QuerySet[Queued]:
    """Entries of one's own, those of a post that one holds now, and of villages where one checks.

    Each with the `event_number` of its event, where the actor sees it.
    """
    found = Queued.objects.annotate(event_number=event_number(actor))
    if actor.is_system:
        return found
    reach = Q(pk__in=[])
    if actor.account_id is not None and not actor.is_machine:
        reach |= Q(account_id=actor.account_id)
    if actor.posts:
        reach |= Q(post_id__in=sorted(actor.posts))
    for path in actor.paths(permits.CHECK):
        reach |= Q(path__startswith=path)
    return found.filter(reach)


def kept_entries(actor: Actor, view: str = "") -> QuerySet[Queued]:
    """Return what waits for a person, or with `decided` what was decided."""
    states: tuple[QueuedState, ...] = KEPT
    if view == "decided":
        states = (QueuedState.ANEW, QueuedState.DROPPED)
    elif view == "waiting":
        states = (QueuedState.WAITING,)
    return visible_queued(actor).filter(state__in=[str(one) for one in states])


def get_queued(actor: Actor, queued_id: int) -> Queued:
    """Return one entry. Refuses with NotFound."""
    found = visible_queued(actor).filter(pk=queued_id).first()
    if found is None:
        raise NotFound(id=queued_id)
    return found


def sees_queued(actor: Actor, queued_id: int) -> bool:
    """Say whether an actor may see the photos that came with an entry."""
    return visible_queued(actor).filter(pk=queued_id).exists()


def photos_of(queued_id: int) -> list[str]:
    """Return the codes of the photos that are kept with an entry."""
    return [file.code for file in files.files_of(Owner("grid.queued", queued_id))]


def kept_count(actor: Actor) -> int:
    """Count what waits for a decision, up to a hundred, for the page of the day."""
    return kept_entries(actor)[:100].count()
