"""A place out of many: chosen from a list, or typed by name or code where the list is too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def picked(options: Sequence[tuple[Any, Any]], typed: str) -> str:
    """Return the key of the option that was chosen or is meant by what was typed, else nothing.

    Keys are codes or paths. Meant is what bears this code or name; a part of a name if one alone
    has it.
    """
    words = " ".join(typed.split())
    if not words:
        return ""
    by_key = {str(key): " ".join(str(label).split()) for key, label in options}
    if words in by_key:
        return words
    code = words.rpartition(" ")[2]
    ways = (
        [key for key in by_key if key and code_of(key) == code],
        [key for key, label in by_key.items() if key and label == words],
        [key for key, label in by_key.items() if key and words.lower() in label.lower()],
    )
    return next((found[0] for found in ways if len(found) == 1), "")


def code_of(key: str) -> str:
    """Return the code of a key, which is a code or the path that ends with it."""
    return key.rstrip("/").rpartition("/")[2]
