"""Items as a clerk names them, one a line: by their name, or by their key. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

PARTED = re.compile(r"[\n,，;；]+")


def items_named(text: str, known: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the keys that are meant and the words that mean none; `known` are keys with names.

    The beginning or a part of a name is enough where it fits one item alone.
    """
    names = dict(known)
    keys: list[str] = []
    unknown: list[str] = []
    for words in (part.strip() for part in PARTED.split(text)):
        found = _meant(words, names) if words else ""
        if found is None:
            unknown.append(words)
        elif found and found not in keys:
            keys.append(found)
    return keys, unknown


def _meant(words: str, names: dict[str, str]) -> str | None:
    if words in names:
        return words
    same = [key for key, name in names.items() if name == words]
    near = same or [key for key, name in names.items() if words in name]
    return near[0] if len(near) == 1 else None
