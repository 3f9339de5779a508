"""The requests to the service hall (docs/contracts/service-hall.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from linli.exchange.clients.wire import Line
from linli.exchange.rules import hall as rules
from linli.exchange.rules.hall_changes import read_piece
from linli.exchange.types.connections import HALF, NOT_OURS, TOO_LARGE, Later, Never
from linli.exchange.types.hall import Batch, HallDay

T = TypeVar("T")


def items_after(line: Line, mark: str, *, now: datetime) -> Batch:
    """Return items that were added, changed or ended behind a mark. Raises Later, Never."""
    said = line.ask(f"/items?after={quote(mark, safe='')}", now=now)
    return _sensible(lambda: rules.batch_of(said, "items"))


def applications_after(line: Line, mark: str, *, now: datetime) -> Batch:
    """Return applications that were made behind a mark. Raises Later, Never."""
    said = line.ask(f"/applications?after={quote(mark, safe='')}", now=now)
    return _sensible(lambda: rules.batch_of(said, "applications"))


def changes_after(line: Line, mark: str, *, now: datetime) -> Batch:
    """Return supplements and withdrawals that were made behind a mark. Raises Later, Never."""
    said = line.ask(f"/changes?after={quote(mark, safe='')}", now=now)
    return _sensible(lambda: rules.batch_of(said, "changes"))


def file_of(line: Line, code: str, most: int, *, now: datetime) -> bytes:
    """Return a file of a supplement, piece by piece. Raises Later, Never; Never too if it is too large."""
    content, size = b"", 1
    while len(content) < size:
        said = line.ask(f"/files/{quote(code, safe='')}?from={len(content)}", now=now)
        whole = said.get("size") if isinstance(said, Mapping) else None
        if isinstance(whole, int) and whole > most:
            raise Never(TOO_LARGE)
        piece = _sensible(lambda said=said: read_piece(said, most))  # type: ignore[misc]
        content, size = content + piece.content, piece.size
    if len(content) != size:
        raise Later(HALF)
    return content


def push(line: Line, body: Mapping[str, Any], *, name: str, now: datetime) -> None:
    """Tell where an application stands, or what became of a step of its applicant.

    The same name twice is one message. Raises Later, Never.
    """
    said = line.ask("/answers" if "result" in body else "/states", now=now, said=body, name=name)
    if not isinstance(said, Mapping) or said.get("taken") is not True:
        raise Later(NOT_OURS)


def day_at_hall(line: Line, on: date, *, now: datetime) -> HallDay:
    """Return what the hall counts of a day. Raises Later, Never."""
    said = line.ask(f"/days/{on.isoformat()}", now=now)
    found = _sensible(lambda: rules.read_day(said))
    if found.on != on:
        raise Later(NOT_OURS)
    return found


def _sensible(read: Callable[[], T]) -> T:
    """An answer that makes no sense is asked for again: nothing of it is used."""
    try:
        return read()
    except rules.NoSense as fault:
        raise Later(NOT_OURS) from fault
