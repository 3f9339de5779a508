"""Decisions about papers as functions of plain values: numbers, data, what a template may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from linli.documents.types import Field, Sealed

OFFICIAL = re.compile(r"^(?P<org>[\u4e00-\u9fff]+)〔(?P<year>\d{4})〕(?P<no>[1-9]\d*)号$")
# the plan's own number lacks the serial: read on import, never written
OFFICIAL_READ = re.compile(r"^(?P<org>[\u4e00-\u9fff]+)〔(?P<year>\d{4})〕(?P<no>[1-9]\d*)?号$")
_PICTURE_TEXT = re.compile(r"^\s*(data:image/|<svg|iVBORw0KGgo|/9j/|R0lGOD)", re.IGNORECASE)
_PICTURE_NAME = re.compile(r"\.(png|jpe?g|gif|webp|bmp|svg|tiff?|heic)\s*$", re.IGNORECASE)
_SEAL_NAME = re.compile(
    r"seal_image|stamp_image|signature_image|印章图|公章图|签名图", re.IGNORECASE
)
_FORBIDDEN = re.compile(r"\b(image|read|plugin|eval|curve|polygon)\s*\(|#import\s+\"@")
_CODE = re.compile(r"[2-9A-HJ-KM-NP-TV-Z]{6,16}")
MAX_TEXT = 20_000
# stable words for a seal that is not of our paper
WRONG_DIGEST, OTHER_FILE, FILE_REFUSED, WRONG_TIME = (
    "wrong_digest", "other_file", "file_refused", "wrong_time",
)  # fmt: skip
DOUBTS = (WRONG_DIGEST, OTHER_FILE, FILE_REFUSED, WRONG_TIME)
# before the word for what is wrong with a certificate
CHAIN = "chain:"
# so far the clock of the seal service may be from ours
CLOCKS_APART = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class OfficialNumber:
    """A number of an official document in its parts. Basis: GB/T 9704-2012."""

    org: str
    year: int
    no: int | None

    def __str__(self) -> str:
        return f"{self.org}〔{self.year}〕{self.no or ''}号"


def official_number(org: str, year: int, no: int) -> str:
    """Return a number such as 示范村发〔2026〕5号: full year, no leading zeros, no 第."""
    text = str(OfficialNumber(org, year, no))
    assert OFFICIAL.fullmatch(text), f"not an official number: {text}"
    return text


def read_official_number(text: str) -> OfficialNumber | None:
    """Return the parts of an official number, whose serial may be missing; None if it is none."""
    found = OFFICIAL_READ.fullmatch(text.strip())
    if found is None:
        return None
    return OfficialNumber(
        found["org"], int(found["year"]), int(found["no"]) if found["no"] else None
    )


def is_mark(text: str) -> bool:
    """Say whether a text can stand before the year of an official number (机关代字)."""
    return re.fullmatch(r"[\u4e00-\u9fff]{2,20}", text) is not None


def is_code(text: str) -> bool:
    """Say whether a text can be a printed code."""
    return _CODE.fullmatch(text) is not None


def place_parts(path: str) -> tuple[str, str, str]:
    """Return the codes of city, town and village in a path; what lies deeper counts to its village."""
    codes = [code for code in path.split("/") if code]
    city, town, village = [*codes, "", "", ""][:3]
    return city, town, village


def picture_in(data: Mapping[str, Any]) -> str | None:
    """Return the name of the first field that holds a picture or is meant for one, or None."""
    for name, value in _leaves(data):
        if isinstance(value, (bytes, bytearray, memoryview)) or hasattr(value, "chunks"):
            return name
        if _SEAL_NAME.search(name):
            return name
        if isinstance(value, str) and (_PICTURE_TEXT.match(value) or _PICTURE_NAME.search(value)):
            return name
    return None


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _leaves(inner, name)
    else:
        yield name, value


def data_faults(
    schema: Mapping[str, Field], optional: frozenset[str], data: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with the data: missing, unknown or of the wrong kind, by field."""
    faults = {name: "missing" for name in schema if name not in data and name not in optional}
    faults |= {name: "unknown" for name in data if name not in schema}
    for name, kind in schema.items():
        if name in data and data[name] is not None and not _fits(kind, data[name]):
            faults[name] = kind.value
    return faults


def _fits(kind: Field, value: Any) -> bool:
    match kind:
        case Field.TEXT:
            return isinstance(value, str) and len(value) <= MAX_TEXT
        case Field.NUMBER | Field.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)
        case Field.DAY:
            return isinstance(value, date)
        case Field.FLAG:
            return isinstance(value, bool)
        case Field.LINES:
            return _is_list_of(value, str)
        case Field.PAIRS:
            return _is_list_of(value, (list, tuple)) and all(len(p) == 2 for p in value)
        case Field.ROWS:
            return _is_list_of(value, (list, tuple))
        case Field.RECORDS:
            return _is_list_of(value, Mapping)


def _is_list_of(value: Any, kind: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, kind) for item in value)


def template_faults(source: str) -> list[str]:
    """Return what a template of an app may not hold: pictures, files, programs, outside packages.

    The only picture on a paper is the code that the base layout draws.
    """
    return sorted({found.group(0) for found in _FORBIDDEN.finditer(source)})


def sealed_fault(sealed: Sealed, asked: str, issued: bytes) -> str:
    """Say why a sealed file is not the paper that was issued; empty if it is.

    A seal is added behind the issued file, byte for byte (ISO 32000, incremental update): whatever
    begins otherwise is another paper, whoever signed it.
    """
    if sealed.sha256 != asked or sha256(issued).hexdigest() != asked:
        return WRONG_DIGEST
    if not sealed.pdf.startswith(issued) or len(sealed.pdf) <= len(issued):
        return OTHER_FILE
    return ""


def is_of_time(sealed_at: datetime, asked_at: datetime, now: datetime) -> bool:
    """Say whether a seal was made between its asking and now: one that says otherwise hides an end."""
    return asked_at - CLOCKS_APART <= sealed_at <= now + CLOCKS_APART


def looked_for_again(tries: int) -> timedelta:
    """Return how long to wait before the service is asked for a seal again: longer each time, a day at most."""
    return timedelta(minutes=min(2 ** min(tries, 11), 24 * 60))


def may_approve(applicant_id: int | None, approver_id: int | None) -> bool:
    """Say whether somebody may decide on an application for a seal: never on one's own."""
    return approver_id is not None and applicant_id != approver_id
