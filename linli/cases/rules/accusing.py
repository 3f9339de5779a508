"""Whether words accuse an official: a charge that only officials can bear,
a report of a post, or a post and what it did (AP-07).

It decides nothing: whoever writes is shown another way, and what comes in waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

# how far behind "I report" the post may stand, and behind a post what it did
REACH = 12
# stands in a deed for a few signs: 收了…钱
GAP, IN_GAP = "…", ".{1,8}?"
LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of charges, of reporting, of posts and offices, what stands before a title, and deeds.

    A deed is one only of a post: 红包 alone accuses nobody.
    """

    charges: tuple[str, ...]
    reports: tuple[str, ...]
    posts: tuple[str, ...]
    above: tuple[str, ...]
    deeds: tuple[str, ...]


def accuses(text: str, wording: Wording) -> bool:
    """Say whether words accuse an official of something, or report one."""
    plain = text.casefold()
    signs = {*plain, GAP}
    return (
        any(_found(word, plain) for word in _beginning_in(signs, wording.charges))
        or _stands_behind(_beginning_in(signs, wording.reports), wording.posts, plain)
        or _stands_behind(_beginning_in(signs, wording.posts), wording.deeds, plain)
    )


def _beginning_in(signs: AbstractSet[str], words: tuple[str, ...]) -> list[str]:
    """Return the words that begin with one of these signs: few of a hundred, and no other can stand in a text."""
    by_sign = _by_first_sign(words)
    return [word for sign in by_sign.keys() & signs for word in by_sign[sign]]


def _stands_behind(first: Iterable[str], then: Sequence[str], plain: str) -> bool:
    for word in first:
        if word not in plain and GAP not in word:
            continue
        for match in _pattern(word).finditer(plain):
            near = plain[match.end() : match.end() + REACH + len(word)]
            if any(_found(one, near) for one in then):
                return True
    return False


def titles_in(text: str, wording: Wording) -> list[str]:
    """Return the titles of posts in a text as posts end on them, the longest first: 村主任 is 主任.

    A title inside a longer one is none of its own: 副主任 alone names no 主任.
    """
    plain = text.casefold()
    found: list[str] = []
    for word in sorted(wording.posts, key=len, reverse=True):
        if _found(word, plain):
            found.append(_bare(word, wording.above))
            plain = _pattern(word).sub(" " * len(word), plain)
    return list(dict.fromkeys(found))


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return the names of people that stand in a text."""
    return [name for name in names if len(name) >= LEAST_NAME and name in text]


def _bare(word: str, above: tuple[str, ...]) -> str:
    longest = max((w for w in above if word.startswith(w) and word != w), key=len, default="")
    bare = word.removeprefix(longest)
    return bare if len(bare) >= LEAST_NAME else word


def _found(word: str, text: str) -> bool:
    return (word in text or GAP in word) and _pattern(word).search(text) is not None


@lru_cache(maxsize=16)
def _by_first_sign(words: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    # Latin words are taken whole, Chinese has no blanks
    written = IN_GAP.join(re.escape(part) for part in word.split(GAP))
    return re.compile(rf"\b{written}\b" if word.replace(GAP, "").isascii() else written)
