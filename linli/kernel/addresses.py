"""Addresses of named pages, each worked out once for a language: a page asks for dozens."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

KEPT = 8192


def address_of(name: str, *args: object) -> str:
    """Return the address of a page in the reader's language. Refuses with NoReverseMatch."""
    return _known(get_language(), name, args)


@lru_cache(maxsize=KEPT)
def _known(language: str | None, name: str, args: tuple[object, ...]) -> str:
    return str(reverse(name, args=args))
