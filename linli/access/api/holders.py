"""Accounts of those who hold posts: who has none yet, and which it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from linli.access import entering
from linli.access.api.frame import herself, holder_of
from linli.access.queries.accounts import account_named, visible_accounts
from linli.access.queries.holders import holding_to_tie
from linli.access.queries.untied import untied_at
from linli.access.services.seating import tie_holder
from linli.kernel.api import COUNTED, PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.orgs.permits import APPOINT

router = Router()


class UntiedOut(Schema):
    holding: int
    name: str
    title: str
    title_en: str
    place: str
    since: date


class UntiedsOut(Schema):
    count: int = Field(description=COUNTED)
    items: list[UntiedOut]
    next: str | None


class UntiedsIn(PagedIn):
    """`place` is the code of a place; those at and below it are listed."""

    place: str = ""


class HolderAccountIn(Schema):
    """`account` is the sign-in name of whoever holds the post."""

    account: str


class TiedOut(Schema):
    holding: int
    name: str
    username: str


@router.get("/access/holders/", response=UntiedsOut)
def untied(request: Request, asked: Query[UntiedsIn]) -> dict[str, Any]:
    """Holders of posts with rights who have no account yet, where the caller records holders; `place` narrows."""
    holder_of(request, APPOINT)
    limit = clean_limit(asked.limit)
    page = page_of_rows(
        untied_at(request.actor, asked.place, now=timezone.now()),
        lambda one: str(one.id),
        cursor=asked.cursor,
        limit=limit,
    )
    items = [
        {
            "holding": one.id, "name": one.holder_name, "title": one.title,
            "title_en": one.title_en, "place": code_of(one.path), "since": one.since,
        }
        for one in page.items
    ]  # fmt: skip
    return listed(page, items=items)


@router.post("/access/holders/{int:holding_id}/tie", response=TiedOut)
def tie(request: Request, holding_id: int, given: HolderAccountIn) -> dict[str, Any]:
    """Say which account belongs to who holds a post; its rights reach the holder by it. Not by a key."""
    herself(request)
    holding = holding_to_tie(request.actor, holding_id)
    account = account_named(entering.name_typed(given.account))
    if account is None or not visible_accounts(request.actor).filter(pk=account.pk).exists():
        raise Invalid({"account": [_("You look after no account of this name.")]})
    tie_holder(holding, account, actor=request.actor, now=timezone.now())
    return {"holding": holding.pk, "name": account.display_name, "username": account.username}
