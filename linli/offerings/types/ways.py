"""What a person can do next on the page of an item: each part of offerings adds its own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linli.kernel.registries import Registry
from linli.offerings.types.items import ItemFacts


@dataclass(frozen=True)
class ItemWay:
    """A way on from an item: `url_name` takes its key; `is_open(facts)` says whether the item has it."""

    key: str
    words: Any
    icon: str
    url_name: str
    is_open: Callable[[ItemFacts], bool]
    is_main: bool = False


ITEM_WAYS: Registry[ItemWay] = Registry("ways on from an item")
