"""Items of service at work: begun, written, looked at by a second person, published, suspended, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status
from pydantic import Field

from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request
from linli.offerings.queries import item_desk as desk
from linli.offerings.queries import items as queries
from linli.offerings.services import item_moves, item_parts, items
from linli.offerings.types.item_faults import fault_words, place_words
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.offerings.models import Item, ItemVersion

router = Router()
Move = Literal[
    "draft", "submit", "return", "publish", "drop", "suspend", "resume", "end", "reviewed", "office"
]


class WorkOut(Schema):
    """An item at work; `draft_state` is draft, review or empty, `edition` that of the item."""

    key: str
    place: str
    kind: str
    name: str
    state: str
    draft_state: str
    number: int = Field(description="Of the newest version.")
    since: date | None
    review_on: date | None
    edition: int


class WorksOut(Schema):
    count: int
    items: list[WorkOut]
    next: str | None


class WorksIn(PagedIn):
    """`view` is draft, review, offered, suspended, due (to be looked at again) or ended."""

    view: str = ""
    q: str = ""
    kind: str = ""
    event: str = ""
    place: str = ""


class FaultOut(Schema):
    """What speaks against publishing; a warning does not hinder it."""

    where: str
    words: str
    is_warning: bool


class WorkDetailOut(WorkOut):
    """`content` is what the open draft says, else what is public; `draft_edition` goes along when it is written."""

    owner: str
    note: str = Field(description="What the second person asked to be changed.")
    draft_edition: int | None
    content: dict[str, Any]
    faults: list[FaultOut]


class NewItemIn(Schema):
    """A new item; `content` is an item as its file has it, with its key."""

    place: str
    content: dict[str, Any]


class WrittenIn(Schema):
    """All that the draft says from now on; its key stays."""

    edition: int
    content: dict[str, Any]


class ItemMoveIn(Schema):
    """`edition` is that of the draft for submit, return and publish, else of the item.

    `why` goes with return, suspend and end; `since` with publish; `owner` (code of an office of the
    place) and `review_on` with office.
    """

    edition: int = 0
    why: str = ""
    since: date | None = None
    owner: str = ""
    review_on: date | None = None


@router.get("/item-work/", response=WorksOut)
def list_work(request: Request, asked: Query[WorksIn]) -> dict[str, Any]:
    """Items on which the caller works, by what has to be done with them."""
    desk.require_any(request.actor)
    found = desk.list_items(
        request.actor, desk.wanted_of(asked.dict()), localdate(), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(
        found,
        items=[_row(one.item, one.version, one.draft_state) for one in desk.rows_of(found.items)],
    )


@router.post("/item-work/", response={201: WorkDetailOut})
def begin_item(request: Request, given: NewItemIn) -> Status[dict[str, Any]]:
    """Begin an item of a place with its first draft."""
    facts = queries.read_or_refuse(given.content)
    items.create_item(
        places.open_place(given.place), facts, actor=request.actor, now=timezone.now()
    )
    return Status(201, told_of(request, facts.key))


@router.get("/item-work/{slug:key}/", response=WorkDetailOut)
def get_work(request: Request, key: str) -> dict[str, Any]:
    """One item with its draft and what speaks against publishing it."""
    return told_of(request, key)


@router.post("/item-work/{slug:key}/", response=WorkDetailOut)
def write_item(request: Request, key: str, given: WrittenIn) -> dict[str, Any]:
    """Write what the open draft of an item says."""
    item = queries.get_item(request.actor, key)
    item_parts.write_content(
        draft_of(item),
        {**given.content, "key": key},
        edition=given.edition,
        actor=request.actor,
        now=timezone.now(),
    )
    return told_of(request, key)


@router.post("/item-work/{slug:key}/{move}", response=WorkDetailOut)
def move_item(request: Request, key: str, move: Move, given: ItemMoveIn) -> dict[str, Any]:
    """Do one step with an item; who wrote a version does not publish it."""
    item = queries.get_item(request.actor, key)
    MOVES[move](item, given, {"actor": request.actor, "now": timezone.now()})
    return told_of(request, key)


def draft_of(item: Item) -> ItemVersion:
    """Return the open draft of an item. Refuses with NotFound."""
    draft = queries.draft_of(item)
    if draft is None:
        raise NotFound(key=item.key)
    return draft


Act = Callable[["Item", ItemMoveIn, dict[str, Any]], object]
MOVES: dict[str, Act] = {
    "draft": lambda item, _given, by: items.open_draft(item, **by),
    "submit": lambda item, given, by: item_moves.submit_version(draft_of(item), edition=given.edition, **by),
    "return": lambda item, given, by: item_moves.return_version(draft_of(item), given.why, edition=given.edition, **by),
    "publish": lambda item, given, by: item_moves.publish_version(draft_of(item), since=given.since, edition=given.edition, **by),
    "drop": lambda item, _given, by: item_moves.drop_draft(draft_of(item), **by),
    "suspend": lambda item, given, by: item_moves.suspend_item(item, given.why, edition=given.edition, **by),
    "resume": lambda item, given, by: item_moves.resume_item(item, edition=given.edition, **by),
    "end": lambda item, given, by: item_moves.end_item(item, given.why, edition=given.edition, **by),
    "reviewed": lambda item, given, by: item_moves.review_item(item, edition=given.edition, **by),
    "office": lambda item, given, by: items.describe_item(
        item, owner_code=given.owner, review_on=given.review_on, edition=given.edition, **by
    ),
}  # fmt: skip


def _row(item: Item, version: ItemVersion, draft_state: str) -> dict[str, Any]:
    return {
        "key": item.key, "place": code_of(item.path), "kind": version.kind, "name": version.name,
        "state": item.state, "draft_state": draft_state, "number": version.number, "since": version.since,
        "review_on": item.review_on, "edition": item.edition,
    }  # fmt: skip


def told_of(request: Request, key: str) -> dict[str, Any]:
    """Return an item at work with its draft and what speaks against publishing it."""
    item = queries.get_item(request.actor, key)
    draft = queries.draft_of(item)
    shown = draft or queries.holding(item, localdate()) or queries.versions_of(item)[0]
    shown.item = item
    faults = queries.faults_of_version(shown) if draft else []
    return {
        **_row(item, shown, draft.state if draft else ""), "owner": item.owner.code if item.owner else "",
        "note": shown.note, "draft_edition": draft.edition if draft else None, "content": shown.content,
        "faults": [
            {"where": place_words(one.where), "words": fault_words(one.code, one.word), "is_warning": one.is_warning}
            for one in faults
        ],
    }  # fmt: skip
