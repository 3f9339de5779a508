"""What happened to papers and seals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A paper got its number and its PDF."""

    document_id: int
    template: str
    place: str


@dataclass(frozen=True, slots=True)
class DocumentWithdrawn:
    """A paper is not valid any more."""

    document_id: int
    template: str
    place: str


@dataclass(frozen=True, slots=True)
class DocumentSealed:
    """A paper bears its electronic seal; whoever waits for it wants to know."""

    document_id: int
    template: str
    about_kind: str
    about_id: int | None
    place: str


@dataclass(frozen=True, slots=True)
class SealUseDecided:
    """An application for a seal was approved, refused or taken back by the keeper; the applicant wants to know."""

    seal_use_id: int
    number: str
    state: str
    account_id: int | None
    place: str
