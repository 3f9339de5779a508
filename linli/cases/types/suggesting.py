"""What words of a report point to. Suggestions only: a person decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryHint:
    """A category with its share of all that was found, and the words that spoke for it."""

    category_id: int
    code: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceHint:
    """A place that is named, from 0 (hardly) to 1 (by its full name), and how it was written."""

    path: str
    code: str
    level: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The best first; empty where nothing points anywhere."""

    categories: tuple[CategoryHint, ...] = ()
    places: tuple[PlaceHint, ...] = ()
