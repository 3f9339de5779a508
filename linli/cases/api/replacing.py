"""Posts that ended and are still named by lists and rules, over the API: which they are, and who takes their place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.cases.api.duties import DutyOut, duty_out
from linli.cases.api.rule_sets import RuleSetOut, set_out
from linli.cases.queries import ended_posts as queries
from linli.cases.queries.duties import line_of
from linli.cases.queries.rule_sets import keeps_rules
from linli.cases.services.replacing import replace_post
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request

router = Router()


class EndedPostOut(Schema):
    """A post that ended or is to end, and how many lines and rules of the caller's name it beyond that day."""

    post_id: int
    name: str
    place: str
    closed_on: date
    lines: int
    rules: int


class EndedPostsOut(Schema):
    count: int
    items: list[EndedPostOut]
    next: str | None


class NamingSetOut(RuleSetOut):
    """A set that names the post in `rules` rules; `failing` test cases would keep a copy a draft."""

    rules: int
    failing: int


class NamedOut(Schema):
    """What would go over, and the post that most likely does the work now, null where none is found."""

    closed_on: date
    likely_successor: int | None
    lines: list[DutyOut]
    sets: list[NamingSetOut]


class ReplaceIn(Schema):
    """`post_id` takes the place from a day on, today or later."""

    post_id: int
    since: date


class ReplacedOut(Schema):
    """How many lines went over; sets that hold with the other post, and those that wait as drafts."""

    lines: int
    in_force: list[RuleSetOut]
    drafts: list[RuleSetOut]


@router.get("/routing/ended-posts/", response=EndedPostsOut)
def list_ended_posts(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Posts that ended and are still named where the caller keeps lists and rules."""
    found = queries.still_named(_keeper(request), localdate())
    limit = clean_limit(asked.limit)
    rows = page_of_rows(found, lambda one: str(one.post_id), cursor=asked.cursor, limit=limit)
    return listed(rows, _ended_out)


def _ended_out(one: queries.StillNamed) -> dict[str, Any]:
    return {
        **plain(one, "post_id", "name", "closed_on", "lines", "rules"),
        "place": code_of(one.path),
    }


@router.get("/routing/ended-posts/{int:post_id}/", response=NamedOut)
def get_ended_post(request: Request, post_id: int) -> dict[str, Any]:
    """What of the caller's lists and rules names a post that ended, before another takes its place."""
    actor, today = _keeper(request), localdate()
    ended = queries.ended_post(post_id)
    day = max(today, ended.closed_on)
    lines = queries.naming_lines(actor, post_id, day).select_related("category")
    return {
        "closed_on": ended.closed_on,
        "likely_successor": queries.likely_successor(actor, ended, today),
        "lines": [duty_out(row.category, line_of(row)) for row in lines.order_by("path", "pk")],
        "sets": [
            {**set_out(one.held), **plain(one, "rules", "failing")}
            for one in queries.sets_told(actor, post_id, day)
        ],
    }


@router.post("/routing/ended-posts/{int:post_id}/replace", response=ReplacedOut)
def replace_ended_post(request: Request, post_id: int, given: ReplaceIn) -> dict[str, Any]:
    """Let another post take the place of one that ended in all lines and rules of the caller's, in one act."""
    actor = _keeper(request)
    done = replace_post(post_id, given.post_id, since=given.since, actor=actor, now=timezone.now())
    return {
        "lines": done.lines,
        "in_force": [set_out(one) for one in done.in_force],
        "drafts": [set_out(one) for one in done.drafts],
    }


def _keeper(request: Request) -> Actor:
    """Return who keeps rules somewhere. Refuses with NotFound."""
    if not keeps_rules(request.actor):
        raise NotFound()
    return request.actor
