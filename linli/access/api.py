"""JSON API on access: who one is, staff accounts, and who may do what at a place."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from linli.access.errors import SignInNeeded
from linli.access.queries.accounts import SORTS, Wanted, filtered, visible_accounts
from linli.access.queries.lists import as_plain, rights_list
from linli.kernel.errors import NotFound
from linli.kernel.paging import bad_cursor, clean_limit, decode_cursor, encode_cursor, page_of
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number

router = Router(tags=["access"])


class GrantOut(Schema):
    permit: str
    path: str
    ceiling: int


class MeOut(Schema):
    label: str
    posts: list[int]
    permits: list[GrantOut]
    acting_for: int | None
    purpose: str


class AccountOut(Schema):
    username: str
    name: str
    office: str
    place: str
    state: str


class AccountsOut(Schema):
    count: int
    items: list[AccountOut]
    next: str | None


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


@router.get("/access/me/", response=MeOut, summary="Who is behind this key or session")
def me(request: Request) -> dict[str, Any]:
    """The name, posts and permits by which the caller acts."""
    actor = request.actor
    if actor.account_id is None:
        raise SignInNeeded()
    return {
        "label": actor.label,
        "posts": sorted(actor.posts),
        "permits": [
            {"permit": grant.permit, "path": grant.path, "ceiling": grant.ceiling}
            for grant in actor.grants
        ],
        "acting_for": actor.acting_for,
        "purpose": actor.purpose,
    }


@router.get("/access/accounts/", response=AccountsOut, summary="Staff accounts of a place")
def accounts(
    request: Request, place: str = "", state: str = "", limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """The accounts that the caller looks after, in the order of their names."""
    if request.actor.account_id is None:
        raise SignInNeeded()
    wanted = Wanted(path=_path(place) if place else "", state=state)
    found = page_of(
        filtered(visible_accounts(request.actor), wanted),
        SORTS[0],
        cursor=cursor,
        limit=clean_limit(limit),
    )
    items = [
        {
            "username": one.username,
            "name": one.display_name,
            "office": one.unit,
            "place": one.path,
            "state": one.state,
        }
        for one in found.items
    ]
    return {"count": found.count, "items": items, "next": found.next}


@router.get("/access/rights/", response=RightsOut, summary="Who may do what at a place")
def rights(
    request: Request,
    place: str,
    below: bool = False,
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Every live right at a place, or also below it, in the order of the offices."""
    rows = rights_list(request.actor, _path(place), now=timezone.now(), below_too=below)
    # posts and rights have no order of their own: a page is cut out of the whole
    start = _start(cursor)
    end = start + clean_limit(limit)
    return {
        "count": len(rows),
        "items": as_plain(rows[start:end]),
        "next": encode_cursor([end]) if end < len(rows) else None,
    }


def _start(cursor: str | None) -> int:
    given = decode_cursor(cursor)[1] if cursor else ["0"]
    start = whole_number(given[0]) if len(given) == 1 else None
    if start is None:
        raise bad_cursor()
    return start


def _path(code: str) -> str:
    path = PATH_OF.call(code)
    if path is None:
        raise NotFound(code=code)
    return str(path)
