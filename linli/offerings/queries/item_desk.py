"""Items as the desk lists them: with what they say now or are going to say, narrowed by filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from linli.access.queries.choices import place_choices
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import Actor, require_somewhere
from linli.offerings import permits
from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries.items import SEEN_WITH, to_review, visible_items
from linli.offerings.rules.wordings import plain
from linli.offerings.states import ItemState, VersionState
from linli.offerings.types.items import KIND_TITLES

BY_KEY = Keyset("key", ("key", "id"))
VIEWS = ("", "draft", "review", "offered", "suspended", "due", "ended")
VILLAGE_DEPTH = 3


@dataclass(frozen=True, slots=True)
class ItemsWanted:
    """Which items a list shows; `view` is one of VIEWS, "" for all that have not ended."""

    view: str = ""
    words: str = ""
    kind: str = ""
    event: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An item of a list with its newest version and the draft that is open, if there is one."""

    item: Item
    version: ItemVersion
    draft_state: str


def wanted_of(given: Any) -> ItemsWanted:
    """Return which items an address asks for. Refuses with Invalid."""
    view, kind = given.get("view", ""), given.get("kind", "")
    if view not in VIEWS or (kind and kind not in KIND_TITLES):
        raise Invalid({"view": [", ".join(VIEWS)], "kind": [", ".join(KIND_TITLES)]})
    path = path_of(given.get("place", ""))
    return ItemsWanted(view, given.get("q", "").strip()[:60], kind, given.get("event", ""), path)


def narrowed(actor: Actor, wanted: ItemsWanted, on: date) -> QuerySet[Item]:
    """Return the items of a list, each with the key of its newest version as `newest`."""
    held = ItemVersion.objects.filter(item=OuterRef("pk"))
    newest = held.exclude(state=VersionState.DROPPED).order_by("-number").values("pk")[:1]
    found = visible_items(actor).annotate(newest=Subquery(newest)).filter(newest__isnull=False)
    found = _in_view(found, actor, wanted.view, on)
    said = ItemVersion.objects.filter(pk=OuterRef("newest"))
    if wanted.kind:
        found = found.filter(Exists(said.filter(kind=wanted.kind)))
    if wanted.event:
        found = found.filter(Exists(said.filter(events__contains=[wanted.event])))
    if wanted.words:
        words = plain(wanted.words)
        found = found.filter(
            Q(key__icontains=wanted.words) | Exists(said.filter(phrases__contains=words))
        )
    return found.filter(path__startswith=wanted.path) if wanted.path else found


def _in_view(found: QuerySet[Any], actor: Actor, view: str, on: date) -> QuerySet[Any]:
    open_versions = ItemVersion.objects.filter(item=OuterRef("pk"))
    if view in (VersionState.DRAFT, VersionState.REVIEW):
        return found.filter(Exists(open_versions.filter(state=view)))
    if view == "due":
        return found.filter(pk__in=to_review(actor, on).values("pk"))
    if view:
        return found.filter(state=view)
    return found.exclude(state=ItemState.ENDED)


def list_items(
    actor: Actor, wanted: ItemsWanted, on: date, *, cursor: str | None, limit: int
) -> Page[Any]:
    """Return one page of the items that an actor works on. Refuses with Invalid."""
    return page_of(narrowed(actor, wanted, on), BY_KEY, cursor=cursor, limit=limit)


def rows_of(items: list[Any]) -> list[DeskRow]:
    """Return items with their newest versions, and how their open drafts stand; two queries."""
    versions = ItemVersion.objects.in_bulk([one.newest for one in items])
    drafts = dict(
        ItemVersion.objects.filter(
            item__in=items, state__in=[VersionState.DRAFT, VersionState.REVIEW]
        ).values_list("item_id", "state")
    )
    return [DeskRow(one, versions[one.newest], drafts.get(one.pk, "")) for one in items]


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places for which an actor writes items."""
    found = place_choices(actor, permits.WRITE_ITEMS)
    return [(code_of(path), name) for path, name in found if path.count("/") <= VILLAGE_DEPTH]


def require_any(actor: Actor) -> None:
    """Refuse with NotAllowed whoever works on items nowhere."""
    require_somewhere(actor, *SEEN_WITH)
