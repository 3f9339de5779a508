"""The language that commands speak: LINLI_LANGUAGE, else that of the terminal, else Chinese."""

from __future__ import annotations

import os

CHINESE, ENGLISH = "zh-hans", "en"
_PLACES = ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """Return en or zh-hans; the first variable that is set decides."""
    said = next((found for name in _PLACES if (found := os.environ.get(name, ""))), "")
    return ENGLISH if said.lower().startswith("en") else CHINESE


def words(english: str, chinese: str) -> str:
    """Return the words of this run's language; commands speak before Django and its catalogues."""
    return english if language() == ENGLISH else chinese
