"""Words in the language of whoever they are for."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.utils import translation

HERE: AbstractContextManager[None] = nullcontext()


def told_in(language: str) -> AbstractContextManager[None]:
    """Let a block speak a language: most often it is the one that is spoken, and nothing is changed forth and back."""
    if translation.get_language() == language:
        return HERE
    other: AbstractContextManager[None] = translation.override(language)
    return other
