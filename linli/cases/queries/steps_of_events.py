"""Single facts of a case that apps above ask by number: parts offered, notes, steps, what it is merged into.

Who may know of the case, they asked before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from linli.kernel import sql

OFFERED = """
SELECT number FROM cases_assignment
 WHERE case_id = %s AND post_id = ANY(%s) AND state = 'offered' ORDER BY number LIMIT 1
"""
NOTES = """
SELECT e.at, e.move, e.post_id, w.said ->> 'note', w.said ->> 'reason'
  FROM cases_internalwords w JOIN cases_caseevent e ON e.id = w.event_id
 WHERE w.case_id = %s AND w.level <= %s ORDER BY e.seq
"""
FIRST = "SELECT id FROM cases_caseevent WHERE case_id = %s AND seq = 1"
LAST_FACTS = """
SELECT at, facts::text FROM cases_caseevent
 WHERE case_id = %s AND move = %s ORDER BY seq DESC LIMIT 1
"""
STEPS = """
SELECT case_id, seq, at, move, hash FROM cases_caseevent
 WHERE case_id = ANY(%s) AND move = ANY(%s) AND at < %s ORDER BY case_id, seq
"""
CLOCKS = """
SELECT DISTINCT ON (case_id) case_id, due_at, ended_at, state = 'paused' AND NOT is_overdue
  FROM cases_caseclock
 WHERE case_id = ANY(%s) AND key = %s AND state <> 'void' ORDER BY case_id, cycle DESC
"""
STANDS_IN = """
WITH RECURSIVE up(id, next) AS (
    SELECT id, merged_into_id FROM cases_case WHERE id = %s
    UNION ALL
    SELECT t.id, t.merged_into_id FROM up JOIN cases_case t ON t.id = up.next)
SELECT t.id, t.path, t.level, t.seq, t.merged_into_id, t.number
  FROM up JOIN cases_case t ON t.id = up.id WHERE up.next IS NULL
"""


def part_offered(case_id: int, posts: Iterable[int]) -> int | None:
    """Return the part of a case that is offered to one of these posts, or None."""
    found = sql.tuples("cases.part_offered", OFFERED, [case_id, sorted(posts)])
    return int(found[0][0]) if found else None


def notes_within(case_id: int, level: int) -> list[tuple[Any, ...]]:
    """Return (when, move, post, note, reason) of the words among staff up to a level, the oldest first."""
    return sql.tuples("cases.notes_within", NOTES, [case_id, level])


def first_step(case_id: int) -> int | None:
    """Return the event with which a case began."""
    found = sql.tuples("cases.first_step", FIRST, [case_id])
    return int(found[0][0]) if found else None


def last_facts(case_id: int, move: str) -> tuple[datetime, dict[str, Any]] | None:
    """Return when a move was done last on a case, with its facts."""
    found = sql.tuples("cases.last_facts", LAST_FACTS, [case_id, move])
    return (found[0][0], json.loads(found[0][1])) if found else None


def steps_until(ids: Sequence[int], moves: Sequence[str], until: datetime) -> list[tuple[Any, ...]]:
    """Return (case, seq, when, move, hash) of some moves of cases before a moment, in order."""
    return sql.tuples("cases.steps_until", STEPS, [list(ids), list(moves), until])


def newest_clocks(ids: Sequence[int], key: str) -> dict[int, tuple[Any, ...]]:
    """Return (due, ended, whether it stands still) of the newest clock of a key by case."""
    found = sql.tuples("cases.newest_clocks", CLOCKS, [list(ids), key])
    return {row[0]: row[1:] for row in found}


def stands_in(case_id: int) -> tuple[Any, ...] | None:
    """Return (id, path, level, seq, merged into, number) of the case in which one stands now."""
    found = sql.tuples("cases.stands_in", STANDS_IN, [case_id])
    return found[0] if found else None
