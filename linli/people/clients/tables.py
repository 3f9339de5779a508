"""The models and word lists that come with the package, read once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linli.people.rules.crowd import Model, model_of


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("linli.people").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def crowd_model() -> Model:
    """Return ages, sexes, statuses and household sizes of Dongguan."""
    return model_of(
        [
            (row["age_band"], row["sex"], row["status"], float(row["persons"]))
            for row in _rows("age_sex_model.csv")
        ],
        [(row["household_size"], float(row["share"])) for row in _rows("household_model.csv")],
    )


@cache
def town_people() -> dict[str, int]:
    """Return the census figure of each town."""
    return {row["code"]: int(row["people"]) for row in _rows("town_population.csv")}


@dataclass(frozen=True)
class Words:
    """Names and places that nobody has: family names with weights, given names, roads, works."""

    families: dict[str, tuple[list[str], list[float]]]
    given: dict[tuple[int, str], list[str]]
    roads: dict[str, list[str]]


@cache
def words() -> Words:
    """Return the word lists of synthetic people."""
    families = {}
    for row in _rows("surnames.csv"):
        parts = row["weights"].split()
        families[row["group"]] = (parts[::2], [float(part) for part in parts[1::2]])
    given = {
        (int(row["decade"]), row["sex"]): row["names"].split() for row in _rows("given_names.csv")
    }
    return Words(families, given, {row["part"]: row["words"].split() for row in _rows("roads.csv")})
