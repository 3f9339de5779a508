"""Kinds, usual posts and city bodies that the package brings along."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class UsualPost:
    """A post that a body of some kind begins with; `above` names a kind of post, here or elsewhere."""

    kind: str
    title: str
    title_en: str
    seats: int | None
    is_public: bool
    above: str
    deputy: str


@dataclass(frozen=True, slots=True)
class CityBody:
    """A body of the city that the plan names, or that took over the work of one."""

    slug: str
    kind: str
    short_name: str
    name: str
    name_en: str
    since: date | None
    until: date | None
    closed_on: date | None
    certainty: str
    precision: str


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a department."""

    predecessor: str
    successor: str
    change: str
    on: date
    precision: str
    rank: int
    certainty: str
    note: str


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table, whose first line names its source."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


def org_kinds() -> list[dict[str, Any]]:
    """Return the kinds of organisations as rows of their table."""
    return [
        {**row, "level": int(row["level"]), "rank": int(row["rank"])}
        | {"is_single": row["is_single"] == "true"}
        for row in rows("org_kinds.csv")
    ]


def post_kinds() -> list[dict[str, Any]]:
    """Return the kinds of posts as rows of their table."""
    return [
        {**row, "rank": int(row["rank"]), "is_head": row["is_head"] == "true"}
        for row in rows("post_kinds.csv")
    ]


@cache
def english_titles() -> dict[str, str]:
    """Return the English titles of usual posts by the Chinese ones; of several that of a village's post."""
    found = {row["title"]: row["title_en"] for row in rows("usual_posts.csv")}
    return {title: english for title, english in found.items() if english}


@cache
def usual_posts() -> dict[str, tuple[UsualPost, ...]]:
    """Return the usual posts by kind of organisation."""
    found: dict[str, list[UsualPost]] = defaultdict(list)
    for row in rows("usual_posts.csv"):
        found[row["org_kind"]].append(
            UsualPost(
                kind=row["post_kind"],
                title=row["title"],
                title_en=row["title_en"],
                seats=int(row["seats"]) if row["seats"] else None,
                is_public=row["is_public"] == "true",
                above=row["above"],
                deputy=row["deputy"],
            )
        )
    return {kind: tuple(posts) for kind, posts in found.items()}


def city_bodies() -> list[CityBody]:
    """Return the bodies of the city; rows of one slug are its names one after the other."""
    return [
        CityBody(
            slug=row["slug"],
            kind=row["kind"],
            short_name=row["short_name"],
            name=row["name"],
            name_en=row["name_en"],
            since=_day(row["since"]),
            until=_day(row["until"]),
            closed_on=_day(row["closed"]),
            certainty=row["certainty"],
            precision=row["precision"] or "day",
        )
        for row in rows("city_bodies.csv")
    ]


def lines() -> list[Line]:
    """Return what became of the departments."""
    return [
        Line(
            predecessor=row["predecessor"],
            successor=row["successor"],
            change=row["change"],
            on=date.fromisoformat(row["on"]),
            precision=row["precision"],
            rank=int(row["rank"]),
            certainty=row["certainty"],
            note=row["note"],
        )
        for row in rows("reorganisations.csv")
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
