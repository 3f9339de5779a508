"""Layouts as plain data, to be kept and read back, and rows put in the office's own order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from linli.offerings.rules.reporting_asks import as_plain, from_plain
from linli.offerings.rules.reporting_grids import Block, Heading, Layout
from linli.offerings.rules.reporting_stems import stem
from linli.offerings.types.reporting_cells import CHOSEN, CellRule, Kind, as_chosen


def as_data(layout: Layout) -> dict[str, Any]:
    """Return a layout as JSON keeps it."""
    return {
        "head": [list(row) for row in layout.head],
        "merged": [[one.top, one.left, one.bottom, one.right] for one in layout.merged],
        "headings": [[one.column, list(one.words), one.formula, one.is_hidden, as_plain(one.rule)] for one in layout.headings],
        "listed": list(layout.listed), "has_total": layout.has_total, "below": list(layout.below),
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Layout:
    """Return a layout that `as_data` gave."""
    return Layout(
        head=tuple(tuple(row) for row in data["head"]),
        merged=tuple(Block(*one) for one in data["merged"]),
        headings=tuple(
            # sheets that were read before cells were judged have no rule
            Heading(column, tuple(words), formula, is_hidden, from_plain(rule[0] if rule else None))
            for column, words, formula, is_hidden, *rule in data["headings"]
        ),
        listed=tuple(data["listed"]), has_total=data["has_total"], below=tuple(data["below"]),
    )  # fmt: skip


def with_kinds(layout: Layout, kinds: Mapping[int, str]) -> Layout:
    """Return a layout whose columns, by number, take what a clerk chose."""
    headings = tuple(
        replace(one, rule=as_chosen(one.rule, Kind(kinds[one.column]))) if one.column in kinds else one
        for one in layout.headings
    )  # fmt: skip
    return replace(layout, headings=headings)


def strange_kinds(data: Mapping[str, Any], kinds: Mapping[int, str]) -> list[int]:
    """Return the numbers for which something was chosen that a clerk may not choose there."""
    rules = rules_of(data)
    return [
        number for number, kind in kinds.items()
        if number not in rules or kind not in (*CHOSEN, rules[number].kind)
    ]  # fmt: skip


def rules_of(data: Mapping[str, Any]) -> dict[int, CellRule]:
    """Return what each column of a kept layout takes, by its number."""
    return {number: heading.rule for number, heading in headings_of(data).items()}


def headings_of(data: Mapping[str, Any]) -> dict[int, Heading]:
    """Return the headings of a kept layout by the numbers of their columns."""
    return {one.column: one for one in from_data(data).headings}


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
