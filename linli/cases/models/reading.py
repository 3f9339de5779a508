"""Events and words of many cases, as values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from linli.cases.types.shapes import Chained, Hand, Step
from linli.kernel import sql

EVENTS = """
SELECT case_id, seq, move, at, state, cycle, by, account_id, post_id, acting_for, facts, public,
       internal, hash
  FROM cases_caseevent WHERE case_id = ANY(%s) ORDER BY case_id, seq
"""
WORDS = """
SELECT e.case_id, e.seq, e.public, w.nonce, w.said
  FROM cases_publicwords w JOIN cases_caseevent e ON e.id = w.event_id WHERE w.case_id = ANY(%s)
UNION ALL
SELECT e.case_id, e.seq, e.internal, w.nonce, w.said
  FROM cases_internalwords w JOIN cases_caseevent e ON e.id = w.event_id WHERE w.case_id = ANY(%s)
"""


def events_of(case_ids: Sequence[int]) -> Iterator[tuple[int, Chained]]:
    """Yield (case id, event) in the order of cases and events."""
    for row in sql.tuples("cases.events", EVENTS, [list(case_ids)]):
        yield row[0], _event(row)


def words_of(
    case_ids: Sequence[int],
) -> Iterator[tuple[int, int, bytes | None, bytes, dict[str, Any]]]:
    """Yield (case id, seq, commitment, nonce, said) of all words that are still kept."""
    ids = list(case_ids)
    for case_id, seq, committed, nonce, said in sql.tuples("cases.words", WORDS, [ids, ids]):
        yield (
            case_id,
            seq,
            None if committed is None else bytes(committed),
            bytes(nonce),
            json.loads(said),
        )


def _event(row: Sequence[Any]) -> Chained:
    step = Step(
        move=row[2],
        at=row[3],
        state=row[4],
        cycle=row[5],
        hand=Hand(row[6], row[7], row[8], row[9]),
        facts=json.loads(row[10]),
        public=None if row[11] is None else bytes(row[11]),
        internal=None if row[12] is None else bytes(row[12]),
    )
    return Chained(step, row[1], bytes(row[13]))
