"""What phones send when the network is back: opening a queue, its replay, and what is kept of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.grid.errors import reason_words
from linli.grid.queries import phones as queries
from linli.grid.services import kept, phones, replaying
from linli.grid.types.replay import Batch, Entry
from linli.kernel.api import Boxes, Moment, PagedIn, one_of, paged, plain
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request, own_account_id
from linli.runtime.services import limits
from linli.runtime.types import Rate, without_key

router = Router()
replays = Router()
NEWEST = Keyset("new", ("-id",))
MOST_ENTRIES = 100
BATCHES = Rate(240, timedelta(hours=1), burst=60)
VIEWS = ("decided", "waiting")


class QueueIn(Schema):
    """`device` is made by the phone once; `boxes` are those that it keeps from before, one may be the caller's."""

    device: UUID
    boxes: Boxes | None = None


class QueueOut(Schema):
    """`key` seals the queue on the phone (AES-GCM, 256 bits, base64url); `box` is kept beside what it seals and
    shown again, `id` names it there."""

    code: str
    id: str
    key: str
    box: str
    next_seq: int
    at: datetime


class EntryIn(Schema):
    """`seq` counts the acts of the queue; `offset` is by how many seconds the phone thought the
    server ahead of it. `case` and `base_seq` for what is done to an event, `said` for all else."""

    seq: int = Field(ge=1, lt=2**31)
    key: UUID
    act: Literal["report", "visit", "check", "recheck", "move", "note", "home", "numbers", "skip"]
    phone_at: Moment
    offset: int | None = Field(default=None, ge=-(2**31), lt=2**31)
    case: str = Field(default="", max_length=20)
    base_seq: int | None = Field(default=None, ge=0, lt=2**31)
    said: dict[str, Any] = {}


class ReplayIn(Schema):
    """`sent_at` is the phone's time when it sends."""

    queue: str = Field(max_length=16)
    sent_at: Moment
    entries: list[EntryIn] = Field(max_length=MOST_ENTRIES)


class ResultOut(Schema):
    """`state`: waiting, done, conflict, refused, anew, dropped; kept for a person under `entry`."""

    seq: int
    key: UUID
    state: str
    number: str
    reason: str
    words: str
    entry: int | None
    is_repeated: bool


class ReplayOut(Schema):
    """`drift` is by how many seconds the server is ahead of the phone."""

    at: datetime
    drift: int
    next_seq: int
    results: list[ResultOut]


class KeptOut(Schema):
    """An entry that a person has to look at, or had to. `phone_at` is what the phone said."""

    id: int
    act: str
    state: str
    reason: str
    words: str
    village: str
    case: str | None
    phone_at: datetime
    happened_at: datetime
    received_at: datetime
    is_clock_wrong: bool
    why: str
    edition: int


class KeptListOut(Schema):
    count: int
    items: list[KeptOut]
    next: str | None


class KeptIn(PagedIn):
    view: str = ""


class DecideIn(Schema):
    why: str = ""
    edition: int | None = None


@router.post("/queues/", response=QueueOut)
def open_queue(request: Request, given: QueueIn) -> dict[str, Any]:
    """Open the caller's queue on a phone."""
    now = timezone.now()
    opened = phones.open_queue(given.device, given.boxes, actor=request.actor, now=now)
    return {**plain(opened, "code", "id", "key", "box", "next_seq"), "at": now}


@replays.post("/", response=ReplayOut)
@without_key("each entry bears its key and its place in the queue, and is a transaction of its own")
def replay(request: Request, given: ReplayIn) -> dict[str, Any]:
    """Do what a phone did without network, each entry once, in the order of the phone's counter.

    What cannot be done is kept for a person. An error in the middle leaves what came before done:
    send the same again.
    """
    account, now = own_account_id(request), timezone.now()
    limits.take("grid.replay", str(account), rate=BATCHES, now=now)
    drift = max(-(2**31), min(2**31 - 1, round((now - given.sent_at).total_seconds())))
    entries = tuple(_entry(one) for one in given.entries)
    done = replaying.replay(Batch(given.queue, entries, drift), actor=request.actor, now=now)
    results = [
        {**plain(one, "seq", "key", "state", "number", "reason", "is_repeated"),
         "words": reason_words(one.reason), "entry": one.queued_id}
        for one in done
    ]  # fmt: skip
    next_seq = queries.own_queue(request.actor, given.queue).next_seq
    return {"at": now, "drift": drift, "next_seq": next_seq, "results": results}


def _entry(one: EntryIn) -> Entry:
    return Entry(
        one.seq,
        one.key,
        one.act,
        one.phone_at,
        one.said,
        one.case,
        one.base_seq,
        one.offset,
    )


def _kept(row: Any) -> dict[str, Any]:
    columns = ("id", "act", "state", "reason", "phone_at", "happened_at", "received_at", "why")
    return {
        **plain(row, *columns, "is_clock_wrong", "edition"), "village": code_of(row.path),
        "case": row.event_number, "words": reason_words(row.reason),
    }  # fmt: skip


@router.get("/kept/", response=KeptListOut)
def list_kept(request: Request, asked: Query[KeptIn]) -> dict[str, Any]:
    """Entries of phones that a person has to look at; `view=decided` what was decided, `waiting`
    what waits for earlier entries of its queue."""
    if request.actor.account_id is None:
        raise NotAllowed()
    view = one_of("view", asked.view, VIEWS)
    return paged(queries.kept_entries(request.actor, view), NEWEST, asked, _kept)


@router.post("/kept/{int:entry_id}/apply", response=KeptOut)
def apply_anew(request: Request, entry_id: int, given: DecideIn) -> dict[str, Any]:
    """Do it now, on the case as it is now."""
    row = queries.get_queued(request.actor, entry_id)
    kept.apply_anew(row, edition=given.edition, actor=request.actor, now=timezone.now())
    return _kept(queries.get_queued(request.actor, entry_id))


@router.post("/kept/{int:entry_id}/drop", response=KeptOut)
def drop(request: Request, entry_id: int, given: DecideIn) -> dict[str, Any]:
    """Leave it undone, with the reason."""
    row = queries.get_queued(request.actor, entry_id)
    kept.drop(row, given.why, edition=given.edition, actor=request.actor, now=timezone.now())
    return _kept(queries.get_queued(request.actor, entry_id))
