"""Decisions about places, as functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CODE = re.compile(r"[0-9A-Za-z-]{1,24}", re.ASCII)
LEVELS = ("city", "town", "village", "group", "building")


@dataclass(frozen=True, slots=True)
class Part:
    """How much of an old place went into a new one: weight ÷ sum of the old place's weights."""

    old: int
    new: int
    weight: int


def may_hang(level: str, parent_level: str) -> bool:
    """Say whether a place of one level may hang below another: exactly one step down."""
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
