"""Holdings as the API shows them, also those of one post with the sheets that wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from linli.kernel.api import plain
from linli.kernel.permits import Actor
from linli.orgs import permits, queries
from linli.orgs.queries.handovers import waiting_sheets


class HolderOut(Schema):
    name: str
    since: date
    came_by: str


class HoldingOut(HolderOut):
    """`is_shut_out`: the holder's account is closed, and the work of the post falls to others.

    `handover` is the number of the sheet that waits for its signatures, on the page of a post and for
    who records holders.
    """

    id: int
    edition: int
    until: date | None
    expected_until: date | None
    is_full_time: bool
    document: str
    end_reason: str
    is_shut_out: bool
    handover: int | None = None


def holdings_of(actor: Actor, post: Any) -> list[dict[str, Any]]:
    """Return all holdings of a post; whoever records holders sees which sheets wait."""
    rows = queries.history_of(post)
    may_appoint = actor.may(permits.appointer_of(post.organisation.level), at=post.path)
    sheets = waiting_sheets([one.pk for one in rows]) if may_appoint else {}
    return [
        {**shown_holding(one), "handover": sheets[one.pk].pk if one.pk in sheets else None}
        for one in rows
    ]


def shown_holding(holding: Any) -> dict[str, Any]:
    """A holding for those who see the staff list."""
    names = ("edition", "since", "until", "expected_until", "came_by", "is_full_time", "document",
             "end_reason", "is_shut_out")  # fmt: skip
    return {"id": holding.pk, "name": holding.holder_name, **plain(holding, *names)}
