"""Whether an item has enough in common with a question to be shown at all, whatever else was found.

The order of results compares items with one another; for what nobody offers, even the best of them has
only a sign or a few letters in common. Less than a word in one phrase is nothing: a pair of signs, two
pairs of syllables, a word of four letters, or most of what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linli.offerings.rules.searching import (
    REMEMBERED,
    SIGNS,
    WORD,
    Card,
    Readings,
    pieces_of,
)
from linli.offerings.rules.wordings import latin_of, wordings_of

WORD_LETTERS = 4
# shares of what was typed: by sound, by letters (a wrong one costs three pieces), by initials
HEARD, SPELT, SHORTENED = 0.5, 0.4, 0.5


@dataclass(frozen=True, slots=True)
class _Asked:
    """The pieces of one wording by the way in which they are found; letters word by word, and as a whole."""

    signs: Mapping[str, int]
    sounds: Mapping[str, int]
    letters: Sequence[Mapping[str, int]]
    initials: Mapping[str, int]


def with_enough(text: str, cards: list[Card], readings: Readings) -> list[Card]:
    """Return those of what was found that a question can have meant, in their order."""
    asked = [_parted(words, readings) for words in wordings_of(text)]
    return [
        card
        for card in cards
        if any(_is_enough(one, _said(phrase, readings)) for phrase in card.phrases for one in asked)
    ]


def _parted(words: str, readings: Readings) -> _Asked:
    ways: dict[str, dict[str, int]] = {"signs": {}, "sounds": {}, "letters": {}, "initials": {}}
    for piece, weight in pieces_of(words, readings, asks=True).items():
        ways[_way(piece)][piece] = weight
    # how two initials begin tells little where there are more
    longer = {piece: n for piece, n in ways["initials"].items() if not piece.startswith("#^")}
    by_word = [pieces_of(word, readings, asks=True) for word in latin_of(words)]
    spelt = [{p: n for p, n in one.items() if _way(p) == "letters"} for one in by_word]
    return _Asked(
        ways["signs"], ways["sounds"], (ways["letters"], *spelt), longer or ways["initials"]
    )


def _way(piece: str) -> str:
    if piece[0] == "#":
        return "initials"
    if " " in piece:
        return "sounds"
    return "letters" if piece.isascii() else "signs"


@lru_cache(maxsize=REMEMBERED)
def _said(phrase: str, readings: Readings) -> frozenset[str]:
    return frozenset(pieces_of(phrase, readings))


def _is_enough(asked: _Asked, said: frozenset[str]) -> bool:
    signs = _shared(asked.signs, said)
    if signs and (signs >= SIGNS or len(asked.signs) == 1):
        return True
    sounds = _shared(asked.sounds, said)
    if sounds and (sounds >= SIGNS or sounds >= HEARD * sum(asked.sounds.values())):
        return True
    if any(_is_share(one, said, SPELT) or _has_word(one, said) for one in asked.letters):
        return True
    return _is_share(asked.initials, said, SHORTENED)


def _has_word(asked: Mapping[str, int], said: frozenset[str]) -> bool:
    return any(
        weight == WORD and len(piece) >= WORD_LETTERS and piece in said
        for piece, weight in asked.items()
    )


def _is_share(asked: Mapping[str, int], said: frozenset[str], share: float) -> bool:
    return bool(asked) and _shared(asked, said) >= share * sum(asked.values())


def _shared(asked: Mapping[str, int], said: frozenset[str]) -> int:
    return sum(weight for piece, weight in asked.items() if piece in said)
