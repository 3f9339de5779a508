"""Layouts as plain data, to be kept and read back, and rows put in the office's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linli.offerings.rules.reporting_heads import Block, Heading, Layout
from linli.offerings.rules.reporting_stems import stem


def as_data(layout: Layout) -> dict[str, Any]:
    """Return a layout as JSON keeps it."""
    return {
        "head": [list(row) for row in layout.head],
        "merged": [[one.top, one.left, one.bottom, one.right] for one in layout.merged],
        "headings": [[one.column, list(one.words), one.formula, one.is_hidden] for one in layout.headings],
        "listed": list(layout.listed), "has_total": layout.has_total, "below": list(layout.below),
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Layout:
    """Return a layout that `as_data` gave."""
    return Layout(
        head=tuple(tuple(row) for row in data["head"]),
        merged=tuple(Block(*one) for one in data["merged"]),
        headings=tuple(
            Heading(column, tuple(words), formula, is_hidden)
            for column, words, formula, is_hidden in data["headings"]
        ),
        listed=tuple(data["listed"]), has_total=data["has_total"], below=tuple(data["below"]),
    )  # fmt: skip


def in_order_of(listed: Sequence[str], names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return keys in the order in which the office listed their names, the others after them.

    `names` has for each key how it may be called, in the order of the register.
    """
    places = {stem(name): number for number, name in reversed(list(enumerate(listed))) if name}
    far = len(listed)

    def place(key: str) -> int:
        return min((places[stem(one)] for one in names[key] if stem(one) in places), default=far)

    return sorted(names, key=place)


def rows_not_ours(listed: Sequence[str], names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return rows that the office listed and that are no village here: they are told, not dropped unseen."""
    known = {stem(one) for called in names.values() for one in called}
    return [name for name in listed if name and stem(name) not in known]
