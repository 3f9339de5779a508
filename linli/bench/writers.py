"""Several writers at once, each a process with a connection of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

FORK = multiprocessing.get_context("fork")
READY_SECONDS = 120


def at_once(
    parts: Sequence[Sequence[Any]],
    work: Callable[[Any], None],
    *,
    warm: int = 0,
    before: Callable[[], None] | None = None,
) -> float:
    """Let a writer for each part do it; return the seconds from the common start to the last end.

    The first `warm` things of each part are done before the start: they connect and prepare. `before` brings
    to memory what a process that has served for a while holds there.
    """
    connection.close()
    ready, go = FORK.Barrier(len(parts) + 1), FORK.Barrier(len(parts) + 1)
    writers = [
        FORK.Process(target=_write, args=(part, work, warm, before, ready, go)) for part in parts
    ]
    for writer in writers:
        writer.start()
    ready.wait(READY_SECONDS)
    go.wait(READY_SECONDS)
    began = time.perf_counter()
    for writer in writers:
        writer.join()
    seconds = time.perf_counter() - began
    assert all(writer.exitcode == 0 for writer in writers), "a writer failed"
    return seconds


def _write(
    part: Sequence[Any], work: Callable[[Any], None], warm: int, before: Callable[[], None] | None,
    ready: Any, go: Any,
) -> None:  # fmt: skip
    connection.ensure_connection()
    if before is not None:
        before()
    for one in part[:warm]:
        work(one)
    ready.wait(READY_SECONDS)
    go.wait(READY_SECONDS)
    for one in part[warm:]:
        work(one)
