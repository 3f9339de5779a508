"""The cases behind T18-1 as lines of JSON, for `linli verify rates`: also those that are left out.

What is about a post, or not for all staff, counts nowhere. Of other cases that the reader may not
see, such as those of a kind that is not hers, she is told numbers of a town or the city, and none
that is small; `rules/unseen.py` says which. What was published is told to her without the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linli.cases.queries.reading import visible_cases
from linli.cases.queries.sanitation import CATEGORY, sanitation_counts
from linli.cases.queries.week_export import smallest_cell
from linli.cases.rules.recounting_sanitation import COMPANY, FORMAT, NAMES, counts_of
from linli.cases.rules.unseen import told_above
from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.paths import code_of
from linli.kernel.permits import STAFF, Actor
from linli.places.types import PlaceRow

BEHIND = """
SELECT c.id, p.path, c.number, p.code, c.kind, c.matter, ARRAY_REMOVE(ARRAY[g.code, whole.code], NULL),
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
   AND c.level <= %(level)s AND c.about_post_id IS NULL
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
    params = {
        "path": place.path, "since": since, "until": until, "category": CATEGORY, "level": STAFF,
    }  # fmt: skip
    with sql.unhurried():
        rows = sql.tuples("cases.sanitation_behind", BEHIND, params)
        seen = _seen(actor, place.path, since, until)
    unseen: dict[str, list[dict[str, Any]]] = {}
    for pk, path, *values in rows:
        line = dict(zip(KEYS, values, strict=True))
        if pk in seen:
            yield _line(line)
        else:
            unseen.setdefault(path, []).append(line)
    hidden = {path: numbers for path, lines in unseen.items() for numbers in _of(lines, header)}
    told = told_above(hidden, place.path, smallest_cell(place.code, last))
    for path, numbers in told.items():
        yield _line({"unseen": {"place": code_of(path), "counts": numbers}})
    for path, numbers in _published(place.path, since, until, hidden, told).items():
        yield _line({"published": {"place": code_of(path), "counts": numbers}})


def _of(lines: list[dict[str, Any]], header: Mapping[str, Any]) -> Iterator[dict[str, int]]:
    yield from counts_of(lines, header).values()


def _published(
    path: str,
    since: datetime,
    until: datetime,
    hidden: Mapping[str, Mapping[str, int]],
    told: Mapping[str, Mapping[str, int]],
) -> dict[str, dict[str, int]]:
    """Return by path what was counted, without what is hidden and with what is told of it above."""
    found = {
        row.path: {name: getattr(row, name) for name in NAMES}
        for row in sanitation_counts(path, since, until)
    }
    for sign, part in ((-1, hidden), (1, told)):
        for at, numbers in part.items():
            here = found.setdefault(at, dict.fromkeys(NAMES, 0))
            for name in NAMES:
                here[name] += sign * numbers[name]
    return {at: numbers for at, numbers in sorted(found.items()) if any(numbers.values())}


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
