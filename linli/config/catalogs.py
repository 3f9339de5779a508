"""The words of all apps in one catalogue for each language.

Django means to merge those whose plural forms are the same, and compares a function with the code of one,
which are never the same: each app's words stay apart, and every word of a page in Chinese is looked for
in up to thirty of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import trans_real


@cache
def in_one_catalog(language: str) -> None:
    """Merge what a language was loaded from, once; the later of two words for the same goes before, as ever."""
    loaded: Any = trans_real.translation(language)
    merge(loaded._catalog)


def merge(catalog: Any) -> None:
    """Merge neighbours whose plural forms are the same, the first of which is looked into first."""
    words: list[dict[Any, str]] = []
    plurals: list[Any] = []
    for entries, plural in reversed(list(zip(catalog._catalogs, catalog._plurals, strict=True))):
        if plurals and plurals[-1].__code__ == plural.__code__:
            words[-1].update(entries)
        else:
            words.append(dict(entries))
            plurals.append(plural)
    catalog._catalogs[:], catalog._plurals[:] = words[::-1], plurals[::-1]
