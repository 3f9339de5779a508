"""People who were found and cannot be told apart by what is shown of them. Plain functions of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol

# so many of the end of a number are asked for
DIGITS = 4


class Shown(Protocol):
    """What a list shows of somebody."""

    @property
    def person_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def born_on(self) -> date | None: ...
    @property
    def group_name(self) -> str: ...
    @property
    def address(self) -> str | None: ...


def alike_in(found: Sequence[Shown], most: int) -> frozenset[int]:
    """Return those of whom another one has the same name, year of birth, group and address.

    Only the first `most` are shown; who stands beyond them counts where she is alike with one of these.
    """
    seen = Counter(map(_shown, found))
    shown = {_shown(one) for one in found[:most]}
    return frozenset(
        one.person_id for one in found if seen[_shown(one)] > 1 and _shown(one) in shown
    )


def _shown(one: Shown) -> tuple[str, int | None, str, str]:
    year = one.born_on.year if one.born_on else None
    return one.name, year, one.group_name, one.address or ""
