"""Decisions about places, as functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

CODE = re.compile(r"[0-9A-Za-z-]{1,24}", re.ASCII)
LEVELS = ("city", "town", "village", "group", "building")


@dataclass(frozen=True, slots=True)
class Part:
    """How much of an old place went into a new one: weight ÷ sum of the old place's weights."""

    old: int
    new: int
    weight: int


def may_hang(level: str, parent_level: str) -> bool:
    """Say whether a place of one level may hang below another: exactly one step down.

    A building stands below a group or, where it belongs to none, below the village itself.
    """
    if level == "building" and parent_level == "village":
        return True
    return LEVELS.index(level) == LEVELS.index(parent_level) + 1


def may_mix(is_invented: bool, parent_level: str, parent_is_invented: bool) -> bool:
    """Say whether a place may hang below another by origin: only the city holds both kinds."""
    return parent_level == "city" or is_invented == parent_is_invented


def is_code(text: str) -> bool:
    """Say whether a text may be a code: a slash or a blank would break paths."""
    return CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Life:
    """Since when a place exists, and the last day from which a recorded change of it holds."""

    begins: date | None
    changed: date | None

    def lasts_before(self, on: date) -> bool:
        """Say whether the place was there the day before, so that it can change on this one."""
        return self.begins is None or self.begins < on

    def allows(self, on: date) -> bool:
        """Say whether a change from this day on comes after every recorded one."""
        return self.changed is None or self.changed <= on


def is_below(path: str, other: str) -> bool:
    """Say whether a path is another one or lies below it."""
    return path.startswith(other)


def moved(path: str, old_root: str, new_root: str) -> str:
    """Return a path after the subtree `old_root` became `new_root`."""
    assert path.startswith(old_root), f"{path} is not below {old_root}"
    return new_root + path[len(old_root) :]


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share out an integer by weights; the parts sum to the whole (largest remainders).

    Equal remainders go to the earlier part. Weights that are all zero count as equal.
    """
    if not weights:
        return []
    used = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(used)
    parts = [total * weight // whole for weight in used]
    rest = [(total * weight) % whole for weight in used]
    for index in sorted(range(len(used)), key=lambda i: (-rest[i], i))[: total - sum(parts)]:
        parts[index] += 1
    return parts


def restated(values: Mapping[int, int], changes: Sequence[Sequence[Part]]) -> dict[int, int]:
    """Carry figures by place of an earlier day through later changes, in their order.

    The sum stays the same: what an old place had is shared out by the weights of its parts.
    """
    now = dict(values)
    for parts in changes:
        by_old: dict[int, list[Part]] = {}
        for part in parts:
            by_old.setdefault(part.old, []).append(part)
        taken = {old: now.pop(old, 0) for old in by_old}
        for old, shares in by_old.items():
            amounts = apportion(taken[old], [part.weight for part in shares])
            for part, amount in zip(shares, amounts, strict=True):
                now[part.new] = now.get(part.new, 0) + amount
    return now


@dataclass(frozen=True, slots=True)
class Carried:
    """A figure after changes: the part of it that is known, and whether another part is not.

    `known` is None where nothing is known at all: unknown is never zero.
    """

    known: int | None
    is_partial: bool

    @property
    def value(self) -> int | None:
        """The figure, if all of it is known."""
        return None if self.is_partial else self.known

    def with_part(self, other: Carried) -> Carried:
        """Return both together."""
        parts = [part.known for part in (self, other) if part.known is not None]
        return Carried(sum(parts) if parts else None, self.is_partial or other.is_partial)


def figure(value: int | None) -> Carried:
    """Return a figure as it was counted."""
    return Carried(value, value is None)


def together(figures: Iterable[Carried]) -> Carried:
    """Return the whole of several figures; of none, nothing is known."""
    whole: Carried | None = None
    for one in figures:
        whole = one if whole is None else whole.with_part(one)
    return whole or figure(None)


def carried(values: Mapping[int, Carried], changes: Sequence[Sequence[Part]]) -> dict[int, Carried]:
    """Carry figures through later changes like `restated`; what is not known stays so.

    Only the places of `values` are followed, so no place gets a figure from nowhere.
    """
    now = dict(values)
    for parts in changes:
        by_old: dict[int, list[Part]] = {}
        for part in parts:
            by_old.setdefault(part.old, []).append(part)
        taken = {old: now.pop(old) for old in by_old if old in now}
        for old, whole in taken.items():
            shares = by_old[old]
            amounts: Sequence[int | None] = [None] * len(shares)
            if whole.known is not None:
                amounts = apportion(whole.known, [part.weight for part in shares])
            for part, amount in zip(shares, amounts, strict=True):
                mine = Carried(amount, whole.is_partial)
                now[part.new] = now[part.new].with_part(mine) if part.new in now else mine
    return now


def became(
    places: Iterable[int], changes: Sequence[Sequence[Part]]
) -> dict[int, dict[int, Fraction]]:
    """Return what each place is after the changes: by new place, its share of the old one."""
    now = {place: {place: Fraction(1)} for place in places}
    for parts in changes:
        by_old: dict[int, list[Part]] = {}
        for part in parts:
            by_old.setdefault(part.old, []).append(part)
        for shares in now.values():
            for old in [place for place in shares if place in by_old]:
                whole, weights = shares.pop(old), _weights(by_old[old])
                for part, weight in zip(by_old[old], weights, strict=True):
                    share = whole * Fraction(weight, sum(weights))
                    shares[part.new] = shares.get(part.new, Fraction(0)) + share
    return now


def _weights(parts: Sequence[Part]) -> list[int]:
    """Weights that are all zero count as equal."""
    given = [part.weight for part in parts]
    return given if any(given) else [1] * len(given)
