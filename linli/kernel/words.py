"""Searching by words: every word has to stand in one of the fields."""

from __future__ import annotations

from django.db.models import Q


def every_word(words: str, *lookups: str) -> Q:
    """Return what asks that one of the lookups fits each word; without a word it asks nothing."""
    wanted = Q()
    for word in words.split():
        fits = Q()
        for lookup in lookups:
            fits |= Q(**{lookup: word})
        wanted &= fits
    return wanted
