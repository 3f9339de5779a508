"""A place out of many: chosen from a list, or typed by name or code where the list is too long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

# digits alone are a code, or its beginning down to the county
CODE, LEAST_CODE = re.compile(r"[0-9]+"), 6


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


def fitting(
    options: Sequence[tuple[Any, Any]], typed: str, readings: Mapping[str, str] | None = None
) -> list[str]:
    """Return the keys of all options that what was typed can mean, the nearest way of meaning first.

    The option itself, its code or the first six digits of it and more, its name, a part of its name; with `readings` (key → how it is read,
    such as pinyin) also a part of these, whatever spaces stand between its syllables.
    """
    words = " ".join(typed.split())
    is_code = CODE.fullmatch(words) is not None
    one = picked(options, typed) if not is_code or len(words) >= LEAST_CODE else ""
    if one or not words:
        return [one] if one else []
    if is_code:
        # a number is a code or its beginning, never a part of a name
        return [
            str(k) for k, _label in options if k and len(words) >= LEAST_CODE and _begins(k, words)
        ]
    labels = {str(key): " ".join(str(label).split()) for key, label in options if key}
    read = {key: _run_together(reading) for key, reading in (readings or {}).items()}
    ways = (
        [key for key, label in labels.items() if label == words],
        [key for key, label in labels.items() if words.lower() in label.lower()],
        [key for key in labels if read.get(key, "").startswith(_run_together(words))],
        [key for key in labels if _run_together(words) in read.get(key, "")],
    )
    return next((found for found in ways if found), [])


def meant(options: Sequence[tuple[str, str]], typed: str) -> list[str]:
    """Return the keys of all options that typed words can mean: `#` and a key that one, a whole name that.

    Else those whose names hold each of the words. A bare number is a part of a name and no key.
    """
    words = " ".join(typed.split()).lower()
    labels = {key: " ".join(label.split()).lower() for key, label in options}
    if words.startswith("#") or not words:
        return [key for key in labels if f"#{key}".lower() == words]
    ways = (
        [key for key, label in labels.items() if label == words],
        [key for key, label in labels.items() if all(one in label for one in words.split())],
    )
    return next((found for found in ways if found), [])


def _begins(key: Any, code: str) -> bool:
    return code_of(str(key)).startswith(code)


def _run_together(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalnum())


def code_of(key: str) -> str:
    """Return the code of a key, which is a code or the path that ends with it."""
    return key.rstrip("/").rpartition("/")[2]
