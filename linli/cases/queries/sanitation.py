"""Sanitation as residents see it: reports about cleanliness and rubbish, by place (plan task 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.kernel import sql
from linli.kernel.permits import STAFF

# 市容环境 with all below it; what companies were told to clean counts too
CATEGORY = "appearance"
COUNTED = """
SELECT p.path, count(*)::int AS came, count(*) FILTER (WHERE c.stage = 'solved')::int AS solved,
       count(*) FILTER (WHERE c.is_open)::int AS open,
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM cases_caseclock k
            WHERE k.case_id = c.id AND (k.state = 'late' OR k.is_overdue)
              AND k.key IN ('solve', 'company', 'coordinate', 'town')))::int AS late
  FROM cases_case c
  JOIN places_place p ON p.id = coalesce(nullif(c.village_id, 0), nullif(c.town_id, 0), c.city_id)
  LEFT JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN cases_category whole ON whole.id = g.parent_id
 WHERE c.path >= %(path)s AND c.path < %(path)s || '~'
   AND c.opened_at >= %(since)s AND c.opened_at < %(until)s
   AND c.stage <> 'ended' AND c.merged_into_id IS NULL
   AND c.level <= %(level)s AND c.about_post_id IS NULL
   AND (%(category)s IN (g.code, whole.code)
        OR (c.kind = 'property_complaint' AND c.matter = 'cleaning'))
 GROUP BY p.path ORDER BY p.path
"""


@dataclass(frozen=True, slots=True)
class Sanitation:
    """What came in of a place: how much was solved, is open, and was late at any time."""

    path: str
    came: int
    solved: int
    open: int
    late: int


def sanitation_counts(path: str, since: datetime, until: datetime) -> list[Sanitation]:
    """Return reports on sanitation opened in a time, a line for each place; one query.

    What was withdrawn, referred or the same as another is left out, and as in all figures what is
    about a post or not for all staff. A place where nothing came in has no line: nobody reported
    there, which does not mean that it is clean.
    """
    params = {
        "path": path, "since": since, "until": until, "category": CATEGORY, "level": STAFF,
    }  # fmt: skip
    return sql.rows("cases.sanitation", COUNTED, params, Sanitation)
