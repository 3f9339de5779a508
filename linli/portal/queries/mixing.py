"""Reads of the pages that mix many apps: what each app registered, in the order it asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import get_language

from linli.kernel import sql
from linli.kernel.addresses import address_of
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.quick import quick
from linli.kernel.registries import (
    DESK,
    HOME_SLOTS,
    SEARCH,
    DeskEntry,
    DeskItem,
    Hit,
    HomeItem,
    HomeSlot,
)
from linli.places import queries as places
from linli.places.types import PlaceRow

SHOWN_PER_SLOT = 5
FOUND_PER_SOURCE = 20
DUE_MOST = 500
ORDER = attrgetter("order")
# the chain of each place as it was read last, never shown without a look
_LAST: dict[str, tuple[PlaceRow, ...]] = {}
MOST_KEPT = 4096


@quick
@dataclass(frozen=True, slots=True)
class Section:
    """What one app shows in one slot of a page."""

    key: str
    title: Any
    items: Sequence[HomeItem]
    more_url: str


@dataclass(frozen=True, slots=True)
class Home:
    """All that the home page of a place shows."""

    place: PlaceRow
    way: list[PlaceRow]
    children: list[PlaceRow]
    slots: defaultdict[str, list[Section]]

    @property
    def has_phone(self) -> bool:
        """Say whether a telephone number of the office stands on the page."""
        office = self.slots.get("office", [])
        return any(item.url.startswith("tel:") for part in office for item in part.items)


def home_of(code: str, actor: Actor, on: date, *, door: str = "") -> Home:
    """Return the home of a place: its way down, its parts, and every app's slots.

    What stands behind a door is read for the page of that `door` alone. Refuses with NotFound.
    """
    return begin_home(code, actor, on, door=door)()


def begin_home(code: str, actor: Actor, on: date, *, door: str = "") -> Callable[[], Home]:
    """Begin to read what `home_of` returns; what comes back waits for it, and refuses as that does."""
    shown = [slot for slot in sorted(HOME_SLOTS, key=ORDER)
             if slot.slot == f"door:{door}" or not slot.slot.startswith(("door:", "me"))]  # fmt: skip
    ready = _begin_chain_and_items(code, shown, actor, on)

    def home() -> Home:
        slots: defaultdict[str, list[Section]] = defaultdict(list)
        (*way, place), items = ready()
        for slot in shown:
            more_url = _more(slot.more_url_name, place)
            slots[slot.slot].append(Section(slot.key, slot.title, items[slot.key], more_url))
        children = [] if place.level == "village" else places.child_rows(place.id)
        return Home(place, way, children, slots)

    return home


def _begin_chain_and_items(
    code: str, shown: Sequence[HomeSlot], actor: Actor, on: date
) -> Callable[[], tuple[Sequence[PlaceRow], dict[str, Sequence[HomeItem]]]]:
    """Begin to read the chain of a place and what stands in each slot.

    Both are asked at once, with the place as it was read last; anew where it is not so any more.
    """
    known = _LAST.get(code)
    if known is None:
        return lambda: _chain_and_items(code, places.chain_of(code), shown, actor, on)
    with sql.in_one_message():
        asked = places.begin_chain(code)
        ready = _begin_items(shown, known[-1], actor, on)

    def both() -> tuple[Sequence[PlaceRow], dict[str, Sequence[HomeItem]]]:
        items, chain = ready(), asked()
        if tuple(chain) == known:
            return chain, items
        return _chain_and_items(code, chain or places.chain_of(code), shown, actor, on)

    return both


def _chain_and_items(
    code: str, chain: Sequence[PlaceRow], shown: Sequence[HomeSlot], actor: Actor, on: date
) -> tuple[Sequence[PlaceRow], dict[str, Sequence[HomeItem]]]:
    """Return what stands in each slot of a place as it was just read, and keep that to ask by."""
    _keep_last(code, chain)
    with sql.in_one_message():
        ready = _begin_items(shown, chain[-1], actor, on)
    return chain, ready()


def _keep_last(code: str, chain: Sequence[PlaceRow]) -> None:
    """Keep a chain to ask by next time; all are let go when there are too many."""
    if len(_LAST) >= MOST_KEPT:
        _LAST.clear()
    _LAST[code] = tuple(chain)


def look_again() -> None:
    """Forget how places were read: for tests, of which each has places of its own."""
    _LAST.clear()


def _begin_items(
    shown: Sequence[HomeSlot], place: PlaceRow, actor: Actor, on: date
) -> Callable[[], dict[str, Sequence[HomeItem]]]:
    """Begin to read what stands in each slot; what needs no answer is worked out while the database looks."""
    begun = {
        slot.key: slot.ahead(place, actor, on, SHOWN_PER_SLOT)
        for slot in shown
        if slot.ahead is not None
    }

    def items() -> dict[str, Sequence[HomeItem]]:
        language = get_language() or ""
        found = {
            slot.key: _fixed_items(slot.items, language, place)
            if slot.is_fixed
            else slot.items(place, actor, on, SHOWN_PER_SLOT)
            for slot in shown
            if slot.key not in begun
        }
        return {**found, **{key: ready() for key, ready in begun.items()}}

    return items


@lru_cache(maxsize=4096)
def _fixed_items(
    items: Callable[[Any, Actor, date, int], Sequence[HomeItem]], language: str, place: PlaceRow
) -> Sequence[HomeItem]:
    """Return what a slot shows everybody on every day at a place, as it is today in its register."""
    return tuple(items(place, NOBODY, date.min, SHOWN_PER_SLOT))


def _more(url_name: str, place: PlaceRow | None) -> str:
    if not url_name:
        return ""
    if place is None:
        return address_of(url_name)
    try:
        return address_of(url_name, place.code)
    except NoReverseMatch:
        return address_of(url_name)


@dataclass(frozen=True, slots=True)
class Found:
    """What one source found for the words of a search."""

    key: str
    title: Any
    hits: Sequence[Hit]
    is_cut: bool


def search(actor: Actor, words: str, *, only: str = "") -> list[Found]:
    """Ask every source, or `only` one, for what this actor may see; nothing is found for no words."""
    wanted = " ".join(words.split())
    if not wanted:
        return []
    found = []
    for source in SEARCH:
        if only not in ("", source.key):
            continue
        hits = source.find(actor, wanted, FOUND_PER_SOURCE + 1)
        if hits:
            is_cut = len(hits) > FOUND_PER_SOURCE
            found.append(Found(source.key, source.title, hits[:FOUND_PER_SOURCE], is_cut))
    return found


@dataclass(frozen=True, slots=True)
class Work:
    """The work that waits for somebody, late first; `cut` are the lists of which more waits."""

    items: list[DeskItem]
    cut: list[DeskEntry]


def due_work(actor: Actor, on: date) -> Work:
    """Return the work that waits for this actor, late first, undated last, the first DUE_MOST of each list."""
    items: list[DeskItem] = []
    cut: list[DeskEntry] = []
    for entry in DESK:
        if entry.items and any(actor.paths(permit) for permit in entry.permits):
            found = entry.items(actor, on, DUE_MOST + 1)
            items += found[:DUE_MOST]
            if len(found) > DUE_MOST:
                cut.append(entry)
    items.sort(key=lambda item: (item.due_on is None, item.due_on or on, item.title))
    return Work(items, cut)


def my_slots(actor: Actor, on: date) -> list[Section]:
    """Return what each app shows the person on the page of her own affairs.

    Nothing while she acts for another: the sections are those of her own account.
    """
    if actor.account_id is None or actor.acting_for is not None:
        return []
    mine = sorted((s for s in HOME_SLOTS if s.slot == "me"), key=lambda slot: slot.order)
    found = [(slot, slot.items(None, actor, on, SHOWN_PER_SLOT)) for slot in mine]
    return [
        Section(s.key, s.title, items, _more(s.more_url_name, None)) for s, items in found if items
    ]
