"""What all apps bring together, over the API: search, due work, one's own affairs."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.registries import DeskItem, HomeItem
from linli.kernel.web import Request, own_account_id
from linli.portal import queries, rules
from linli.portal.api.homes import line_of

router = Router()
MOST_WORDS = 100


class HitOut(Schema):
    """One thing that was found; `source` says in which register."""

    source: str
    source_title: str
    kind: str
    title: str
    text: str
    url: str


class FoundOut(Schema):
    """`cut` names the sources that have more than was looked at: ask them with more words."""

    count: int
    items: list[HitOut]
    next: str | None
    cut: list[str]


class SearchIn(PagedIn):
    q: str = ""
    source: str = ""


class WorkOut(Schema):
    """Work that is due; `step` is the verb of the next action, `url` the page where it is done."""

    title: str
    kind: str
    number: str
    stage: str
    holder: str
    due_on: date | None
    is_late: bool
    step: str
    url: str


class WorkListOut(Schema):
    """`cut` names the lists of which more waits than was looked at: ask the list itself."""

    count: int
    items: list[WorkOut]
    next: str | None
    cut: list[str]


class DeskIn(PagedIn):
    view: Literal["all", "late", "today", "week"] = "all"
    kind: str = ""
    word: str = ""


class AffairOut(Schema):
    """One line of one's own affairs."""

    group: str
    group_title: str
    title: str
    text: str
    on: date | None
    state: str
    tone: str
    url: str


class AffairsOut(Schema):
    count: int
    items: list[AffairOut]
    next: str | None


@router.get("/search/", response=FoundOut)
def search(request: Request, asked: Query[SearchIn]) -> dict[str, Any]:
    """Search across everything the caller may see, as the page does; `source` asks one register alone."""
    found = queries.search(request.actor, asked.q[:MOST_WORDS], only=asked.source)
    hits = [
        {
            "source": one.key, "source_title": str(one.title), "kind": str(hit.kind),
            "title": hit.title, "text": hit.text, "url": hit.url,
        }
        for one in found
        for hit in one.hits
    ]  # fmt: skip
    page = page_of_rows(
        hits, lambda hit: f"{hit['source']} {hit['url']}", cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return {**listed(page), "cut": [one.key for one in found if one.is_cut]}


@router.get("/desk/", response=WorkListOut)
def desk(request: Request, asked: Query[DeskIn]) -> dict[str, Any]:
    """Work that waits for the caller, late first, undated last. For those who work here."""
    if not request.actor.is_staff:
        raise NotFound()
    today = timezone.localdate()
    found = queries.due_work(request.actor, today)
    work = [
        item
        for item in found.items
        if rules.fits(item, asked.view, today) and rules.is_asked(item, asked.kind, asked.word)
    ]
    page = page_of_rows(work, _work_key, cursor=asked.cursor, limit=clean_limit(asked.limit))
    items = [_work(item, today) for item in page.items]
    return {**listed(page, items=items), "cut": [entry.key for entry in found.cut]}


def _work_key(item: DeskItem) -> str:
    return f"{item.url} {item.number} {item.title}"


def _work(item: DeskItem, today: date) -> dict[str, Any]:
    return {
        "title": item.title, "kind": str(item.kind), "number": item.number,
        "stage": str(item.stage), "holder": item.holder, "due_on": item.due_on,
        "is_late": item.due_on is not None and item.due_on < today,
        "step": str(item.step), "url": item.url,
    }  # fmt: skip


@router.get("/me/", response=AffairsOut)
def my_affairs(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """What concerns the caller, the newest of each kind."""
    own_account_id(request)
    slots = queries.my_slots(request.actor, timezone.localdate())
    rows = [(slot, item) for slot in slots for item in slot.items]
    page = page_of_rows(rows, _affair_key, cursor=cursor, limit=clean_limit(limit))
    items = [_affair(*row) for row in page.items]
    return listed(page, items=items)


def _affair_key(row: tuple[queries.Section, HomeItem]) -> str:
    return f"{row[0].key} {row[1].url} {row[1].title}"


def _affair(slot: queries.Section, item: HomeItem) -> dict[str, Any]:
    return {
        "group": slot.key, "group_title": str(slot.title), **line_of(item),
    }  # fmt: skip
