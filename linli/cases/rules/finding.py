"""What of a word is looked up in an index, before its title is compared to the letter."""

from __future__ import annotations


def signs_of(words: list[str]) -> list[str]:
    """Return pairs of signs that together cover each word; a lone sign stands for itself.

    Whoever holds the word holds them. Pairs that overlap would say the same twice, and let the
    database believe that fewer titles hold them.
    """
    found: dict[str, None] = {}
    for word in filter(None, words):
        small = "".join(_small(sign) for sign in word)
        starts = [*range(0, len(small) - 1, 2), max(len(small) - 2, 0)]
        found |= dict.fromkeys(small[at : at + 2] for at in starts)
    return list(found)


def _small(sign: str) -> str:
    # as the database does it: never one sign into two
    lowered = sign.lower()
    return lowered if len(lowered) == 1 else sign
