"""What somebody comes for, asked where the windows of a centre differ: before times are shown, before a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate

from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.offerings.queries.item_naming import item_words
from linli.offerings.queries.item_search import search_items
from linli.offerings.queries.items import versions_named
from linli.offerings.rules.window_groups import group_of
from linli.offerings.types.items import ItemKind
from linli.offerings.types.visits import WindowGroup

MOST_FOUND, MOST_NAMED = 12, 4
# every window, for whoever cannot say what she comes for
EVERY = "all"
Named = list[tuple[WindowGroup, list[str]]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address says that somebody comes for: an item, a group of windows, or neither."""

    item: str = ""
    group: WindowGroup | None = None

    @property
    def window_id(self) -> int | None:
        """Any window of the group."""
        return self.group.windows[0] if self.group else None


def chosen_in(request: Request, groups: Sequence[WindowGroup]) -> Chosen | None:
    """Return what an address says, or None where the windows differ and it is still to be asked."""
    item = request.GET.get("item", "")[:60]
    group = group_of(groups, whole_number(request.GET.get("group", ""), least=1))
    if len(groups) > 1 and not item and group is None and request.GET.get("group") != EVERY:
        return None
    return Chosen(item, None if item else group)


def ask(
    request: Request, body: Any, groups: Sequence[WindowGroup], template: str, to: str, **more: object
) -> HttpResponse:  # fmt: skip
    """Ask what somebody comes for: in her own words, or by what the windows do; `to` names the page after it."""
    words = request.GET.get("words", "").strip()[:60]
    found = [
        one
        for one in search_items(words, localdate(), path=body.path, limit=MOST_FOUND)
        if one.kind != ItemKind.REFUSED and any(group.serves(one.key) for group in groups)
    ]
    context: dict[str, object] = {
        "centre": body, "words": words, "found": found, "groups": named_groups(groups), "every": EVERY,
        "has_all": any(not one.items for one in groups), "to": to, **more,
    }  # fmt: skip
    return page(request, template, context)


def named_groups(groups: Iterable[WindowGroup]) -> Named:
    """Return groups with the names of the first things that each does."""
    found = list(groups)
    known = versions_named({key for one in found for key in one.items[:MOST_NAMED]})
    return [
        (one, [item_words(known, key) for key in one.items[:MOST_NAMED] if key in known])
        for one in found
    ]
