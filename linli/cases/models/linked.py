"""Parts of cases that the whole waits for."""

from __future__ import annotations

from collections.abc import Sequence

from linli.kernel import sql

# a part that turned out to be the same as another case is done when that one is; a whole does not wait for itself
OPEN_PARTS = """
WITH RECURSIVE up(whole, id, next, number, is_open) AS (
    SELECT l.to_id, c.id, c.merged_into_id, c.number, c.is_open
      FROM cases_caselink l JOIN cases_case c ON c.id = l.case_id
     WHERE l.to_id = ANY(%s) AND l.kind = 'child_of' AND l.is_required AND l.ended_at IS NULL
    UNION ALL
    SELECT up.whole, t.id, t.merged_into_id, t.number, t.is_open
      FROM up JOIN cases_case t ON t.id = up.next)
SELECT DISTINCT whole, number FROM up
 WHERE next IS NULL AND is_open AND id <> whole ORDER BY number
"""


OPEN_CHILDREN = "SELECT id FROM cases_case WHERE parent_id = %s AND is_open ORDER BY id"


def open_children(case_id: int) -> list[int]:
    """Return the ids of the parts of a case that are open, required or not."""
    return [row[0] for row in sql.tuples("cases.open_children", OPEN_CHILDREN, [case_id])]


def open_parts(case_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the numbers of required parts that are still open, by the case that waits for them."""
    found: dict[int, list[str]] = {}
    for case_id, number in sql.tuples("cases.open_parts", OPEN_PARTS, [list(case_ids)]):
        found.setdefault(case_id, []).append(number)
    return found
