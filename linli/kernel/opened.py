"""Whether an act opened something sealed: what it answers is then shown once, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_noted: ContextVar[list[None] | None] = ContextVar("linli_opened", default=None)


@contextmanager
def watching() -> Iterator[list[None]]:
    """Give a list that is empty as long as nothing was opened inside."""
    noted: list[None] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def note() -> None:
    """Say that something sealed is being opened; whoever records a reading does it."""
    noted = _noted.get()
    if noted is not None:
        noted.append(None)
