"""Office documents, PDF and text: read whole, with a limit on what comes out."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from linli.files import rules
from linli.files.errors import ArchiveBomb, FileDamaged, FileProtected, HasProgram, MarkupRefused
from linli.files.rules import Member
from linli.files.types import FileKind

CHUNK = 1024 * 1024
ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def archive_kind(path: Path, name: str) -> FileKind | None:
    """Return which office document a zip file is, None for any other archive.

    Refuses with ArchiveBomb, FileDamaged, FileProtected, HasProgram, MarkupRefused.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            members = [Member(e.filename, e.compress_size, e.file_size) for e in entries]
            if rules.archive_is_bomb(members):
                raise ArchiveBomb(name=name)
            kind = rules.kind_of_archive(member.name for member in members)
            if kind is None:
                return None
            if any(entry.flag_bits & ENCRYPTED for entry in entries):
                raise FileProtected(name=name)
            if rules.has_macros(member.name for member in members):
                raise HasProgram(name=name)
            _unpack_and_count(archive, entries, name, path.stat().st_size)
            return kind
    except _DAMAGED as error:
        raise FileDamaged(name=name) from error


def _unpack_and_count(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str, packed: int
) -> None:
    """Read every member to its end: what an archive says about its sizes may be a lie."""
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as member:
            is_first = True
            while chunk := member.read(CHUNK):
                unpacked += len(chunk)
                if rules.unpacks_too_large(packed, unpacked):
                    raise ArchiveBomb(name=name)
                # a document type inside can name entities that unpack without end
                if is_first and b"<!DOCTYPE" in chunk[:4096]:
                    raise MarkupRefused(name=name)
                is_first = False


def check_pdf(path: Path, name: str) -> None:
    """Refuses with FileDamaged, FileProtected, HasProgram."""
    fault = rules.pdf_fault(path.read_bytes())
    if fault == "damaged":
        raise FileDamaged(name=name)
    if fault == "protected":
        raise FileProtected(name=name)
    if fault == "program":
        raise HasProgram(name=name)


def check_text(path: Path, name: str) -> None:
    """Refuses with FileDamaged: neither UTF-8 nor GB18030, or not a text."""
    if rules.decode_text(path.read_bytes()) is None:
        raise FileDamaged(name=name)
