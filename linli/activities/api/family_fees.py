"""Fees of families at events over the API: which are open, also of those that left, and which go back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Query, Router, Schema

from linli.activities import permits
from linli.activities.queries import family_fees as queries
from linli.activities.queries.narrowing import Narrowed
from linli.activities.types.events import SeatState
from linli.kernel.api import PagedIn, listed, one_of, plain
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.paths import path_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request

router = Router()


class FamilyFeesIn(PagedIn):
    """`fee` is open (the default) or back; `state` in, waits or withdrawn (who left), else all.

    `q` is the code of a family or words of the title; `since` and `until` are days on which events begin.
    """

    fee: Literal["open", "back"] = "open"
    place: str = ""
    state: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None


class FamilyFeeOut(Schema):
    """A family with its fee in fen; nothing of who takes part."""

    event: int
    family: str
    first_at: datetime
    people: int
    state: str
    owed_fen: int
    kept_fen: int
    open_fen: int
    back_fen: int


class FamilyFeesOut(Schema):
    count: int
    items: list[FamilyFeeOut]
    next: str | None


@router.get("/desk/events/fees/", response=FamilyFeesOut)
def list_family_fees(request: Request, asked: Query[FamilyFeesIn]) -> dict[str, Any]:
    """Families at events that one keeps whose fee is open, or of which something goes back; newest first."""
    require_somewhere(request.actor, permits.EVENTS)
    one_of("state", asked.state, SeatState)
    wanted = Narrowed(
        path_of(asked.place), asked.q.strip()[:60], "", asked.state, asked.since, asked.until
    )
    found = page_of(
        queries.families_with_fee(request.actor, asked.fee, wanted), queries.NEWEST,
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(found, items=[_told(one) for one in queries.fees_of(found.items)])


def _told(row: queries.FamilyFee) -> dict[str, Any]:
    one = row.family
    return {
        **plain(one, "people", "state"), **plain(row, "owed_fen", "kept_fen", "open_fen", "back_fen"),
        "event": one.event_id, "family": one.code, "first_at": one.event.first_at,
    }  # fmt: skip
