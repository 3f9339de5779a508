"""Both languages of the law as the reader's one."""

from __future__ import annotations

from typing import Any

from linli.kernel.registries import PATH_OF
from linli.rulebook.law.load import law
from linli.rulebook.types import Words
from linli.ui.formats import is_chinese


def say(words: Words) -> str:
    """Return the words in the reader's language."""
    return words[0 if is_chinese() else 1]


def name(section: str, key: str) -> str:
    """Return the name of a unit, level or app in the reader's language."""
    return say(law().glossary.name(section, key))


def value_words(value: Any, unit: str) -> str:
    """Return a value in words in the reader's language."""
    return say(law().glossary.words(value, unit))


def context(**more: object) -> dict[str, object]:
    """Return what every page of the rulebook may use, and its own."""
    return {"say": say, "name_of": name, "value_words": value_words, "tab": "", **more}


def path_of(code: str) -> str:
    """Return the path of a place's code, or "" for none or an unknown one."""
    return str(PATH_OF.call(code) or "") if code else ""
