"""The rows of a list as a village signed them off: sealed, since they name people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.reporting import RowWord

TABLE, COLUMN = "offerings_reportingsheet", "sealed"
OF_ROWS = "offerings_reportingrow"
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


def sealed_word(code: str, said: Mapping[str, str], was: Mapping[str, str], reason: str) -> bytes:
    """Return what was said of a row as it lies in the table of such words."""
    whole = json.dumps({"said": dict(said), "was": dict(was), "reason": reason}, ensure_ascii=False)
    return seal(whole, table=OF_ROWS, column=COLUMN, row=code)


def opened_words(kept: Iterable[Any]) -> list[RowWord]:
    """Return what was said of rows, in its order. Whoever shows it to staff records the reading."""
    found = []
    for one in kept:
        told = json.loads(
            open_sealed(bytes(one.sealed), table=OF_ROWS, column=COLUMN, row=one.code)
        )
        found.append(RowWord(one.code, one.ref, one.act, told["said"], told["was"], told["reason"]))
    return found
