"""What crosses the edge of files: kinds, policies, owners, the contract of a virus scanner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from linli.kernel.permits import PERSONAL, STAFF
from linli.kernel.registries import Hook
from linli.runtime.types import Rate
from linli.ui.formats import listed


class FileKind(StrEnum):
    """What a file is, by its content."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    TXT = "txt"

    @property
    def is_photo(self) -> bool:
        return self in PHOTOS

    @property
    def mime(self) -> str:
        return MIME[self]


PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
PAPERS = frozenset({FileKind.PDF, FileKind.DOCX, FileKind.XLSX})
SHEETS = frozenset({FileKind.XLSX, FileKind.CSV})
_OFFICE = "application/vnd.openxmlformats-officedocument."
MIME = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: _OFFICE + "spreadsheetml.sheet",
    FileKind.DOCX: _OFFICE + "wordprocessingml.document",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TXT: "text/plain; charset=utf-8",
}
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Policy:
    """What one form takes: kinds, size, confidentiality, and for how long it is kept.

    `keep_days` None means as long as the thing that it hangs on. From level 5 on (vault) the
    content is encrypted under a key of its own.
    """

    kinds: frozenset[FileKind]
    max_bytes: int
    level: int = STAFF
    keep_days: int | None = None

    @property
    def wanted(self) -> str:
        """The kinds as they are told to whoever sent another one."""
        return listed(kind.value.upper() for kind in FileKind if kind in self.kinds)


PHOTO = Policy(PHOTOS, 15 * MIB)
ATTACHMENT = Policy(PHOTOS | PAPERS | {FileKind.CSV, FileKind.TXT}, 20 * MIB)
SHEET = Policy(SHEETS, 100 * MIB)
# what is uploaded while a form is still open: two days, for the sender alone
DRAFTS = Policy(ATTACHMENT.kinds, ATTACHMENT.max_bytes, PERSONAL, keep_days=2)
UPLOADS = Rate(120, timedelta(hours=1))
MOST_UPLOADS = 9


@dataclass(frozen=True, slots=True)
class Owner:
    """The thing that a file hangs on; its kind is a key of FILE_VISIBILITY."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in thousandths of its width and height from the upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


class Upload(Protocol):
    """What a form or a test hands in: Django's UploadedFile has this shape."""

    name: str | None

    def chunks(self) -> Iterator[bytes]: ...


class ScanTrouble(Exception):
    """The scanner could not look into the file: it is down, too slow, or does not know the kind."""


class Scanner(Protocol):
    """Contract of a virus scanner; Linli ships none.

    `scan` gets a closed file in the quarantine and returns the name of what it found, or "".
    It answers within 20 seconds or raises ScanTrouble; then the upload is refused with
    `scan_failed`, for an unscanned file may not pass as a scanned one.
    """

    def scan(self, path: Path) -> str: ...


# a file that was uploaded while a form is still being filled in
DRAFT = "files.draft"
# () → Scanner or None; an installation that has a scanner fills it from an app of its own
SCANNER: Hook[Callable[[], Scanner | None]] = Hook("virus scanner")
