"""What happened to notices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostingPublished:
    """A notice, or a correction of one, was published."""

    posting_id: int
    code: str
    version: int
    place: str
    category: str


@dataclass(frozen=True, slots=True)
class PostingWithdrawn:
    """A notice was withdrawn before or after its period was over."""

    posting_id: int
    code: str
    place: str
    category: str
