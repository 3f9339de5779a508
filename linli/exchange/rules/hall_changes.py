"""What the hall says of supplements and withdrawals, read with every doubt."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from string import hexdigits
from typing import Any

from linli.exchange.rules.hall import LINE, NUMBER, NoSense, digest_of, moment_of, text_of
from linli.exchange.types.hall import Change, ChangeKind, FilePiece, SentFile, Unreadable

MOST_FILES, MATERIAL, NAME, WHY, SHA = 40, 60, 120, 300, 64
# a step may come before its application, and a file may not be had at once
PATIENCE = timedelta(days=1)


def read_change(row: Any) -> Change | Unreadable:
    """Return a step of an applicant; one that makes no sense is kept for a person to see."""
    try:
        return _change(row)
    except (NoSense, ValueError, OverflowError):
        raw = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)[:4000]
        number = row.get("number") if isinstance(row, Mapping) else None
        named = number if isinstance(number, str) and _is_number(number) else ""
        return Unreadable(named or f"?{digest_of(raw)[:20]}", raw)


def _is_number(said: str) -> bool:
    is_one = 0 < len(said) <= NUMBER and said.isprintable() and said == said.strip()
    return is_one and not said.startswith("?")


def _change(row: Any) -> Change:
    if not isinstance(row, Mapping):
        raise NoSense("change")
    number = text_of(row, "number", NUMBER, needed=True)
    if not _is_number(number):
        raise NoSense("number")
    kind = ChangeKind(text_of(row, "kind", NUMBER))
    files = row.get("files") or []
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise NoSense("files")
    if bool(files) != (kind is ChangeKind.SUPPLEMENT):
        raise NoSense("files")
    return Change(
        number, text_of(row, "application", NUMBER, needed=True), kind, moment_of(row.get("at")),
        tuple(_file(one) for one in files), text_of(row, "why", WHY),
    )  # fmt: skip


def _file(row: Any) -> SentFile:
    if not isinstance(row, Mapping):
        raise NoSense("file")
    sha256 = text_of(row, "sha256", SHA, needed=True).lower()
    if len(sha256) != SHA or not set(sha256) <= set(hexdigits):
        raise NoSense("sha256")
    code = text_of(row, "file", NUMBER, needed=True)
    if not code.isascii() or not code.replace("-", "").replace("_", "").isalnum():
        # it becomes a part of an address
        raise NoSense("file")
    return SentFile(
        text_of(row, "material", LINE, needed=True),
        code,
        text_of(row, "name", NAME, needed=True),
        sha256,
    )


def read_piece(said: Any, most: int) -> FilePiece:
    """Return a part of a file. Raises NoSense."""
    if not isinstance(said, Mapping) or type(said.get("size")) is not int:
        raise NoSense("file")
    size, content = said["size"], said.get("content")
    if not 0 < size <= most or not isinstance(content, str):
        raise NoSense("file")
    try:
        found = b64decode(content, validate=True)
    except (Error, ValueError):
        raise NoSense("file") from None
    if not found:
        raise NoSense("file")
    return FilePiece(size, found)


def is_out_of_patience(came_at: datetime, now: datetime) -> bool:
    """Say whether something waited so long for what it needs that a person should look."""
    return now - came_at >= PATIENCE


def written(change: Change) -> str:
    """Return a step as the text that is kept sealed."""
    return json.dumps({**asdict(change), "at": change.at.isoformat()}, ensure_ascii=False)


def read_back(text: str) -> Change:
    """Return what `written` kept."""
    said = json.loads(text)
    files = tuple(SentFile(**one) for one in said["files"])
    at, kind = datetime.fromisoformat(said["at"]), ChangeKind(said["kind"])
    return Change(**{**said, "files": files, "at": at, "kind": kind})
