"""JSON API of the trail, for those who may read it and for each person about herself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PATH_OF, POST_NAMES
from linli.kernel.web import Request
from linli.trail import services
from linli.trail.permits import READ
from linli.trail.queries import chain, lists, readings, sheets, watch
from linli.trail.types import Seen

router = Router(tags=["trail"])


class EntryOut(Schema):
    id: int
    at: datetime
    account_id: int | None
    label: str
    post_id: int | None
    verb: str
    outcome: str
    kind: str
    key: str
    path: str
    person_id: int | None
    purpose: str
    level: int
    details: dict[str, Any]


class NamedEntryOut(EntryOut):
    """`name` is what the thing is called, empty for what has none to be told here."""

    name: str


class EntriesOut(Schema):
    count: int
    items: list[NamedEntryOut]
    next: str | None


class SealOut(Schema):
    number: int
    algorithm: str
    hash: str


class SealedEntryOut(NamedEntryOut):
    seal: SealOut | None


class ReadingOut(Schema):
    at: datetime
    post: str
    fields: list[str]
    reason: str


class ReadingsOut(Schema):
    count: int
    items: list[ReadingOut]
    next: str | None


class StateOut(Schema):
    """How far the chain is: entries behind the last seal wait, and none may wait long."""

    sealed: int
    algorithm: str | None
    hash: str | None
    oldest_unsealed_at: datetime | None
    unsealed_seconds: float
    is_late: bool


class ListIn(PagedIn):
    since: date | None = None
    until: date | None = None
    place: str = ""
    verb: str = ""
    outcome: str = ""
    kind: str = ""
    key: str = ""
    person: int | None = None
    account: int | None = None


@router.get("/trail/entries/", response=EntriesOut)
def list_entries(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Entries at the places whose trail the caller reads, newest first; the last 30 days unless said."""
    if not request.actor.holds(READ):
        raise NotFound()
    usual = lists.last_days(timezone.localdate())
    path = PATH_OF.call(asked.place) if asked.place else ""
    if path is None:
        raise Invalid({"place": ["No place has this code."]})
    until = asked.until or usual.until
    # one step of a verb that has many, as the page's address has it: verb/step
    verb, _slash, move = asked.verb.partition("/")
    wanted = lists.Filter(
        asked.since or until - (usual.until - usual.since), until, path, verb,
        asked.outcome, asked.kind, asked.key, asked.person, asked.account, move,
    )  # fmt: skip
    services.record_looking(wanted.about_person, actor=request.actor, now=timezone.now())
    found = lists.list_entries(
        request.actor, wanted, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    names = sheets.things_of(found.items)
    return listed(found, lambda entry: _named(entry, names))


def _named(entry: Seen, names: dict[tuple[str, str], str]) -> dict[str, Any]:
    shown = {name: getattr(entry, name) for name in EntryOut.model_fields}
    return {**shown, "name": names.get((entry.kind, entry.key), "")}


@router.get("/trail/entries/{entry_id}/", response=SealedEntryOut)
def get_entry(request: Request, entry_id: int) -> dict[str, Any]:
    """One entry and its seal."""
    entry: Seen = lists.get_entry(request.actor, entry_id)
    seal = chain.seal_of(entry.id)
    shown = _named(entry, sheets.things_of([entry]))
    sealed = seal and {"number": seal.seq, "algorithm": seal.algorithm, "hash": seal.hash.hex()}
    return {**shown, "seal": sealed}


@router.get("/trail/state/", response=StateOut)
def state(request: Request) -> dict[str, Any]:
    """How far the chain is sealed. Every row is checked against it by `linli verify trail`."""
    if not request.actor.holds(READ):
        raise NotFound()
    last, oldest, waits = chain.last_link(), watch.oldest_unsealed(), 0.0
    if oldest is not None:
        waits = max(0.0, (timezone.now() - oldest).total_seconds())
    return {
        "sealed": last.seq if last else 0,
        "algorithm": last.algorithm if last else None,
        "hash": last.hash.hex() if last else None,
        "oldest_unsealed_at": oldest,
        "unsealed_seconds": waits,
        "is_late": waits >= watch.STALE.total_seconds(),
    }


@router.get("/trail/mine/", response=ReadingsOut)
def who_read(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Who read the caller's own data, newest first."""
    found = readings.my_readings(request.actor, cursor=cursor, limit=clean_limit(limit))
    posts = POST_NAMES.call({e.post_id for e in found.items if e.post_id is not None})
    items = [
        {
            "at": entry.at,
            "post": posts.get(entry.post_id or 0, ""),
            "fields": entry.details.get("fields", []),
            "reason": entry.details.get("reason", "") or entry.purpose,
        }
        for entry in found.items
    ]
    return {"count": found.count, "items": items, "next": found.next}
