"""An entry of a phone as it is kept sealed while a person has to look at it."""

from __future__ import annotations

import json
from typing import Any

from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import QUEUED
from linli.grid.models import Queued
from linli.grid.queries.phones import ParkedRow
from linli.grid.types.replay import Entry


def sealed_entry(entry: Entry, row_id: int) -> bytes:
    """Return what an entry says as it lies in the table."""
    words = {"case": entry.case, "said": dict(entry.said)}
    return envelopes.sealed(json.dumps(words, ensure_ascii=False), QUEUED, "said", row_id)


def entry_in(row: Queued | ParkedRow) -> Entry:
    """Return an entry as it was sent, from what is kept of it."""
    words: dict[str, Any] = {"case": "", "said": {}}
    if row.said is not None:
        words = json.loads(envelopes.opened(row.said, QUEUED, "said", row.pk))
    return Entry(
        row.seq, row.key, row.act, row.phone_at, dict(words["said"]), str(words["case"]),
        row.base_seq,
    )  # fmt: skip
