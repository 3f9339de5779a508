"""Categories of cases that the package brings along."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
STEP = 10


@dataclass(frozen=True, slots=True)
class ShippedCategory:
    """A category as it comes; `words` one a line, as the table keeps them."""

    code: str
    parent: str
    title: str
    title_en: str
    words: str
    order: int


@cache
def categories() -> tuple[ShippedCategory, ...]:
    """Return the categories in their order, groups before what belongs to them."""
    with open(DATA / "categories.csv", encoding="utf-8", newline="") as file:
        next(file)
        found = [
            ShippedCategory(
                row["code"],
                row["parent"],
                row["title"],
                row["title_en"],
                "\n".join(word.replace("_", " ") for word in row["words"].split()),
                number * STEP,
            )
            for number, row in enumerate(csv.DictReader(file), 1)
        ]
    return tuple(sorted(found, key=lambda one: (bool(one.parent), one.order)))
