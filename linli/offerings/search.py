"""Items of service in the search across everything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.offerings.queries.item_search import search_items
from linli.offerings.types.items import KIND_TITLES

# a number of a case or a paper: letters that sound like it are no help to whoever looks for it
NUMBER = re.compile(r"[A-Za-z]{2}-\d{4}-\d+")


def find_items(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find what is offered to everybody, also by wrong or everyday words."""
    if NUMBER.fullmatch(words):
        return []
    return [
        Hit(
            title=one.title, url=reverse("offerings:item", args=[one.key]), text=one.text,
            kind=KIND_TITLES[one.kind],
        )
        for one in search_items(words, localdate(), limit=limit)
    ]  # fmt: skip


def register() -> None:
    """Tell the search about it. Called once at start."""
    SEARCH.add(SearchSource("offerings.items", _("Services"), find_items))
