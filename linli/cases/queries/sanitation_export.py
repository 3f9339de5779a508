"""The cases behind T18-1 as lines of JSON, for `linli verify rates`: also those that are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from linli.cases.queries.sanitation import CATEGORY, sanitation_counts
from linli.cases.rules.recounting_sanitation import FORMAT
from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.paths import code_of
from linli.places.types import PlaceRow

BEHIND = """
SELECT c.number, p.code, c.kind, c.matter, ARRAY_REMOVE(ARRAY[g.code, whole.code], NULL),
       (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text, c.stage, c.is_open,
       c.merged_into_id IS NOT NULL,
       ARRAY(SELECT k.key FROM cases_caseclock k
              WHERE k.case_id = c.id AND (k.state = 'late' OR k.is_overdue)
                AND k.key IN ('solve', 'company', 'coordinate', 'town') ORDER BY 1)
  FROM cases_case c
  JOIN places_place p ON p.id = coalesce(nullif(c.village_id, 0), nullif(c.town_id, 0), c.city_id)
  LEFT JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN cases_category whole ON whole.id = g.parent_id
 WHERE c.path >= %(path)s AND c.path < %(path)s || '~'
   AND c.opened_at >= %(since)s AND c.opened_at < %(until)s
   AND (%(category)s IN (g.code, whole.code)
        OR (c.kind = 'property_complaint' AND c.matter = 'cleaning'))
 ORDER BY c.id
"""
KEYS = ("case", "place", "kind", "matter", "categories", "on", "stage", "is_open", "merged", "late")


def sanitation_lines(place: PlaceRow, first: date, last: date) -> Iterator[str]:
    """Yield the file of T18-1 at a place, of what came in from one day to another."""
    since, until = bounds(first, last)
    yield _line(
        {"format": FORMAT, "place": place.code, "first": first.isoformat(),
         "last": last.isoformat(), "category": CATEGORY}
    )  # fmt: skip
    params = {"path": place.path, "since": since, "until": until, "category": CATEGORY}
    for row in sql.tuples("cases.sanitation_behind", BEHIND, params):
        yield _line(dict(zip(KEYS, row, strict=True)))
    for told in sanitation_counts(place.path, since, until):
        counts = {"came": told.came, "solved": told.solved, "open": told.open, "late": told.late}
        yield _line({"published": {"place": code_of(told.path), "counts": counts}})


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
