"""The cases behind T18-1 as lines of JSON, for `linli verify rates`: also those that are left out.

Cases that the reader may not see, such as one about her own post, stand in it as numbers of their
place alone: a line of its own would tell her of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linli.cases.queries.reading import visible_cases
from linli.cases.queries.sanitation import CATEGORY, sanitation_counts
from linli.cases.rules.recounting_sanitation import COMPANY, FORMAT, counts_of
from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.places.types import PlaceRow

BEHIND = """
SELECT c.id, c.number, p.code, c.kind, c.matter, ARRAY_REMOVE(ARRAY[g.code, whole.code], NULL),
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


def sanitation_lines(actor: Actor, place: PlaceRow, first: date, last: date) -> Iterator[str]:
    """Yield the file of T18-1 at a place for a reader, of what came in from one day to another."""
    since, until = bounds(first, last)
    header = {
        "format": FORMAT, "place": place.code, "first": first.isoformat(),
        "last": last.isoformat(), "category": CATEGORY,
    }  # fmt: skip
    yield _line(header)
    params = {"path": place.path, "since": since, "until": until, "category": CATEGORY}
    rows = sql.tuples("cases.sanitation_behind", BEHIND, params)
    seen, unseen = _seen(actor, place.path, since, until), []
    for pk, *values in rows:
        told = dict(zip(KEYS, values, strict=True))
        if pk in seen:
            yield _line(told)
        else:
            unseen.append(told)
    for code, numbers in counts_of(unseen, header).items():
        yield _line({"unseen": {"place": code, "counts": numbers}})
    for row in sanitation_counts(place.path, since, until):
        numbers = {"came": row.came, "solved": row.solved, "open": row.open, "late": row.late}
        yield _line({"published": {"place": code_of(row.path), "counts": numbers}})


def _seen(actor: Actor, path: str, since: datetime, until: datetime) -> set[int]:
    """Return which of the cases behind the file its reader may see."""
    kind, matter = COMPANY
    is_meant = (
        Q(category__code=CATEGORY)
        | Q(category__parent__code=CATEGORY)
        | Q(kind=kind, matter=matter)
    )
    found = visible_cases(actor).filter(is_meant, path__startswith=path)
    return set(found.filter(opened_at__gte=since, opened_at__lt=until).values_list("pk", flat=True))


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
