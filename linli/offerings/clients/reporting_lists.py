"""The rows of a list as a village signed them off: sealed, since they name people."""

from __future__ import annotations

import json
from collections.abc import Sequence

from linli.kernel.sealing import open_sealed, seal

TABLE, COLUMN = "offerings_reportingsheet", "sealed"
Rows = Sequence[dict[str, str]]


def sealed_rows(rows: Rows, code: str) -> bytes:
    """Return rows as they lie in the table of sheets."""
    return seal(json.dumps(list(rows), ensure_ascii=False), table=TABLE, column=COLUMN, row=code)


def opened_rows(kept: bytes | memoryview | None, code: str) -> list[dict[str, str]]:
    """Return rows as people read them. Whoever shows them to staff records the reading."""
    if kept is None:
        return []
    found: list[dict[str, str]] = json.loads(
        open_sealed(bytes(kept), table=TABLE, column=COLUMN, row=code)
    )
    return found
