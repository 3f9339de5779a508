"""Entries that may be one person, over the API: the queue, joining, parting, keeping apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, one_of, paged, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.people import permits
from linli.people.models import DuplicatePair
from linli.people.queries.meanwhile import came_of
from linli.people.queries.pairs import get_pair, suggested_to_keep, visible_pairs
from linli.people.services.duplicates import keep_apart, reopen_pair
from linli.people.services.joining import join_pair
from linli.people.services.parting import part_pair
from linli.people.states import PairState

router = Router()
LIKELIEST = Keyset("likely", ("-score", "id"))


class PairOut(Schema):
    """`one` and `other` are entries of people; `place` is the nearest that holds both."""

    id: int
    place: str
    one: int
    one_name: str
    other: int
    other_name: str
    score: int
    reasons: list[Any]
    state: str
    found_at: datetime
    decided_at: datetime | None
    decided_by: str
    reason: str


class PairsOut(Schema):
    count: int
    items: list[PairOut]
    next: str | None


class CameOut(Schema):
    """So many rows of one kind that came in while two entries were one."""

    what: str
    title: str
    count: int


class PairDetailOut(PairOut):
    """`keep` is the entry that is better kept if the two are joined.

    `came_since` is what came in while they were one and stands with the entry `came_with`: somebody
    has to look through it once they are parted.
    """

    keep: int
    came_with: int | None
    came_since: list[CameOut]


class ListIn(PagedIn):
    state: str = PairState.OPEN.value


def _pair(pair: DuplicatePair) -> dict[str, Any]:
    names = ("score", "reasons", "state", "found_at", "decided_at", "decided_by", "reason")
    return {
        "id": pair.pk, "place": code_of(pair.path), "one": pair.one_id, "other": pair.other_id,
        "one_name": pair.one.name, "other_name": pair.other.name, **plain(pair, *names),
    }  # fmt: skip


@router.get("/people/pairs/", response=PairsOut)
def pairs(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """Pairs that wait for a decision, the likeliest first; or those in another state."""
    if not request.actor.holds(permits.MERGE):
        raise NotFound()
    state = one_of("state", asked.state, PairState) or PairState.OPEN.value
    found = visible_pairs(request.actor).filter(state=state)
    return paged(found, LIKELIEST, asked, _pair)


@router.get("/people/pairs/{int:pair_id}/", response=PairDetailOut)
def one_pair(request: Request, pair_id: int) -> dict[str, Any]:
    """One pair. The two entries themselves are read under their own addresses."""
    return _whole(get_pair(request.actor, pair_id))


def _whole(pair: DuplicatePair) -> dict[str, Any]:
    came = came_of(pair)
    rows = [{"what": row.key, "title": str(row.title), "count": row.count} for row in came.rows]
    return {
        **_pair(pair), "keep": suggested_to_keep(pair), "came_with": came.entry,
        "came_since": rows,
    }  # fmt: skip


class DecideIn(Schema):
    """`join` keeps one of the two entries and can be undone by `part`; `reason` stands in the trail."""

    move: Literal["join", "part", "apart", "reopen"]
    reason: str = ""
    keep: int | None = None


@router.post("/people/pairs/{int:pair_id}/decide", response=PairDetailOut)
def decide(request: Request, pair_id: int, given: DecideIn) -> dict[str, Any]:
    """Join two entries, part them again, keep them apart, or look again."""
    pair, now = get_pair(request.actor, pair_id), timezone.now()
    if given.move == "join":
        keep = suggested_to_keep(pair) if given.keep is None else given.keep
        join_pair(pair, keep, given.reason, actor=request.actor, now=now)
    else:
        service = {"part": part_pair, "apart": keep_apart, "reopen": reopen_pair}[given.move]
        service(pair, given.reason, actor=request.actor, now=now)
    return _whole(get_pair(request.actor, pair_id))
