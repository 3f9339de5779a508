"""Both languages of the law as the reader's one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.kernel.registries import PATH_OF
from linli.rulebook.law.load import law
from linli.rulebook.law.model import Entry
from linli.rulebook.types import Level, Words
from linli.ui.formats import is_chinese


def say(words: Words) -> str:
    """Return the words in the reader's language."""
    return words[0 if is_chinese() else 1]


def name(section: str, key: str) -> str:
    """Return the name of a unit, level or app in the reader's language."""
    return say(law().glossary.name(section, key))


def holiday(word: str) -> str:
    """Return a holiday's name in the reader's language; one of a later notice as it is written."""
    return name("holidays", word) if law().glossary.knows("holidays", word) else word


def value_words(value: Any, unit: str) -> str:
    """Return a value in words in the reader's language."""
    return say(law().glossary.words(value, unit))


def entry_words(entry: Entry, unit: str) -> str:
    """Return an entry's value in words; an ended one of a lower level gives way."""
    if entry.value is None and entry.level is not Level.NATIONAL:
        return _("gives way to the level above")
    return value_words(entry.value, unit)


def whose(level: str, jurisdiction: str) -> str:
    """Return for whom a value holds: 国家, 镇街 441900990, 组织 7."""
    if level == Level.NATIONAL:
        return name("levels", level)
    code = jurisdiction.removeprefix("org:").rstrip("/").rsplit("/", 1)[-1]
    return f"{name('levels', level)} {code}"


def context(**more: object) -> dict[str, object]:
    """Return what every page of the rulebook may use, and its own."""
    words = {"value_words": value_words, "entry_words": entry_words, "whose": whose}
    return {"say": say, "name_of": name, "tab": "", **words, **more}


def path_of(code: str) -> str:
    """Return the path of a place's code, or "" for none or an unknown one."""
    return (PATH_OF.call(code) or "") if code else ""
