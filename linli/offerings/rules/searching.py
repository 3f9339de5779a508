"""Items found by the words that people use: pieces of words, their weights, and the order of what was found.

A piece is a pair of signs (also over one sign in between, so that a wrong or missing one still leaves
pairs), a pair of syllables, the initials of a phrase, or three letters of a Latin word. What is rare
weighs more. All of it is plain text in, numbers out; readings come from outside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from linli.offerings.rules.wordings import chinese_of, latin_of, plain, wordings_of

Readings = Callable[[str], tuple[str, ...]]

# how much a piece says before its rarity is counted
SIGNS, GAP, SOUNDS, SOUND_GAP, LETTERS, WORD, INITIALS, SIGN = 10, 5, 5, 2, 4, 12, 10, 2
MOST_TERM, MOST_WEIGHT, MOST_ASKED = 24, 4000, 60
# phrases are compared with every question again: what they fall into is remembered
REMEMBERED, COMPARED, GUESS, LEAST_SHARE = 16_384, 12, 0.8, 0.35
# a single sign tells little: it is asked for only where there is no more
SHORT = 3
# longer than any name of an item by its initials; beyond it letters are a word
MOST_INITIALS = 12
# a case or a paper (BJ-2026-0001), and the code of a visit, a ticket or a booking (K7QM3XRW), however they are typed
NUMBER = re.compile(r"[A-Z]{1,8}(19|20)\d{2}\d{3,}", re.ASCII)
CODE = re.compile(r"(?=.*\d)(?=.*[A-Z])[2-9A-HJ-NP-Z]{8,12}", re.ASCII)
PARTING = re.compile(r"[\s\-－—–_]+")


def is_number(text: str) -> bool:
    """Say whether somebody typed a number or a code: letters that sound like it are no help to her."""
    typed = PARTING.sub("", text).upper()
    return bool(NUMBER.fullmatch(typed) or CODE.fullmatch(typed))


def pieces_of(text: str, readings: Readings, *, asks: bool = False) -> dict[str, int]:
    """Return the pieces of one phrase with what each says. `asks`: of a question, not of a name."""
    found: dict[str, int] = {}
    said = plain(text)
    signs = chinese_of(said)
    for piece, weight in (*_chinese(signs, readings, asks), *_latin(latin_of(said), asks, signs)):
        found[piece[:MOST_TERM]] = max(weight, found.get(piece, 0))
    return found


def _chinese(signs: str, readings: Readings, asks: bool) -> Iterator[tuple[str, int]]:
    yield from ((a + b, SIGNS) for a, b in zip(signs, signs[1:], strict=False))
    yield from ((a + b, GAP) for a, b in zip(signs, signs[2:], strict=False))
    if not asks or len(signs) <= SHORT:
        yield from ((sign, SIGN) for sign in signs)
    sounds = [readings(sign)[:2] for sign in signs]
    for step, weight in ((1, SOUNDS), (2, SOUND_GAP)):
        for before, after in zip(sounds, sounds[step:], strict=False):
            yield from ((f"{a} {b}", weight) for a in before for b in after)
    if not asks:
        yield from _heard(sounds)


def _heard(sounds: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """What somebody types who writes by sound: the whole in letters, and its initials."""
    likeliest = [one[0] for one in sounds if one]
    if len(likeliest) < 2:
        return
    yield from ((piece, INITIALS) for piece in _initials("".join(one[0] for one in likeliest)))
    yield from ((piece, LETTERS) for piece in _threes("".join(likeliest)))


def _latin(words: Sequence[str], asks: bool, signs: str) -> Iterator[tuple[str, int]]:
    for word in words:
        yield word, WORD
        yield from ((piece, LETTERS) for piece in _threes(word))
        if asks and not signs and word.isalpha():
            yield from ((piece, INITIALS) for piece in _initials(word))
    if len(words) > 1 and not signs:
        # "ju zhu zheng" is typed with and without blanks
        yield from ((piece, LETTERS) for piece in _threes("".join(words)))


def _initials(letters: str) -> Iterator[str]:
    """The first two letters, and every three and four: jzz is found in jzzsl, and bjz in bljzz."""
    if 2 <= len(letters) <= MOST_INITIALS:
        yield f"#^{letters[:2]}"
        for size in (3, 4):
            yield from (f"#{letters[at : at + size]}" for at in range(len(letters) - size + 1))


def _threes(word: str) -> Iterator[str]:
    if len(word) < 3:
        return
    yield f"~^{word[:2]}"
    yield from (f"~{word[at : at + 3]}" for at in range(len(word) - 2))


def terms_of(phrases: Iterable[str], readings: Readings) -> dict[str, int]:
    """Return the pieces by which an item is found, out of its names and what else people call it."""
    found: dict[str, int] = {}
    for phrase in phrases:
        for piece, weight in pieces_of(phrase, readings).items():
            found[piece] = max(weight, found.get(piece, 0))
    return found


def weigh(terms: Mapping[str, int], known: Mapping[str, int], items: int) -> dict[str, int]:
    """Return what each piece weighs: the rarer among the items, the more."""
    return {
        piece: max(1, min(MOST_WEIGHT, round(weight * 10 * rarity(known.get(piece, 1), items))))
        for piece, weight in terms.items()
    }


def rarity(found: int, items: int) -> float:
    """Return how much a piece tells that so many of the items have; 0.2 for one that all have."""
    return max(0.2, math.log((items + 1) / (found + 0.5)))


def asked_of(text: str, readings: Readings) -> dict[str, int]:
    """Return the pieces of a question, in its own words and in those of the office."""
    found: dict[str, int] = {}
    for number, wording in enumerate(wordings_of(text)):
        for piece, weight in pieces_of(wording, readings, asks=True).items():
            # a word of the office is a guess at what was meant
            found[piece] = max(weight if number == 0 else weight * 2 // 3, found.get(piece, 0))
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:MOST_ASKED])


@dataclass(frozen=True, slots=True)
class Card:
    """What the order of results looks at: an item, its phrases (the name first), what its pieces weighed."""

    item_id: int
    phrases: tuple[str, ...]
    weight: float


def ranked(text: str, cards: Sequence[Card], readings: Readings) -> list[Card]:
    """Return what was found, the best first: pieces in common, and how well one phrase fits as a whole.

    The cards come by weight; only the first of them are compared phrase by phrase.
    """
    asked = [
        Wording(words, 1.0 if number == 0 else GUESS, sound_of(words, readings))
        for number, words in enumerate(wordings_of(text))
    ]
    best = max((card.weight for card in cards), default=0.0) or 1.0
    scored = [
        (card.weight / best + (2 * _fit(asked, card.phrases, readings) if n < COMPARED else 0.0), -n, card)
        for n, card in enumerate(cards)
    ]  # fmt: skip
    scored.sort(key=lambda one: one[:2], reverse=True)
    # what has little in common with the question beside the best would only make a long list
    return [card for score, _n, card in scored if score >= LEAST_SHARE * scored[0][0]]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in one of its wordings; `share` is less for a guess at what was meant."""

    words: str
    share: float
    sound: str


def _fit(asked: Sequence[Wording], phrases: Sequence[str], readings: Readings) -> float:
    """Return how well the best phrase of an item fits a question, from 0 to 1."""
    found = 0.0
    for at, phrase in enumerate(phrases):
        # a name counts a little more than what else people say
        share = 1.0 if at == 0 else 0.95
        for one in asked:
            most = share * one.share
            if found < most:
                found = max(found, most * likeness(one.words, phrase))
            if found < 0.9 * most and one.sound == sound_of(phrase, readings):
                found = 0.9 * most
    return found


def likeness(asked: str, phrase: str) -> float:
    """Return how alike two plain texts are: 1 the same, 0 nothing in common."""
    if asked == phrase:
        return 1.0
    if phrase and phrase in asked:
        return 0.6 + 0.35 * len(phrase) / len(asked)
    if asked and asked in phrase:
        return 0.5 + 0.4 * len(asked) / len(phrase)
    one, other = _pairs(asked), _pairs(phrase)
    return 0.85 * 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@lru_cache(maxsize=REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    near, over = zip(text, text[1:], strict=False), zip(text, text[2:], strict=False)
    return frozenset([a + b for a, b in near] + [a + b for a, b in over])


@lru_cache(maxsize=REMEMBERED)
def sound_of(text: str, readings: Readings) -> str:
    """Return a text in letters without blanks, as it is read: 居住证 and ju zhu zheng are the same."""
    return "".join((readings(sign) or (sign,))[0] for sign in text if sign != " ")
