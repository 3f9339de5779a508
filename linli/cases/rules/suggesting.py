"""Category and place from the words of a report: which are named, the longest word first.

A word counts by its length and less where several categories share it. Names of places are taken
whole; a short one that is also an ordinary word counts only where its town is named or known.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from linli.cases.types.suggesting import CategoryHint, PlaceHint, Suggested

K = TypeVar("K")
MOST_HINTS = 3
MOST_SIGNS = 5000
# a group's own words say less than those of what belongs to it
GROUP_WEIGHT = 0.4
LATIN_WEIGHT = 2.0
FULL, SHORT, NEAR, ELSEWHERE = 1.0, 0.8, 0.15, 0.5
LONG_BARE = 3
SUFFIXES = ("社区", "村", "生活区")


@dataclass(frozen=True, slots=True)
class Topic:
    """A category as suggestions know it."""

    id: int
    code: str
    words: tuple[str, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A place as suggestions know it: `names` are full ones, `bare` those without their ending."""

    path: str
    code: str
    level: str
    names: tuple[str, ...]
    bare: tuple[str, ...] = ()


class Finder(Generic[K]):
    """Words with what they point to, found in a text from left to right, the longest first."""

    def __init__(self, words: Iterable[tuple[str, K]]) -> None:
        self.meanings: dict[str, list[K]] = defaultdict(list)
        for word, meaning in words:
            if (plain := tidy(word)) and meaning not in self.meanings[plain]:
                self.meanings[plain].append(meaning)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.meanings:
            lengths[word[0]].add(len(word))
        self._lengths = {sign: sorted(found, reverse=True) for sign, found in lengths.items()}

    def found(self, text: str) -> Iterator[str]:
        """Yield the words of a tidied text in their order; none overlaps another."""
        at = 0
        while at < len(text):
            word = self._at(text, at)
            if word:
                yield word
            at += len(word) or 1

    def _at(self, text: str, at: int) -> str:
        for length in self._lengths.get(text[at], ()):
            word = text[at : at + length]
            if word in self.meanings and _stands_alone(text, at, word):
                return word
        return ""


def tidy(text: str) -> str:
    """Return a text as words are compared: one form of each sign, small letters."""
    return " ".join(unicodedata.normalize("NFKC", text[:MOST_SIGNS]).casefold().split())


def _stands_alone(text: str, at: int, word: str) -> bool:
    """Say whether a Latin word is a word here and no part of one; Chinese has no gaps."""
    if not word[0].isascii() or not word[0].isalnum():
        return True
    before = text[at - 1] if at else " "
    behind = text[at + len(word) : at + len(word) + 1] or " "
    plural = text[at + len(word) : at + len(word) + 2]
    ends = not _is_latin(behind) or (plural[:1] == "s" and not _is_latin(plural[1:2] or " "))
    return not _is_latin(before) and ends


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


class Lexicon:
    """Categories and places made ready to be found. It does not change; another is made."""

    def __init__(self, topics: Iterable[Topic], places: Iterable[Named]) -> None:
        self.topics = {topic.id: topic for topic in topics}
        self.places = {place.path: place for place in places}
        self._topics = Finder(
            (word, topic.id) for topic in self.topics.values() for word in topic.words
        )
        self._places = Finder(
            (name, (place.path, is_full))
            for place in self.places.values()
            for names, is_full in ((place.names, True), (place.bare, False))
            for name in names
        )

    def suggest(self, text: str, path: str = "") -> Suggested:
        """Return what a text points to; `path` is a place that is known already."""
        plain = tidy(text)
        return Suggested(self._categories(plain), self._named(plain, path))

    def _categories(self, text: str) -> tuple[CategoryHint, ...]:
        scores: dict[int, float] = defaultdict(float)
        words: dict[int, list[str]] = defaultdict(list)
        for word, times in Counter(self._topics.found(text)).items():
            meanings = self._topics.meanings[word]
            weight = _weight(word) * (1 + 0.25 * min(times - 1, 4)) / len(meanings)
            for topic_id in meanings:
                scores[topic_id] += weight * (GROUP_WEIGHT if self.topics[topic_id].is_group else 1)
                words[topic_id].append(word)
        whole = sum(scores.values())
        best = sorted(scores, key=lambda one: (-scores[one], one))[:MOST_HINTS]
        return tuple(
            CategoryHint(
                one, self.topics[one].code, round(scores[one] / whole, 3), tuple(words[one])
            )
            for one in best
        )

    def _named(self, text: str, path: str) -> tuple[PlaceHint, ...]:
        full: dict[str, list[str]] = defaultdict(list)
        bare: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(self._places.found(text)):
            for at, is_full in self._places.meanings[word]:
                (full if is_full else bare)[at].append(word)
        towns = {at for at in full if self.places[at].level == "town"}
        towns |= {at for at in bare if self.places[at].level == "town"}
        scores = {at: FULL for at in full}
        for at, words in bare.items():
            if at not in scores and self._counts(at, words, towns, path):
                scores[at] = SHORT
        return self._placed(scores, full, bare, towns, path)

    def _counts(self, at: str, words: list[str], towns: set[str], path: str) -> bool:
        """Say whether a name without its ending is meant as a name here."""
        if self.places[at].level == "town":
            return True
        # 大朗 alone is the town, also where one of its communities is called so
        words = [word for word in words if not self._is_town(word)]
        if any(len(word) >= LONG_BARE for word in words):
            return True
        if not words:
            return False
        return above(at) in towns or bool(
            path and (at.startswith(path) or path.startswith(above(at)))
        )

    def _is_town(self, word: str) -> bool:
        return any(self.places[at].level == "town" for at, _ in self._places.meanings[word])

    def _placed(
        self,
        scores: dict[str, float],
        full: dict[str, list[str]],
        bare: dict[str, list[str]],
        towns: set[str],
        path: str,
    ) -> tuple[PlaceHint, ...]:
        """Order places: those in a named or known town before their namesakes elsewhere."""
        named_villages = {above(at) for at in scores if self.places[at].level == "village"}
        weighed: dict[str, float] = {}
        for at, score in scores.items():
            is_town = self.places[at].level == "town"
            if is_town and at in named_villages:
                continue
            if not is_town and towns and above(at) not in towns:
                score *= ELSEWHERE
            if path and (at.startswith(path) or path.startswith(above(at))) and not is_town:
                score += NEAR
            weighed[at] = min(score, 1.0)
        twins = Counter(word for at in weighed for word in (*full.get(at, ()), *bare.get(at, ())))
        best = sorted(
            weighed,
            key=lambda at: (-weighed[at], _most_twins(at, full, bare, twins), at),
        )[:MOST_HINTS]
        return tuple(
            PlaceHint(
                at,
                self.places[at].code,
                self.places[at].level,
                round(weighed[at], 3),
                tuple(dict.fromkeys((*full.get(at, ()), *bare.get(at, ())))),
            )
            for at in best
        )


def _most_twins(
    at: str, full: dict[str, list[str]], bare: dict[str, list[str]], twins: Counter[str]
) -> int:
    return max((twins[word] for word in (*full.get(at, ()), *bare.get(at, ()))), default=0)


def above(path: str) -> str:
    """Return the path of the place above."""
    return path.rstrip("/").rpartition("/")[0] + "/"


def bare_name(name: str) -> str:
    """Return a name without the ending that says what it is; nothing if too little is left."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            return name.removesuffix(suffix)
    return ""


def _weight(word: str) -> float:
    if word[0].isascii():
        return LATIN_WEIGHT
    return max(len(word) - 1, 0.5)
