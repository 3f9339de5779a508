"""What the seal service may say besides a seal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """It was asked, and has not decided."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not seal this paper; `word` is its own."""

    word: str
