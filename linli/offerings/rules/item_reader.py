"""Values of an item's file, read one by one; what is wrong with them is gathered, not raised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from linli.offerings.types.items import ItemFault, Words

# of an answer's key: shown in addresses
SHORT_KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
MOST_PARTS = 40


class Reader:
    """Reads values of one item and gathers what is wrong."""

    def __init__(self) -> None:
        self.faults: list[ItemFault] = []

    def wrong(self, where: str, code: str, word: object = "") -> None:
        self.faults.append(ItemFault(where, code, str(word)[:60]))

    def text(self, value: Any, where: str, most: int, *, needed: bool = False) -> str:
        said = "" if value is None else str(value).strip()
        if isinstance(value, (dict, list)):
            self.wrong(where, "no_text")
            return ""
        if needed and not said:
            self.wrong(where, "missing")
        if len(said) > most:
            self.wrong(where, "too_long", said)
        return said[:most]

    def words(self, value: Any, where: str, most: int, *, needed: bool = False) -> Words:
        """Chinese and English; a bare text is Chinese."""
        given = value if isinstance(value, Mapping) else {"zh": value}
        zh = self.text(given.get("zh"), where, most, needed=needed)
        # English takes about twice the room
        return Words(zh, self.text(given.get("en"), f"{where}.en", most * 3))

    def choice(self, value: Any, where: str, known: type[StrEnum], default: str = "") -> str:
        said = str(value or default)
        if said not in {str(one) for one in known}:
            self.wrong(where, "unknown", said)
            return default or str(next(iter(known)))
        return said

    def whole(self, value: Any, where: str, most: int, least: int = 0) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(where, "no_number", value)
            return least
        return value

    def rows(self, value: Any, where: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.wrong(where, "no_list")
            return []
        if len(value) > MOST_PARTS:
            self.wrong(where, "too_many", len(value))
        return list(value)[:MOST_PARTS]

    def parts(self, value: Any, where: str) -> list[tuple[str, Mapping[str, Any]]]:
        """The entries of a list, each with where it stands."""
        found = []
        for number, one in enumerate(self.rows(value, where), 1):
            if isinstance(one, Mapping):
                found.append((f"{where}.{number}", one))
            else:
                self.wrong(f"{where}.{number}", "no_text")
        return found

    def key(self, value: Any, where: str, shape: re.Pattern[str] = SHORT_KEY) -> str:
        said = str(value or "")
        if not shape.fullmatch(said) or len(said) > 60:
            self.wrong(where, "no_key", said)
        return said[:60]
