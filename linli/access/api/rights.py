"""Who may do what at a place: the list of now, the lists that were printed, the templates."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.access import permits
from linli.access.api.frame import path_of
from linli.access.models import RightsList
from linli.access.queries.lists import as_plain, get_list, rights_list, visible_lists
from linli.access.services import lists
from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.kernel.api import listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import PERMITS
from linli.kernel.web import Request

router = Router()
SEES = (permits.GRANT, permits.REVIEW)
NEWEST = Keyset("-made", ("-made_at", "-pk"))


class RightOut(Schema):
    path: str
    organisation: str
    post: str
    holders: str
    right: str
    kind: str
    ceiling: int
    until: str
    deputy: str


class RightsOut(Schema):
    count: int
    items: list[RightOut]
    next: str | None


class ListOut(Schema):
    """A list as it was printed for signature; `document` is the number of the paper."""

    id: int
    place: str
    year: int
    quarter: int
    document: str
    made_at: datetime
    made_by: str
    signed_at: datetime | None
    signed_by: str


class ListsOut(Schema):
    count: int
    items: list[ListOut]
    next: str | None


class WholeListOut(ListOut):
    """`hash` is the SHA-256 of the lines as they were frozen."""

    hash: str
    rows: list[RightOut]


class TemplateOut(Schema):
    """A named set of permits that posts are given, with the level up to which it reaches."""

    key: str
    title: str
    ceiling: int
    levels: list[str]
    permits: list[str]


class TemplatesOut(Schema):
    count: int
    items: list[TemplateOut]
    next: str | None


class MakeIn(Schema):
    place: str


@router.get(
    "/access/rights/", response=RightsOut, summary="Who may do what at a place",
    operation_id="linli_access_api_rights",
)  # fmt: skip
def rights(
    request: Request,
    place: str,
    below: bool = False,
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Every live right at a place, or also below it, in the order of the offices."""
    rows = rights_list(request.actor, path_of(place), now=timezone.now(), below_too=below)
    # posts and rights have no order of their own: a page is cut out of the whole
    page = page_of_rows(
        as_plain(rows), lambda row: json.dumps(row), cursor=cursor, limit=clean_limit(limit)
    )
    return listed(page)


@router.get("/access/rights/lists/", response=ListsOut)
def printed_lists(
    request: Request, place: str = "", limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The quarterly lists that were printed at places where the caller reviews rights, newest first."""
    _require_any(request)
    found = visible_lists(request.actor)
    if place:
        found = found.filter(path=path_of(place))
    page = page_of(found, NEWEST, cursor=cursor, limit=clean_limit(limit))
    return listed(page, _list)


@router.get("/access/rights/lists/{int:list_id}/", response=WholeListOut)
def printed_list(request: Request, list_id: int) -> dict[str, Any]:
    """One printed list, line by line as it was."""
    _require_any(request)
    one = get_list(request.actor, list_id)
    return {**_list(one), "hash": bytes(one.content_hash).hex(), "rows": one.rows}


@router.post("/access/rights/lists/make", response=ListOut)
def make_list(request: Request, given: MakeIn) -> dict[str, Any]:
    """Freeze the list of a place and below for this quarter and print it for signature."""
    made = lists.make_list(path_of(given.place), actor=request.actor, now=timezone.now())
    return _list(made)


@router.post("/access/rights/lists/{int:list_id}/sign", response=ListOut)
def sign_list(request: Request, list_id: int) -> dict[str, Any]:
    """Note that the paper came back signed; another person than its maker does."""
    _require_any(request)
    one = get_list(request.actor, list_id)
    return _list(lists.note_signed(one, actor=request.actor, now=timezone.now()))


@router.get("/access/templates/", response=TemplatesOut)
def templates(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The templates of rights with the permits in them, for whoever gives or reviews rights."""
    _require_any(request)
    page = page_of_rows(
        list(TEMPLATES.values()), lambda t: t.key, cursor=cursor, limit=clean_limit(limit)
    )
    items = [
        {
            "key": one.key, "title": str(one.title), "ceiling": one.ceiling,
            "levels": list(one.levels),
            "permits": [name for name in permits_of(one.key) if name in PERMITS],
        }
        for one in page.items
    ]  # fmt: skip
    return listed(page, items=items)


def _require_any(request: Request) -> None:
    if not request.actor.holds(*SEES):
        raise NotFound()


def _list(one: RightsList) -> dict[str, Any]:
    return {
        "id": one.pk, "place": code_of(one.path), "year": one.year, "quarter": one.quarter,
        "document": one.document_number, "made_at": one.made_at,
        "made_by": one.made_by.display_name, "signed_at": one.signed_at,
        "signed_by": one.signed_by.display_name if one.signed_by else "",
    }  # fmt: skip
