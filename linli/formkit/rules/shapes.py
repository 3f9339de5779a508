"""Small checks on the JSON of a form that comes from outside; what fits nowhere is told by its path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from linli.formkit.types import MOST_SPEC_DEPTH, Words
from linli.kernel.texts import clean_text

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# names that a page of a form has for itself, and those that are never kept when a sign-in runs out
RESERVED = frozenset(
    {"key", "page", "step", "edition", "kept_again", "csrfmiddlewaretoken", "password", "old", "new",
     "pin", "code"}
)  # fmt: skip


class SpecBroken(ValueError):
    """JSON that is not a form; `path` says where, `code` what is wrong there."""

    def __init__(self, path: str, code: str) -> None:
        self.path, self.code = path, code
        super().__init__(f"{path}: {code}")


def as_object(value: Any, path: str) -> Mapping[str, Any]:
    """Return a JSON object. Raises SpecBroken for anything else."""
    if not isinstance(value, Mapping):
        raise SpecBroken(path, "no_object")
    return value


def as_list(value: Any, path: str, *, most: int = 1000) -> Sequence[Any]:
    """Return a JSON list. Raises SpecBroken for anything else, and for a very long one."""
    if not isinstance(value, (list, tuple)):
        raise SpecBroken(path, "no_list")
    if len(value) > most:
        raise SpecBroken(path, "too_many")
    return value


def as_text(value: Any, path: str, *, most: int = 2000) -> str:
    """Return a text without signs that nobody sees. Raises SpecBroken for anything else."""
    if not isinstance(value, str):
        raise SpecBroken(path, "no_text")
    if len(value) > most or any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in value):
        raise SpecBroken(path, "bad_text")
    return clean_text(value)


def as_key(value: Any, path: str) -> str:
    """Return a name of a field or page. Raises SpecBroken for what could not stand in an address."""
    text = as_text(value, path)
    if text != value or not KEY.fullmatch(text):
        raise SpecBroken(path, "bad_key")
    return text


def as_whole(value: Any, path: str, *, least: int, most: int) -> int:
    """Return a whole number within bounds. Raises SpecBroken."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SpecBroken(path, "bad_number")
    return value


def as_flag(value: Any, path: str) -> bool:
    """Return true or false. Raises SpecBroken."""
    if not isinstance(value, bool):
        raise SpecBroken(path, "no_flag")
    return value


def as_words(value: Any, path: str) -> Words:
    """Return a text in two languages: {"zh": …, "en": …}, or nothing. Raises SpecBroken."""
    if value is None:
        return Words()
    given = as_object(value, path)
    return Words(
        as_text(given.get("zh", ""), f"{path}.zh"), as_text(given.get("en", ""), f"{path}.en")
    )


def is_too_deep(value: Any, most: int = MOST_SPEC_DEPTH) -> bool:
    """Say whether JSON is nested deeper than any honest form, without recursion."""
    level = [value]
    for _depth in range(most + 1):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                inner += one.values()
            elif isinstance(one, (list, tuple)):
                inner += one
        if not inner:
            return False
        level = inner
    return True
