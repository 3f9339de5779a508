"""What the closing of a body or a post would touch, over the API."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.falling import Falling
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.orgs import queries
from linli.orgs.api.frame import kept_organisation, named_organisation
from linli.orgs.api.posts import kept_post

router = Router()


class SeenOut(Schema):
    """Something that the caller may see: its number, what it is called, its page."""

    number: str
    title: str
    url: str


class FallingOut(Schema):
    """So many are offered first to `post` (its number and name, null if nobody is found), by `rule`.

    `why` says the rule in words, `seen` are those of them that the caller may see.
    """

    post: int | None
    name: str
    rule: str
    why: str
    count: int
    seen: list[SeenOut]


class HangingOut(Schema):
    """`moves`: a successor takes it over; else it stays with the body that ends.

    `falls` tells who gets those that come first, as of today; it is empty for what stays or is only told.
    """

    key: str
    title: str
    count: int
    moves: bool
    falls: list[FallingOut]


class HangingListOut(Schema):
    count: int
    items: list[HangingOut]
    next: str | None


# the name under which programs know it
LIST = "linli_orgs_api_changing_list_hanging"


class HangingIn(PagedIn):
    """`successor` is the code or full name of who would take over; without it, who is on record as taking over."""

    successor: str = ""


@router.get("/organisations/{slug:code}/hanging/", response=HangingListOut, operation_id=LIST)
def list_hanging(request: Request, code: str, asked: Query[HangingIn]) -> dict[str, Any]:
    """What the closing of an organisation would touch, as far as the caller may know of it."""
    actor, organisation = request.actor, kept_organisation(request.actor, code)
    after = asked.successor or queries.successor_of(actor, organisation)
    successor = named_organisation(actor, after, "successor").pk if after else None
    return _list(queries.hanging_on(actor, organisation, successor), asked)


@router.get("/posts/{int:post_id}/hanging/", response=HangingListOut)
def list_hanging_of_post(request: Request, post_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """What the closing of a post would leave to others."""
    return _list(queries.hanging_on_post(request.actor, kept_post(request, post_id)), asked)


def _list(found: list[queries.Hanging], asked: PagedIn) -> dict[str, Any]:
    """Answer with what hangs on something that is to be closed."""
    page = page_of_rows(
        found, lambda one: one.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, _shown)


def _shown(one: queries.Hanging) -> dict[str, Any]:
    said = {**plain(one, "key", "count", "moves"), "title": str(one.title)}
    return {**said, "falls": [_fallen(each) for each in one.falls]}


def _fallen(one: Falling) -> dict[str, Any]:
    seen = [{"number": hit.text, "title": hit.title, "url": hit.url} for hit in one.seen]
    said = {**plain(one, "name", "rule", "count"), "why": str(one.why)}
    return {"post": one.post_id, **said, "seen": seen}
