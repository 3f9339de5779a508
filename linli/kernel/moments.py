"""Moments as chains and exported files write them: the order of the text is theirs."""

from __future__ import annotations

from datetime import UTC, datetime

LENGTH = len("2026-08-10T04:00:00.000000Z")


def moment(at: datetime) -> str:
    """Return a moment as chained events write it: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def read_moment(text: str) -> datetime:
    """Return the moment that `moment` wrote. Raises ValueError for any other way to write one."""
    if len(text) != LENGTH or text[-1] != "Z":
        raise ValueError(f"{text!r} is no moment of a chain")
    return datetime.fromisoformat(text)
