"""Who one is, and staff accounts."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from linli.access.api.frame import path_of, signed_in
from linli.access.queries.accounts import SORTS, Wanted, filtered, visible_accounts
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request

router = Router()


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


@router.get(
    "/access/me/", response=MeOut, summary="Who is behind this key or session",
    operation_id="linli_access_api_me",
)  # fmt: skip
def me(request: Request) -> dict[str, Any]:
    """The name, posts and permits by which the caller acts."""
    signed_in(request)
    actor = request.actor
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


@router.get(
    "/access/accounts/", response=AccountsOut, summary="Staff accounts of a place",
    operation_id="linli_access_api_accounts",
)  # fmt: skip
def accounts(
    request: Request, place: str = "", state: str = "", limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """The accounts that the caller looks after, in the order of their names."""
    signed_in(request)
    wanted = Wanted(path=path_of(place) if place else "", state=state)
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
