"""What the closing of a body or a post would touch, over the API."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.orgs import queries
from linli.orgs.api.frame import kept_organisation
from linli.orgs.api.posts import kept_post

router = Router()


class HangingOut(Schema):
    """`moves`: a successor takes it over; else it stays with the body that ends."""

    key: str
    title: str
    count: int
    moves: bool


class HangingListOut(Schema):
    count: int
    items: list[HangingOut]
    next: str | None


# the name under which programs know it
LIST = "linli_orgs_api_changing_list_hanging"


@router.get("/organisations/{slug:code}/hanging/", response=HangingListOut, operation_id=LIST)
def list_hanging(request: Request, code: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """What the closing of an organisation would touch, as far as the caller may know of it."""
    organisation = kept_organisation(request.actor, code)
    return _list(queries.hanging_on(request.actor, organisation), asked)


@router.get("/posts/{int:post_id}/hanging/", response=HangingListOut)
def list_hanging_of_post(request: Request, post_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """What the closing of a post would leave to others."""
    return _list(queries.hanging_on_post(kept_post(request, post_id)), asked)


def _list(found: list[queries.Hanging], asked: PagedIn) -> dict[str, Any]:
    """Answer with what hangs on something that is to be closed."""
    page = page_of_rows(
        found, lambda one: one.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(
        page, lambda one: {**plain(one, "key", "count", "moves"), "title": str(one.title)}
    )
