"""Seasons of wishes, and how wishes are counted. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from linli.activities.types.culture import Subject, SubjectCount

_SEASON = re.compile(r"(20\d\d)-([1-4])")


def season_of(on: date) -> str:
    """Return the season of a day: 2026-4 is the last quarter of 2026."""
    return f"{on.year}-{(on.month - 1) // 3 + 1}"


def read_season(text: str, today: date) -> str:
    """Return a season as it was asked for, that of today if it is none or to come."""
    now = season_of(today)
    return text if _SEASON.fullmatch(text) and text <= now else now


def seasons_before(season: str, count: int) -> list[str]:
    """Return a season and those before it, the latest first."""
    year, quarter = (int(part) for part in season.split("-"))
    found = []
    for _number in range(count):
        found.append(f"{year}-{quarter}")
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def counted(wishes: Iterable[tuple[str, bool]], offers: Iterable[str]) -> list[SubjectCount]:
    """Return wishes (subject, answered?) and offers by subject; the most wished first, then as listed."""
    rows, offered = list(wishes), Counter(offers)
    all_of, done = Counter(s for s, _a in rows), Counter(s for s, is_done in rows if is_done)
    told = [
        SubjectCount(s, all_of[s], done[s], offered[s]) for s in Subject if all_of[s] or offered[s]
    ]
    return sorted(told, key=lambda one: -one.wishes)
