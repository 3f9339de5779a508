"""What is due of the plan at a city or town, and its public numbers: kept for the homes of places.

A home page is asked most of all pages and says the same to everybody, so nothing is asked of the
database while the last look is fresh, and one statement else. Only public targets and values are in it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from linli.kernel import sql
from linli.plan.queries.values import Shown
from linli.plan.rules.due import Due, DueLine, due_of, in_order
from linli.plan.rules.progress import Count, Goal

# values change at night, filings now and then: a home page may be this old
FRESH_SECONDS = 30.0
MOST_KEPT = 500
DEPTH_OF_TOWN = 2
DUE = """
WITH d AS (
    SELECT id FROM plan_plandocument
     WHERE is_current AND is_main AND left(%(path)s, length(path)) = path
), v AS (
    SELECT DISTINCT ON (indicator) indicator, as_of, numerator, denominator, evidence_count
      FROM plan_indicatorvalue WHERE path = %(path)s AND level = 1 AND as_of <= %(on)s
     ORDER BY indicator, as_of DESC
)
SELECT 'target' AS what, t.deadline AS due_on, k.number, t.code, t.name, t.name_en, t.force,
       t.kind, t.operator, t.value, t.unit, v.as_of, v.numerator, v.denominator
  FROM d JOIN plan_target t ON t.document_id = d.id JOIN plan_task k ON k.id = t.task_id
  LEFT JOIN v ON v.indicator = t.indicator_key
 WHERE t.level = 1 AND t.deadline IS NOT NULL
UNION ALL
SELECT 'stage', s.last_on, s.number, '', s.name, s.name_en, '', '', '', NULL, '', NULL, NULL, NULL
  FROM d JOIN plan_stage s ON s.document_id = d.id WHERE s.last_on >= %(on)s
UNION ALL
SELECT 'town_plan', min(c.due_on), NULL, '', '', '', '', '', '', NULL, '', NULL, NULL, NULL
  FROM d JOIN plan_call c ON c.document_id = d.id AND c.kind = 'town_plan'
  JOIN places_place p ON p.path = %(path)s AND p.level = 'town'
 WHERE (c.ends_on IS NULL OR c.ends_on > %(on)s) AND left(p.path, length(c.path)) = c.path
   AND (NOT p.is_invented OR c.path = p.path)
   AND NOT EXISTS (SELECT 1 FROM plan_townplan f WHERE f.document_id = d.id
                   AND f.place_id = p.id AND f.state <> 'returned')
HAVING count(*) > 0
UNION ALL
SELECT 'number', NULL, NULL, v.indicator, '', '', '', '', '', NULL, '', v.as_of, v.numerator,
       v.denominator
  FROM v WHERE v.numerator IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the statement; `code` of a number is its indicator."""

    what: str
    due_on: date | None
    number: int | None
    code: str
    name: str
    name_en: str
    force: str
    kind: str
    operator: str
    value: Decimal | None
    unit: str
    as_of: date | None
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """Lines and numbers of one city or town as of a day."""

    on: date
    read_at: float
    lines: list[DueLine]
    numbers: list[Shown]


_known: dict[tuple[str, str], Known] = {}


def due_at(path: str, on: date) -> list[DueLine]:
    """Return what is due at a place: of a village what is due in its town. No query while fresh."""
    return _now(path, on).lines


def numbers_at(path: str, on: date) -> list[Shown]:
    """Return the newest public values of a city or town; of a village those of its town."""
    return _now(path, on).numbers


def forget() -> None:
    """Read anew at the next look: for tests, which undo what they wrote."""
    _known.clear()


def _now(path: str, on: date) -> Known:
    area = "/".join(path.split("/")[:-1][:DEPTH_OF_TOWN]) + "/"
    key = str(connection.settings_dict["NAME"]), area
    found = _known.get(key)
    if found and found.on == on and time.monotonic() - found.read_at < FRESH_SECONDS:
        return found
    if len(_known) > MOST_KEPT:
        _known.clear()
    _known[key] = found = _read(area, on)
    return found


def _read(area: str, on: date) -> Known:
    rows = sql.rows("plan.due", DUE, {"path": area, "on": on}, Row)
    lines = [line for row in rows if (line := _line(row, on))]
    numbers = [
        Shown(row.code, area, row.as_of, row.numerator, row.denominator, 0, 1)
        for row in rows
        if row.what == "number" and row.as_of
    ]
    return Known(on, time.monotonic(), in_order(lines), sorted(numbers, key=_by_indicator))


def _by_indicator(one: Shown) -> str:
    return one.indicator


def _line(row: Row, on: date) -> DueLine | None:
    if row.what == "number":
        return None
    due: Due | None = Due.NEXT
    if row.what == "target":
        value = None if row.value is None else f"{row.value.normalize():f}"
        goal = Goal(row.code, row.kind, row.operator, value, row.unit, row.force, row.due_on)
        due = due_of(goal, Count(row.numerator, row.denominator), on)
    elif row.due_on and row.due_on < on:
        due = Due.LATE
    if due is None:
        return None
    return DueLine(
        row.what, due, row.due_on, row.number, row.code, row.name, row.name_en, row.force
    )
