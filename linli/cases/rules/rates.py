"""Rates of counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linli.cases.types.rates import OUTCOMES, Counts, Line, Rate

GOOD_ENDS = ("solved", "refused")


def solved_rate(counts: Mapping[str, int] | Counts, excludes: Iterable[str]) -> Rate:
    """Solved or refused by rule ÷ all that were answered or ended, without what is excluded.

    What was only answered stands below the line: it is not solved.
    """
    left_out = set(excludes)
    whole = sum(counts[name] for name in OUTCOMES if name not in left_out)
    return Rate(sum(counts[name] for name in GOOD_ENDS if name not in left_out), whole)


def in_time_rate(counts: Mapping[str, int] | Counts) -> Rate:
    """In time ÷ all whose time was counted to its end."""
    return Rate(counts["in_time"], counts["in_time"] + counts["late"])


def gap(rated: Rate, called: Rate) -> tuple[int, int] | None:
    """Return how much better the ratings are than what is said by telephone, as a fraction.

    Unknown while nobody rated, or nobody was reached.
    """
    if not rated.denominator or not called.denominator:
        return None
    top = rated.numerator * called.denominator - called.numerator * rated.denominator
    return top, rated.denominator * called.denominator


def summed(lines: Iterable[Line]) -> Counts:
    """Return all lines as one."""
    whole = Counts()
    for line in lines:
        whole.add(line.counts.numbers)
    return whole


def by_unit(lines: Iterable[Line]) -> dict[str, Counts]:
    """Return the counts of each unit."""
    found: dict[str, Counts] = {}
    for line in lines:
        found.setdefault(line.unit, Counts()).add(line.counts.numbers)
    return found


def by_category(lines: Iterable[Line]) -> dict[str, Counts]:
    """Return the counts of each category."""
    found: dict[str, Counts] = {}
    for line in lines:
        found.setdefault(line.category, Counts()).add(line.counts.numbers)
    return found
