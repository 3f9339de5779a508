"""The service hall's list over the API: what is new, changed or gone there, and which of our items each is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from linli.exchange.queries import hall as theirs
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.offerings.forms.hall import HallItemForm
from linli.offerings.queries import hall as queries
from linli.offerings.queries.item_desk import places_of
from linli.offerings.services import hall_lists
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.exchange.models import HallItem

router = Router()


class HallItemOut(Schema):
    """An item of the hall's list. `difference` is new, changed, gone or same; `item` is ours that it is, if any.

    `digest` is of what it says now; whoever decides sends it back, so that they decide on what they read.
    """

    id: int
    code: str
    name: str
    version: int
    difference: str
    item: str
    digest: str
    changed_at: datetime
    decided_at: datetime | None
    why: str


class HallItemsOut(Schema):
    count: int | None
    items: list[HallItemOut]
    next: str | None


class HallItemsIn(PagedIn):
    """`view` is open (to be decided, the default), new, changed, gone or all."""

    view: Literal["open", "new", "changed", "gone", "all"] = "open"


class HallFieldOut(Schema):
    """A field that is not as it was when somebody last decided."""

    field: str
    known: str
    now: str


class HallItemDetailOut(HallItemOut):
    """What it says, what changed, and `likely`: ours that it may be, by its code or its very name."""

    says: dict[str, str]
    changes: list[HallFieldOut]
    likely: str


class HallItemIn(Schema):
    """Why it is decided so, on which state of the hall's list; `item` with link alone, empty for none of ours."""

    why: str = Field(max_length=300)
    digest: str = Field(max_length=64)
    item: str = Field(default="", max_length=60)


class HallItemMovedOut(HallItemDetailOut):
    """`draft` is the key of the item of which a draft was begun."""

    draft: str


@router.get("/connections/items/", response=HallItemsOut)
def list_hall_items(request: Request, asked: Query[HallItemsIn]) -> dict[str, Any]:
    """The hall's list by code, for who oversees connections of the whole city."""
    queries.require_list(request.actor)
    view = "" if asked.view == "all" else asked.view
    found = theirs.list_items(view, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(found, _told)


@router.get("/connections/items/{int:item_id}/", response=HallItemDetailOut)
def get_hall_item(request: Request, item_id: int) -> dict[str, Any]:
    """One item of the hall's list beside what was known of it."""
    queries.require_list(request.actor)
    return _whole(theirs.get_hall_item(item_id))


@router.post("/connections/items/{int:item_id}/{move}", response=HallItemMovedOut)
def decide_hall_item(
    request: Request, item_id: int, move: Literal["link", "draft"], given: HallItemIn
) -> dict[str, Any]:
    """Say which of our items it is, or begin a draft of what it says; a second person publishes the draft."""
    queries.require_list(request.actor)
    item, today = theirs.get_hall_item(item_id), localdate()
    form = HallItemForm(given.dict(), items=queries.choices_of_items(today))
    said = form.accepted()
    by: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    digest, draft = said["digest"], ""
    if move == "draft":
        grounds = places_of(request.actor)
        if not grounds:
            raise NotFound()
        place = places.get_place(grounds[0][0])
        draft = hall_lists.draft_item(item, place, said["why"], digest=digest, **by).item.key
    else:
        hall_lists.link_item(item, said["item"], said["why"], digest=digest, **by)
    item.refresh_from_db()
    return {**_whole(item), "draft": draft}


def _told(one: HallItem) -> dict[str, Any]:
    names = ("code", "name", "version", "difference", "digest", "changed_at", "decided_at", "why")
    return {"id": one.pk, **plain(one, *names), "item": one.item_key}


def _whole(one: HallItem) -> dict[str, Any]:
    changes = theirs.changes_in(one) if one.known else []
    return {
        **_told(one),
        "says": {str(field): said for field, said in theirs.fields_of(one)},
        "changes": [
            {"field": str(row.field), "known": row.known, "now": row.now} for row in changes
        ],
        "likely": one.item_key or queries.likely_key(one.code, one.name, localdate()),
    }
