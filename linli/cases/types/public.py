"""What everybody may see of a case: the one shape that pages, feeds, API and others show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PublicWord:
    """Released words as everybody reads them; `seq` is the step that they were said with."""

    seq: int
    on: date
    text: str
    is_by_reporter: bool


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case for everybody. `point` is the middle of a cell, (lon, lat) in millionths of a degree.

    `words` and `photos` are released ones alone; `updated_on` is when something of this changed; `body` has
    it, `expected_on` is the last day of the promise. The hour of nothing is told: that of a
    report would say who was there.
    """

    id: int
    number: str
    kind: str
    category: str
    category_code: str
    place: str
    place_code: str
    state: Any
    stage: str
    opened_on: date
    updated_on: date
    point: tuple[int, int] | None
    words: Sequence[PublicWord] = ()
    photos: Sequence[str] = ()
    same_as: str = ""
    same_as_place: str = ""
    body: str = ""
    expected_on: date | None = None
    promise: str = ""

    @property
    def said(self) -> str:
        """What the reporter said, as far as it is released."""
        return "\n".join(word.text for word in self.words if word.is_by_reporter)

    @property
    def answer(self) -> str:
        """What the office said last, as far as it is released."""
        return next((word.text for word in reversed(self.words) if not word.is_by_reporter), "")


@dataclass(frozen=True, slots=True)
class PublicWanted:
    """What of a place's public cases is asked for: a category, a stage, a cell of the map."""

    category: str = ""
    stage: str = ""
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """Matters like the one that somebody is about to report."""

    answered: Sequence[PublicCase] = ()
    nearby: Sequence[PublicCase] = ()
