"""What has ended is not changed any more, nor what somebody else changed meanwhile."""

from __future__ import annotations

from typing import Any

from linli.grid.errors import Over
from linli.kernel.errors import Stale


def refuse_over(row: Any, *, edition: int | None = None, ends: str = "ended_on") -> None:
    """Refuse a row that is locked with Over if it has a last day (column `ends`), with Stale if it is of another edition."""
    if getattr(row, ends) is not None:
        raise Over()
    if edition is not None and edition != row.edition:
        raise Stale()
