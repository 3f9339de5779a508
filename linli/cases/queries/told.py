"""The steps of a case as whoever it is from reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from linli.cases.queries.bases import told_basis
from linli.kernel import sql
from linli.ui.formats import is_chinese

EVENTS = """
SELECT e.seq, e.move, e.at, e.state, e.by, e.post_id, e.facts::text, w.said::text, w.is_by_reporter
  FROM cases_caseevent e LEFT JOIN cases_publicwords w ON w.event_id = e.id
 WHERE e.case_id = %s ORDER BY e.seq
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One step as the reporter reads it."""

    seq: int
    move: str
    at: datetime
    state: str
    by: str
    post_id: int | None
    facts: Mapping[str, Any]
    said: Mapping[str, Any] | None
    is_by_reporter: bool | None

    @property
    def text(self) -> str:
        return str((self.said or {}).get("text", ""))

    @property
    def promise(self) -> str:
        """What was promised with her report, in the reader's language."""
        told = (self.said or {}).get("promise") or {}
        return str(told.get("zh" if is_chinese() else "en", ""))

    @property
    def basis(self) -> str:
        """The rule on which a decision stands, with its source, in the reader's language."""
        return told_basis(self.said, self.facts, localdate(self.at))


def steps_of(case_id: int) -> list[Told]:
    """Return all steps of a case with the words that are kept of them, in order; one read."""
    return [_told(row) for row in sql.tuples("cases.told", EVENTS, [case_id])]


def _told(row: Sequence[Any]) -> Told:
    seq, move, at, state, by, post_id, facts, said, is_by_reporter = row
    words = None if said is None else json.loads(said)
    return Told(seq, move, at, state, by, post_id, json.loads(facts), words, is_by_reporter)
