"""What the package brings along of items: life events, and the items of files in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from linli.ui.formats import is_chinese

DATA = Path(__file__).parents[1] / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something in a life that brings people to an office."""

    key: str
    zh: str
    en: str
    icon: str

    @property
    def title(self) -> str:
        return self.zh if is_chinese() else self.en


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """Return the life events in the order in which they are shown."""
    found = loaded((DATA / "life_events.yaml").read_text(encoding="utf-8"))
    return tuple(LifeEvent(one["key"], one["zh"], one["en"], one["icon"]) for one in found)


def event_titles() -> dict[str, str]:
    """Return the life events by their keys, in the reader's language."""
    return {one.key: one.title for one in life_events()}


@cache
def register_names() -> dict[str, str]:
    """Return the registers out of which an office looks things up: Chinese name → English."""
    found = loaded((DATA / "registers.yaml").read_text(encoding="utf-8"))
    return {one["zh"]: one["en"] for one in found}


@cache
def held_words() -> dict[str, str]:
    """Return what papers are called that a register makes needless: word → register."""
    found = loaded((DATA / "registers.yaml").read_text(encoding="utf-8"))
    return {word: one["zh"] for one in found for word in one.get("has", ())}


def loaded(text: str) -> Any:
    """Return plain data out of a text in YAML."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one


def items_in(path: Path) -> list[Mapping[str, Any]]:
    """Return the items of a file in YAML. Raises ValueError for what is no list of items."""
    try:
        found = loaded(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"{path.name} is no list of items")
    return found


def shipped_items() -> list[Mapping[str, Any]]:
    """Return every item that the package brings along, file by file."""
    return [one for path in sorted((DATA / "items").glob("*.yaml")) for one in items_in(path)]
