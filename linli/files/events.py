"""What happened to files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileStored:
    """A file was checked and is kept."""

    file_id: int
    owner_kind: str
    owner_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class FileErased:
    """The content of a file is gone; the row that it existed stays."""

    file_id: int
    owner_kind: str
    owner_id: int
