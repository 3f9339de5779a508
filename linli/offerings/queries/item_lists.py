"""What would come of a list of items, row by row, without a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries.items import faults_of
from linli.offerings.rules.item_data import read_item, write_item
from linli.offerings.rules.item_lint import hindering
from linli.offerings.states import ItemState, VersionState
from linli.offerings.types.items import ItemFacts, ItemFault

if TYPE_CHECKING:
    from linli.places.models import Place

MADE, CHANGED, SAME, REFUSED, ELSEWHERE = "made", "changed", "same", "refused", "elsewhere"
# a second person looks at its next version: it is not written over meanwhile
WAITING = "waiting"


@dataclass(slots=True)
class Taken:
    """What came of the rows of a list: row → fate, and row → what is wrong with it; rows count from 0."""

    fates: dict[int, str] = field(default_factory=dict)
    faults: dict[int, list[ItemFault]] = field(default_factory=dict)
    versions: dict[int, ItemVersion] = field(default_factory=dict)

    def count(self, fate: str) -> int:
        """Return how many rows came to this."""
        return sum(one == fate for one in self.fates.values())


def check_items(place: Place, rows: Sequence[Mapping[str, Any]]) -> Taken:
    """Return what would come of rows, without a trace."""
    found, seen = Taken(), set[str]()
    held = {
        one.key: one for one in Item.objects.filter(key__in=[str(row.get("key")) for row in rows])
    }
    newest: dict[int, ItemVersion] = {}
    versions = ItemVersion.objects.filter(item__in=held.values()).exclude(
        state=VersionState.DROPPED
    )
    for version in versions.order_by("number"):
        newest[version.item_id] = version
    for number, row in enumerate(rows):
        facts, faults = read_item(row)[0], hindering(faults_of(row))
        if facts.key in seen:
            faults.append(ItemFault("key", "lost", facts.key))
        seen.add(facts.key)
        if faults:
            found.faults[number], found.fates[number] = faults, REFUSED
        else:
            found.fates[number] = _fate(place, facts, held.get(facts.key), newest)
    return found  # fmt: skip


def _fate(
    place: Place, facts: ItemFacts, item: Item | None, newest: Mapping[int, ItemVersion]
) -> str:
    if item is None:
        return MADE
    if item.path != place.path or item.state == ItemState.ENDED:
        return ELSEWHERE
    last = newest.get(item.pk)
    if last is not None and last.content == write_item(facts):
        return SAME
    return WAITING if last is not None and last.state == VersionState.REVIEW else CHANGED
