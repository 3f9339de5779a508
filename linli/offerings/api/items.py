"""Items of service over the API: what is offered, found by words or life event, and what each needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed, one_of, paged, plain
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request
from linli.offerings.queries import items as queries
from linli.offerings.queries.item_search import CANDIDATES, FoundItem, search_items
from linli.offerings.rules import guides
from linli.offerings.rules.item_data import write_item
from linli.offerings.states import ItemState
from linli.offerings.types.items import ItemKind

if TYPE_CHECKING:
    from linli.offerings.models import ItemVersion

router = Router()
IN_ORDER = Keyset("order", ("item_id", "id"))
SHOWN = ("kind", "name", "name_en", "says", "says_en", "office", "office_en")


class ItemOut(Schema):
    """What a list tells of an item; `is_suspended`: it is not done at the moment."""

    key: str
    kind: str
    name: str
    name_en: str
    says: str
    says_en: str
    office: str
    office_en: str
    is_suspended: bool


class ItemsOut(Schema):
    count: int
    items: list[ItemOut]
    next: str | None


class ItemsIn(PagedIn):
    """`q`: what somebody types, the best first; `event`: a life event; `place`: what is offered there."""

    q: str = ""
    event: str = ""
    kind: str = ""
    place: str = ""


class ItemDetailOut(ItemOut):
    """`content` is the whole item as its file has it; `materials` those that the given answers leave."""

    place: str
    number: int
    since: date
    review_on: date | None
    why: str
    content: dict[str, Any]
    materials: list[str]
    questions: list[str]


@router.get("/", response=ItemsOut)
def list_items(request: Request, asked: Query[ItemsIn]) -> dict[str, Any]:
    """What is offered today; words are forgiven wrong signs, pinyin and dialect."""
    today, path, words = localdate(), path_of(asked.place), asked.q.strip()
    kind = one_of("kind", asked.kind, ItemKind)
    if words:
        hits = search_items(words, today, path=path, limit=CANDIDATES)
        rows = [one for one in hits if kind in ("", one.kind)]
        found = page_of_rows(
            rows, lambda one: one.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
        )
        return listed(found, _hit)
    offered = queries.offered(today, path)
    if asked.event:
        offered = offered.filter(events__contains=[asked.event])
    return paged(offered.filter(kind=kind) if kind else offered, IN_ORDER, asked, _row)


@router.get("/{slug:key}/", response=ItemDetailOut)
def get_item(request: Request, key: str) -> dict[str, Any]:
    """One item; answers to its questions stand in the address by their keys, as on its page."""
    version = queries.shown_version(key, localdate())
    facts = queries.facts_of(version)
    answers = guides.answers_of(facts, request.GET.dict())
    return {
        **_row(version), "place": code_of(version.item.path), "number": version.number,
        "since": version.since, "review_on": version.item.review_on, "why": version.item.why,
        "content": write_item(facts),
        "materials": [one.key for one, _sure in guides.materials_for(facts, answers)],
        "questions": [one.key for one in guides.questions_that_matter(facts, answers)],
    }  # fmt: skip


def _row(version: ItemVersion) -> dict[str, Any]:
    suspended = version.item.state == ItemState.SUSPENDED
    return {"key": version.item.key, **plain(version, *SHOWN), "is_suspended": suspended}


def _hit(one: FoundItem) -> dict[str, Any]:
    return {**plain(one, "key", *SHOWN), "is_suspended": one.state == ItemState.SUSPENDED}
