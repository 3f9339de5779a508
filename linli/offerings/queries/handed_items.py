"""Lists of items that offices handed in: who sees which, their rows with what comes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import ItemList
from linli.offerings.queries.item_desk import places_of
from linli.offerings.queries.item_lists import (
    CHANGED,
    ELSEWHERE,
    MADE,
    REFUSED,
    SAME,
    WAITING,
    Taken,
)
from linli.offerings.types.item_faults import fault_words, place_words
from linli.offerings.types.items import ItemFault

FATES = (REFUSED, ELSEWHERE, WAITING, MADE, CHANGED, SAME)
LIGHT = ("rows", "faults")


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A row of a list: its line in the file, key and name, what comes of it, and every reason against it."""

    line: int
    key: str
    name: str
    fate: str
    reasons: tuple[tuple[str, str], ...]


def visible_lists(actor: Actor) -> QuerySet[ItemList]:
    """Lists handed in for places where the actor writes items, without what stands in them."""
    return ItemList.objects.defer(*LIGHT).filter(in_reach(actor, permits.WRITE_ITEMS))


def get_list(actor: Actor, code: str) -> ItemList:
    """Return one list with its rows. Refuses with NotFound."""
    found = visible_lists(actor).defer(None).filter(code=code).first()
    if found is None:
        raise NotFound(code=code)
    return found


def grounds_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places for which an actor hands in lists. Refuses with NotAllowed."""
    found = places_of(actor)
    if not found:
        raise NotAllowed(permit=permits.WRITE_ITEMS.name, at="")
    return found


def counts_of(found: ItemList) -> dict[str, int]:
    """Return how many rows come to what, those that need somebody first."""
    counted = Counter(found.fates)
    return {fate: counted[fate] for fate in FATES if counted[fate]}


def rows_of(found: ItemList, fates: Sequence[str] = ()) -> Iterator[ListedItem]:
    """Yield the rows of a list in its order, those of some fates alone."""
    for number, (line, data) in enumerate(found.rows):
        fate = found.fates[number] if number < len(found.fates) else ""
        if not fates or fate in fates:
            yield ListedItem(line, str(data.get("key") or ""), _name(data), fate, _reasons(found, number))  # fmt: skip


def _name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    return str(name.get("zh") or "") if isinstance(name, Mapping) else str(name or "")


def _reasons(found: ItemList, number: int) -> tuple[tuple[str, str], ...]:
    told = found.faults.get(str(number), ())
    return tuple((place_words(where), fault_words(code, word)) for where, code, word in told)


def fates_of(taken: Taken, rows: int) -> list[str]:
    """Return what comes of each row, as a list keeps it."""
    return [taken.fates[number] for number in range(rows)]


def plain_faults(taken: Taken) -> dict[str, list[list[str]]]:
    """Return what is wrong with rows, as a list keeps it."""
    return {str(number): [_plain(one) for one in faults] for number, faults in taken.faults.items()}


def _plain(fault: ItemFault) -> list[str]:
    return [fault.where, fault.code, fault.word]
