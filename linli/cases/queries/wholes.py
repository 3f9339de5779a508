"""Cases that are the same as another, which may itself be the same as a third: what stands at the end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from linli.cases.models import Case
from linli.cases.rules.conflicts import accused_in
from linli.kernel import sql

WHOLES = """
WITH RECURSIVE up(part, id, next) AS (
    SELECT c.id, t.id, t.merged_into_id
      FROM cases_case c JOIN cases_case t ON t.id = c.merged_into_id WHERE c.id = ANY(%s)
    UNION ALL
    SELECT up.part, t.id, t.merged_into_id FROM up JOIN cases_case t ON t.id = up.next)
SELECT part, id FROM up WHERE next IS NULL
"""
# whatever is the same as one case, by however many steps
FOLLOWING = """
WITH RECURSIVE down(id) AS (
    SELECT id FROM cases_case WHERE merged_into_id = %s
    UNION ALL
    SELECT c.id FROM down JOIN cases_case c ON c.merged_into_id = down.id)
SELECT id FROM down ORDER BY id
"""
# since when whoever cases are from reads what is said of those that stand for them: the last of the ties between counts
READS_FROM = """
WITH RECURSIVE up(part, id, since) AS (
    SELECT l.case_id, l.to_id, l.reads_from FROM cases_caselink l
     WHERE l.case_id = ANY(%s) AND l.kind = 'duplicate_of' AND l.ended_at IS NULL
    UNION
    SELECT up.part, l.to_id, greatest(up.since, l.reads_from) FROM up JOIN cases_caselink l
        ON l.case_id = up.id AND l.kind = 'duplicate_of' AND l.ended_at IS NULL)
SELECT part, id, max(since) FROM up GROUP BY part, id
"""
# the same for the row of an outer read of cases, as part of it
WHOLE_OF_ROW = """(
WITH RECURSIVE up(id, next) AS (
    SELECT t.id, t.merged_into_id FROM cases_case t WHERE t.id = cases_case.merged_into_id
    UNION ALL
    SELECT t.id, t.merged_into_id FROM up JOIN cases_case t ON t.id = up.next)
SELECT id FROM up WHERE next IS NULL)"""


def wholes_of(cases: Collection[Case]) -> dict[int, int]:
    """Return the case that stands for each of those that are the same as another; none for others."""
    merged = [case.pk for case in cases if case.merged_into_id]
    return dict(sql.tuples("cases.wholes", WHOLES, [merged])) if merged else {}


def following_ids(case_id: int) -> list[int]:
    """Return the cases that are the same as one, in the order in which they came."""
    return [row[0] for row in sql.tuples("cases.following", FOLLOWING, [case_id])]


def reads_from(wholes: Mapping[int, int]) -> dict[int, datetime]:
    """Return by case since when whoever it is from reads the words of the one that stands for it.

    A case that is not here never reads them.
    """
    if not wholes:
        return {}
    found = sql.tuples("cases.reads_from", READS_FROM, [list(wholes)])
    return {part: since for part, whole, since in found if wholes[part] == whole}


def tells_others(whole: Case) -> bool:
    """Say whether whoever reported the same may follow a case (AP-07).

    Of one that is about a post nobody does: by a follow code alone one cannot tell whether it is she.
    """
    return not accused_in(vars(whole))
