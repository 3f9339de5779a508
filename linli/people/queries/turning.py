"""Each month: who turns 16, 18, 60, 65, 80, whose permit ends, which declarations run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.people.models import Dwelling, Residency
from linli.people.queries.scopes import Node
from linli.people.rules.ages import WATCHED_AGES, birthday_in, born_between, month_between

MOST = 2000


@dataclass(frozen=True, slots=True)
class Turning:
    """Somebody reaches an age on a day of the month."""

    row: Residency
    age: int
    on: date


@dataclass(frozen=True, slots=True)
class Month:
    """The list of one place and month. `is_cut` says that a part was too long to show."""

    turning: list[tuple[int, list[Turning]]]
    permits: list[Residency]
    declarations: list[Dwelling]
    is_cut: bool

    @staticmethod
    def lines(rows: list[Turning]) -> list[tuple[date, Residency]]:
        """Return (day, residency) of those who reach an age, for a table."""
        return [(one.on, one.row) for one in rows]

    @property
    def permit_lines(self) -> list[tuple[date, Residency]]:
        """Return (day, residency) of permits that end, for a table."""
        return [(row.basis_until, row) for row in self.permits if row.basis_until]


def month_of(place: Node, year: int, month: int) -> Month:
    """Return the month's list, in the order of days."""
    at = {f"{place.level}_id": place.id}
    open_ = Residency.objects.filter(**at, until__isnull=True, is_shadowed=False)
    open_ = open_.select_related("person", "dwelling")
    turning = []
    for age in WATCHED_AGES:
        rows = open_.filter(born_on__range=born_between(year, month, age)).order_by("born_on", "id")
        turning.append((age, [_turning(row, age, year) for row in rows[: MOST + 1]]))
    between = month_between(year, month)
    ends = list(open_.filter(basis_until__range=between).order_by("basis_until", "id")[: MOST + 1])
    declared = Dwelling.objects.filter(**at, declared_until__range=between)
    dwellings = list(declared.order_by("declared_until", "id")[: MOST + 1])
    parts: list[list[Any]] = [*(rows for _age, rows in turning), ends, dwellings]
    return Month(
        [(age, rows[:MOST]) for age, rows in turning],
        ends[:MOST],
        dwellings[:MOST],
        any(len(part) > MOST for part in parts),
    )


def _turning(row: Residency, age: int, year: int) -> Turning:
    return Turning(row, age, birthday_in(row.born_on, year))
