"""What the papers of a case are made from, and which were issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from linli.cases.models import Case, CaseClock
from linli.cases.rules.clocks import last_day
from linli.cases.types.words import ClockState
from linli.kernel import sql

STEPS = """
SELECT e.seq, e.move, e.at, e.facts::text, p.said::text, i.said::text
  FROM cases_caseevent e
  LEFT JOIN cases_publicwords p ON p.event_id = e.id
  LEFT JOIN cases_internalwords i ON i.event_id = e.id
 WHERE e.case_id = %s ORDER BY e.seq
"""


@dataclass(frozen=True, slots=True)
class StepSaid:
    """One step with the words that are still kept."""

    seq: int
    move: str
    at: datetime
    facts: Mapping[str, Any]
    public: Mapping[str, Any] = field(default_factory=dict)
    internal: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.public.get("text", ""))


def steps_said(case_id: int) -> list[StepSaid]:
    """Return the steps of a case with their words, in order; one query."""
    return [
        StepSaid(row[0], row[1], row[2], *(json.loads(cell or "{}") for cell in row[3:6]))
        for row in sql.tuples("cases.steps_said", STEPS, [case_id])
    ]


def last_of(steps: list[StepSaid], *moves: str) -> StepSaid | None:
    """Return the latest step that is one of these moves, or None."""
    return next((step for step in reversed(steps) if step.move in moves), None)


def due_day(case: Case, key: str) -> date | None:
    """Return the last day of a clock of the present cycle, or None where it does not run."""
    found = CaseClock.objects.filter(case=case, cycle=case.cycle, key=key).first()
    if found is None or found.state == ClockState.PAUSED:
        return None
    return last_day(found.due_at)
