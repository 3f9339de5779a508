"""The language that commands speak: LINLI_LANGUAGE, else that of the terminal, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Iterable

CHINESE, ENGLISH = "zh-hans", "en"
_PLACES = ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """Return en or zh-hans; the first variable that is set decides."""
    said = next((found for name in _PLACES if (found := os.environ.get(name, ""))), "")
    return ENGLISH if said.lower().startswith("en") else CHINESE


def words(english: str, chinese: str) -> str:
    """Return the words of this run's language; commands speak before Django and its catalogues."""
    return english if language() == ENGLISH else chinese


def listed(names: Iterable[object]) -> str:
    """Return names beside each other, as `ui.formats.listed` does it for pages: A, B or 甲、乙."""
    return words(", ", "、").join(map(str, names))
