"""Draws that anybody can make again: from a seed published afterwards, of which the hash was published before.

Before entries are taken the hash of a secret seed is published; once the list of entries is closed, the list
and the seed are. The place in line of an entry is the hash of seed and id, so that nobody chooses it. The
format is described in docs/formats/draw.md, read and written by `draw_files.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

FORMAT = "linli-draw-1"
SEED = re.compile(r"[0-9a-f]{64}")
MOST_SIGNS = 100


@dataclass(frozen=True, slots=True)
class Option:
    """What is drawn for: a date, an hour, a course. `reserved` places go to entries of a group first."""

    key: str
    places: int
    reserved: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One who takes part: an id that tells nothing of the person, the options wanted, the best first."""

    id: str
    wishes: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw with all that is needed to make it again. `public` may hold a number from elsewhere, such as
    that of a lottery after the closing: then even who knows the seed cannot know the outcome before."""

    name: str
    options: tuple[Option, ...]
    entries: tuple[Entry, ...]
    seed: str
    public: str = ""


def commitment_of(seed: str) -> str:
    """Return what is published of a seed before anybody enters: a hash from which it cannot be guessed."""
    return _hash("seed", seed)


def place_in_line(seed: str, entry_id: str, public: str = "") -> str:
    """Return the mark by which an entry stands in line; the smallest comes first."""
    return _hash("order", seed, public, entry_id)


def in_line(seed: str, ids: Iterable[str], public: str = "") -> list[str]:
    """Return ids in the order of the draw; the order in which they are given does not matter."""
    return sorted(ids, key=lambda one: (place_in_line(seed, one, public), one))


def outcome(draw: Draw) -> dict[str, str]:
    """Return what each entry that won gets: {id: key of the option}; raises ValueError for a faulty draw.

    Everybody asks for her best wish; an option keeps, in the order of the line, entries of a group up to the
    places reserved for it, then any; who is turned away asks for her next wish, until nobody is. So nobody
    sees a place that she would have liked more go to somebody behind her, except a reserved one, and it never
    helps to hide what one wants (deferred acceptance with reserves: Hafalir, Yenmez, Yildirim 2013).
    """
    faults = faults_of(draw)
    if faults:
        raise ValueError("; ".join(faults))
    line = {one: place for place, one in enumerate(_line(draw))}
    wishes = {one.id: list(reversed(one.wishes)) for one in draw.entries}
    groups = {one.id: one.group for one in draw.entries}
    options = {one.key: one for one in draw.options}
    kept: dict[str, list[str]] = {key: [] for key in options}
    asking = list(line)
    while asking:
        touched = set()
        for one in asking:
            if wishes[one]:
                wanted = wishes[one].pop()
                kept[wanted].append(one)
                touched.add(wanted)
        asking = []
        for key in touched:
            kept[key].sort(key=line.__getitem__)
            kept[key], away = _choose(options[key], kept[key], groups)
            asking += away
    won = {one: key for key, ids in kept.items() for one in ids}
    return {one: won[one] for one in line if one in won}


def waiting(draw: Draw, won: Mapping[str, str]) -> list[str]:
    """Return who got nothing, in the order in which they move up when a place falls free."""
    return [one for one in _line(draw) if one not in won]


def faults_of(draw: Draw) -> list[str]:
    """Return what is wrong with the facts of a draw; empty if it can be made."""
    keys, ids = [one.key for one in draw.options], [one.id for one in draw.entries]
    known = set(keys)
    faults = []
    if not SEED.fullmatch(draw.seed):
        faults.append("the seed is not 64 signs of 0-9 and a-f")
    faults += [f"{text!r} stands there twice" for text in (*_twice(keys), *_twice(ids))]
    faults += [f"{text!r} is no plain text" for text in (*keys, *ids) if not _is_plain(text)]
    for one in draw.options:
        taken = sum(one.reserved.values())
        if one.places < 0 or taken > one.places or any(n < 0 for n in one.reserved.values()):
            faults.append(f"{one.key}: {one.places} places, {taken} of them reserved")
    for entry in draw.entries:
        if len(set(entry.wishes)) != len(entry.wishes) or not known.issuperset(entry.wishes):
            faults.append(f"{entry.id}: a wish is unknown or stands there twice")
    return faults


def _choose(
    option: Option, asking: Sequence[str], groups: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Part those who ask, given in the order of the line, into who is kept and who is turned away."""
    left = dict(option.reserved)
    reserved = set()
    for one in asking:
        if left.get(groups[one], 0) > 0:
            left[groups[one]] -= 1
            reserved.add(one)
    room = option.places - len(reserved)
    kept, away = [], []
    for one in asking:
        if one in reserved:
            kept.append(one)
        elif room > 0:
            room -= 1
            kept.append(one)
        else:
            away.append(one)
    return kept, away


def _line(draw: Draw) -> list[str]:
    return in_line(draw.seed, (one.id for one in draw.entries), draw.public)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join((FORMAT, *parts)).encode()).hexdigest()


def _twice(texts: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return [text for text in texts if text in seen or seen.add(text)]  # type: ignore[func-returns-value]


def _is_plain(text: str) -> bool:
    return 0 < len(text) <= MOST_SIGNS and text.isprintable()
