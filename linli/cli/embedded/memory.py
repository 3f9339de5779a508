"""How much memory this machine lets us have, and what of it the database takes."""

from __future__ import annotations

import os
from pathlib import Path

from linli.kernel.wholes import whole_number

MEGABYTE = 1024 * 1024
# a quarter of the memory is what PostgreSQL's own manual names for a machine that serves nothing else;
# beyond some gigabytes the system's own cache does as well
LEAST_MB, MOST_MB = 128, 8192
# where a container is told what it may have; the first that names a number counts
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)  # fmt: skip


def memory_mb() -> int:
    """Return the megabytes of this machine, or of the container that we run in."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return min([whole, *(limit for path in LIMITS if (limit := _limit_mb(path)))])


def buffers_mb(memory: int) -> int:
    """Return the megabytes of its own pages that the database keeps at hand."""
    return max(LEAST_MB, min(memory // 4, MOST_MB))


def _limit_mb(path: Path) -> int | None:
    try:
        told = whole_number(path.read_text(), least=MEGABYTE)
    except OSError:
        return None
    return told // MEGABYTE if told is not None else None
