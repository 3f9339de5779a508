"""What items are called today, by their keys, for pages and files that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.offerings.models import ItemVersion
from linli.offerings.queries.items import versions_named
from linli.ui.jinja import named


def item_title(key: str) -> str:
    """Return what an item is called, or nothing for none."""
    return item_titles([key])[key] if key else ""


def title_asked(key: str) -> str:
    """Return what an item is called that an address names: nothing for one that nobody offers.

    Whoever writes an address writes no words on a page of the office.
    """
    known = versions_named([key]) if key else {}
    return named(known[key]) if key in known else ""


def item_titles(keys: Iterable[str]) -> dict[str, str]:
    """Return what items are called in the reader's language, by their keys; one query, none for nothing."""
    asked = {key for key in keys if key}
    known = versions_named(asked) if asked else {}
    return {key: item_words(known, key) for key in asked}


def item_words(known: Mapping[str, ItemVersion], key: str) -> str:
    """Return the name of an item in the reader's language, its key once it is not offered any more."""
    return named(known[key]) if key in known else key
