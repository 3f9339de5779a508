"""What a file is and whether it may pass, decided from bytes and numbers alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from linli.files.types import FileKind

MAX_PIXELS = 40_000_000
HEAD_BYTES = 2048
MAX_NAME = 120
# zip members, all of them unpacked, and how much more than packed
MAX_MEMBERS = 2_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 8 * 1024 * 1024
SIDES = {"1920": 1920, "480": 480}

_MARKUP = (
    b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<!--", b"<iframe",
    b"<?php", b"<%",
)  # fmt: skip
_EXTENSIONS = {
    "jpg": FileKind.JPEG, "jpeg": FileKind.JPEG, "png": FileKind.PNG, "webp": FileKind.WEBP,
    "pdf": FileKind.PDF, "xlsx": FileKind.XLSX, "docx": FileKind.DOCX,
    "csv": FileKind.CSV, "txt": FileKind.TXT,
}  # fmt: skip
_SUFFIX = {kind: name for name, kind in reversed(_EXTENSIONS.items())}
_PDF_PROGRAM = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles|RichMedia|XFA)[\s/<\[(]")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive, as the archive describes it."""

    name: str
    packed: int
    unpacked: int


def sniff(head: bytes) -> str:
    """Return what the first bytes say: a kind, or zip, markup, text, unknown.

    Five signatures; what lies behind them is decided by the decoder.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    return _sniff_text(head)


def _sniff_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        return "markup"
    if head and decode_text(head, is_whole=len(head) < HEAD_BYTES) is not None:
        return "text"
    return "unknown"


def decode_text(data: bytes, *, is_whole: bool = True) -> str | None:
    """Return text in UTF-8 or GB18030, or None if it is neither or holds control characters.

    The beginning of a file may end in the middle of a character.
    """
    for encoding, longest in (("utf-8-sig", 3), ("gb18030", 3)):
        for cut in range(1 if is_whole else longest + 1):
            try:
                text = data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if has_controls(text) else text
    return None


def has_controls(text: str) -> bool:
    """Say whether a text holds characters that no table or note has."""
    return any(c < " " and c not in "\t\r\n\f" for c in text) or "\x7f" in text


def kind_by_name(name: str) -> FileKind | None:
    """Return the kind that a file's name claims, or None."""
    return _EXTENSIONS.get(name.rpartition(".")[2].lower())


def kind_of_archive(members: Iterable[str]) -> FileKind | None:
    """Return which office document an archive is, by the parts that it must have."""
    names = set(members)
    if "[Content_Types].xml" not in names:
        return None
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    return FileKind.DOCX if "word/document.xml" in names else None


def archive_is_bomb(members: list[Member]) -> bool:
    """Say whether an archive claims to unpack to more than any honest one."""
    packed = sum(member.packed for member in members)
    return len(members) > MAX_MEMBERS or unpacks_too_large(
        packed, sum(member.unpacked for member in members)
    )


def unpacks_too_large(packed: int, unpacked: int) -> bool:
    """Say whether so many bytes may not come out of so many; small ones may be as dense as they like."""
    return unpacked > MAX_UNPACKED or (
        unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    )


def has_macros(members: Iterable[str]) -> bool:
    """Say whether an office document carries a program."""
    return any(
        name.lower().endswith((".bin", ".exe", ".js", ".vbs"))
        and "printersettings" not in name.lower()
        for name in members
    )


def pdf_fault(data: bytes) -> str:
    """Return what speaks against a PDF: damaged, protected, program, or nothing.

    Names may be written with #xx; what lies in packed object streams is not seen. A PDF is
    therefore only ever handed out as a download, in a sandbox.
    """
    if b"%%EOF" not in data[-2048:]:
        return "damaged"
    if re.search(rb"/Encrypt[\s/<]", data):
        return "protected"
    plain = _HEX.sub(lambda found: bytes([int(found[1], 16)]), data)
    return "program" if _PDF_PROGRAM.search(plain) else ""


def too_many_pixels(width: int, height: int) -> bool:
    """Say whether a picture is too large to be decoded safely."""
    return width <= 0 or height <= 0 or width * height > MAX_PIXELS


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the size of a picture whose longer side is at most `side`; it never grows."""
    longest = max(width, height)
    if longest <= side:
        return width, height
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def clean_name(name: str | None, kind: FileKind) -> str:
    """Return a harmless name with the extension of what the file is.

    Paths, control and direction-changing characters go; letters of every script stay.
    """
    last = re.split(r"[/\\]", name or "")[-1]
    plain = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    stem = plain.rpartition(".")[0] if kind_by_name(plain) else plain
    stem = re.sub(r'[<>:"|?*\s]+', " ", stem).strip(" .") or "file"
    return f"{stem[: MAX_NAME - 6]}.{_SUFFIX[kind]}"


def storage_name(sha256: str) -> str:
    """Return where content lies by its hash: ab/cd/abcd…"""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def disposition(name: str, *, inline: bool) -> str:
    """Return Content-Disposition with a name that every browser reads (RFC 6266)."""
    plain = "".join(c if c.isascii() and c not in '"\\%;' else "_" for c in name)
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
