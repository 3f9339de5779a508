"""The rounds behind a published week of a village, each with the events by which it counts."""

from __future__ import annotations

from datetime import date

from linli.cases.queries.rates import ROUNDS, UNITS, params_of, which_of
from linli.cases.rules.published import Round
from linli.cases.types.rates import Figures
from linli.kernel import sql
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.rulebook import queries as rulebook

SMALL_CELL = "pi.small_cell"
LINES = """
SELECT coalesce(g.code, ''), t.outcome, CASE WHEN t.is_new THEN came.hash END, ended.hash
  FROM told t LEFT JOIN cases_category g ON g.id = t.category_id
  JOIN LATERAL (SELECT e.hash FROM cases_caseevent e
                 WHERE e.case_id = t.case_id AND e.cycle = t.cycle ORDER BY e.seq LIMIT 1) came
    ON true
  LEFT JOIN LATERAL (SELECT e.hash FROM cases_caseevent e
                      WHERE e.case_id = t.case_id AND e.cycle = t.cycle AND e.at = t.came_at
                      ORDER BY e.seq DESC LIMIT 1) ended ON t.outcome <> ''
 WHERE t.is_new OR t.outcome <> ''
"""


def rounds_of(place: PlaceRow, figures: Figures) -> list[Round]:
    """Return the rounds that count in figures of a place."""
    text = ROUNDS.format(which=which_of(place, figures.counted), unit=UNITS[place.level]) + LINES
    rows = sql.tuples("cases.week_rounds", text, params_of(place, figures.period, figures.counted))
    return [
        Round(category, outcome, bytes(came or b""), bytes(ended or b""))
        for category, outcome, came, ended in rows
    ]


def smallest_cell(code: str, on: date) -> int:
    """Return the smallest count of a place that may be published."""
    return rulebook.lookup(SMALL_CELL, places.path_of(code) or "", on).number
