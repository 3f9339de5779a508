"""Figures of a place and a period, counted by the database from the events of cases.

`rules/recounting.py` counts the same from an exported file, by code that shares nothing with this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from linli.cases.queries.kinds import all_kinds, newest_kind
from linli.cases.queries.public import NEVER_SHOWN, TAKEN_BACK
from linli.cases.types.rates import (
    KIND,
    OTHERWISE,
    OUTCOMES,
    Counted,
    Counts,
    Figures,
    Heard,
    Line,
    Period,
    Rate,
)
from linli.cases.types.rating import BAD, GOOD
from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.errors import NotFound
from linli.kernel.permits import PUBLIC, STAFF, Actor
from linli.places.types import PlaceRow
from linli.rulebook import queries as rulebook

MONTH, MOST = timedelta(days=30), timedelta(days=800)
EXCLUDES = "report.rate_excludes"
# a place is counted by what lies directly below it; a village is one unit
UNITS = {"city": "town_id", "town": "village_id", "village": "village_id"}

WHICH = """
    c.kind = %(kind)s AND c.{place} = %(place)s AND c.level <= %(level)s
    AND NOT c.matter = ANY(%(never)s) AND c.parent_id IS NULL
    AND c.about_post_id IS NULL {public}
"""
ROUNDS = """
WITH touched AS (
    SELECT DISTINCT e.case_id, e.cycle
      FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id
     WHERE e.at >= %(since)s AND e.at < %(until)s AND {which}
), stood AS (
    SELECT t.case_id, t.cycle, c.{unit} AS unit_id, c.category_id, last.state, s.stage,
           CASE WHEN s.stage = 'open' THEN 'open' WHEN s.stage = 'answered' THEN 'answered'
                ELSE 'ended' END AS pile
      FROM touched t JOIN cases_case c ON c.id = t.case_id
      JOIN LATERAL (SELECT e.state FROM cases_caseevent e
                     WHERE e.case_id = t.case_id AND e.cycle = t.cycle AND e.at < %(until)s
                     ORDER BY e.seq DESC LIMIT 1) last ON true
      JOIN cases_kindstate s ON s.kind = c.kind AND s.version = c.version AND s.state = last.state
), cycles AS (
    SELECT st.*,
           (SELECT min(e.at) FROM cases_caseevent e
             WHERE e.case_id = st.case_id AND e.cycle = st.cycle) AS began_at,
           (SELECT min(e.at) FROM cases_caseevent e
             WHERE e.case_id = st.case_id AND e.cycle = st.cycle AND e.at < %(until)s
               AND e.seq > coalesce((
                   SELECT max(b.seq) FROM cases_caseevent b
                     JOIN cases_case c ON c.id = b.case_id
                     JOIN cases_kindstate s
                       ON s.kind = c.kind AND s.version = c.version AND s.state = b.state
                    WHERE b.case_id = st.case_id AND b.cycle = st.cycle AND b.at < %(until)s
                      AND CASE WHEN s.stage = 'open' THEN 'open' WHEN s.stage = 'answered'
                               THEN 'answered' ELSE 'ended' END <> st.pile), 0)) AS came_at,
           (SELECT k ->> 'state' FROM cases_caseevent e,
                   jsonb_array_elements(coalesce(e.facts -> 'clocks', '[]'::jsonb)) k
             WHERE e.case_id = st.case_id AND e.at < %(until)s AND k ->> 'key' = %(clock)s
               AND (k ->> 'cycle')::int = st.cycle
             ORDER BY e.seq DESC LIMIT 1) AS clock
      FROM stood st
), told AS (
    SELECT case_id, unit_id, category_id, cycle, clock, came_at,
           began_at >= %(since)s AND began_at < %(until)s AS is_new,
           CASE WHEN pile = 'open' OR came_at < %(since)s THEN ''
                WHEN pile = 'answered' THEN 'answered'
                WHEN stage IN ('solved', 'refused') THEN stage
                WHEN state = ANY(%(named)s) THEN state ELSE %(otherwise)s END AS outcome,
           pile = 'ended' AND came_at >= %(since)s AS is_ended
      FROM cycles
)
"""
COUNTED = """
SELECT unit_id, category_id, outcome,
       count(*) FILTER (WHERE is_new) AS came,
       count(*) FILTER (WHERE is_new AND cycle > 1) AS reopened,
       count(*) FILTER (WHERE is_ended AND clock = 'met') AS in_time,
       count(*) FILTER (WHERE is_ended AND clock = 'late') AS late,
       count(*) AS cycles
  FROM told GROUP BY unit_id, category_id, outcome
"""
RATED = """
SELECT count(*) FILTER (WHERE r.counts AND r.excluded_at IS NULL AND r.grade >= %(good)s),
       count(*) FILTER (WHERE r.counts AND r.excluded_at IS NULL),
       count(*) FILTER (WHERE r.grade <= %(bad)s),
       count(*) FILTER (WHERE r.grade <= %(bad)s AND EXISTS (
           SELECT 1 FROM cases_callback k WHERE k.case_id = r.case_id AND k.cycle = r.cycle
              AND k.by_case_id IS NOT DISTINCT FROM r.by_case_id
              AND k.is_for_bad AND k.reached <> 'no'
              AND k.done_at >= r.given_at AND k.done_at < %(until)s)),
       count(*) FILTER (WHERE NOT r.counts AND NOT is_second),
       count(*) FILTER (WHERE r.counts AND r.excluded_at IS NOT NULL),
       count(*) FILTER (WHERE r.grade <= %(bad)s AND NOT EXISTS (
           SELECT 1 FROM cases_callback k WHERE k.case_id = r.case_id AND k.cycle = r.cycle
              AND k.by_case_id IS NOT DISTINCT FROM r.by_case_id AND k.is_for_bad)),
       count(*) FILTER (WHERE is_second)
  FROM cases_rating r JOIN cases_case c ON c.id = r.case_id
 CROSS JOIN LATERAL (SELECT NOT r.counts AND EXISTS (
       SELECT 1 FROM cases_rating o WHERE o.case_id = r.case_id AND o.cycle = r.cycle
          AND o.counts AND o.id < r.id) AS is_second) earlier
 WHERE r.given_at >= %(since)s AND r.given_at < %(until)s AND {which}
"""
CALLED = """
SELECT count(*) FILTER (WHERE k.grade >= %(good)s), count(*)
  FROM cases_callback k JOIN cases_case c ON c.id = k.case_id
 WHERE k.is_sample AND k.reached = 'yes'
   AND k.done_at >= %(since)s AND k.done_at < %(until)s AND {which}
"""


def counted_as(kind: str, *, is_public: bool = False) -> Counted:
    """Return how the cases of a kind are counted. Refuses with UnknownKind, NotFound if they are not."""
    found = newest_kind(kind)
    if not found.timed_by:
        raise NotFound(kind=kind)
    level = PUBLIC if is_public else max(STAFF, found.sees.level)
    return Counted(kind, found.timed_by, level, is_public)


def counted_kinds() -> list[tuple[str, Any]]:
    """Return the kinds whose rounds are counted, reports first, with what they are called."""
    found = {kind.key: kind.title for kind in all_kinds() if kind.timed_by}
    return sorted(found.items(), key=lambda pair: (pair[0] != KIND, pair[0]))


def figures_of(place: PlaceRow, first: date, last: date, counted: Counted = Counted()) -> Figures:
    """Return the figures of a place from one day to another, both included.

    What is public counts only what everybody may count on the public list; staff see all up to
    their level, never tips.
    """
    since, until = bounds(first, last)
    period = Period(since, until, excluded_on(place.path, last))
    which, params = which_of(place, counted), params_of(place, period, counted)
    text = ROUNDS.format(which=which, unit=UNITS[place.level]) + COUNTED
    lines = _lines(place, sql.tuples("cases.rates", text, params))
    return Figures(place.code, first, last, period, lines, _heard(which, params), counted)


def visible_figures(
    actor: Actor, place: PlaceRow, kind: str, first: date | None, last: date | None, *, today: date
) -> Figures:
    """Return the figures of a place for who sees its cases of a kind; without days those of a month.

    Longer than two years is cut: the same events would count too often, and reports ask for no more.
    Refuses with NotFound.
    """
    counted = counted_as(kind)
    level = max(STAFF, counted.level)
    if not actor.may(newest_kind(kind).sees, at=place.path, level=level):
        raise NotFound()
    until = min(last or today, today)
    since = min(first or until - MONTH, until)
    return figures_of(place, max(since, until - MOST), until, counted)


def excluded_on(path: str, day: date) -> frozenset[str]:
    """Return the outcomes that no share counts on a day, by the rulebook."""
    return frozenset(rulebook.lookup(EXCLUDES, path, day).codes)


def which_of(place: PlaceRow, counted: Counted) -> str:
    """Return the condition for the cases that are counted."""
    public = "AND NOT c.state = %(taken_back)s" if counted.is_public else ""
    return WHICH.format(place=f"{place.level}_id", public=public)


def params_of(place: PlaceRow, period: Period, counted: Counted) -> dict[str, Any]:
    """Return what the statements of figures are asked with."""
    return {
        "kind": counted.kind, "place": place.id, "level": counted.level,
        "never": list(NEVER_SHOWN), "taken_back": TAKEN_BACK, "since": period.since,
        "until": period.until, "clock": counted.clock, "good": GOOD, "bad": BAD,
        "named": list(OUTCOMES), "otherwise": OTHERWISE,
    }  # fmt: skip


def _lines(place: PlaceRow, rows: list[tuple[Any, ...]]) -> list[Line]:
    found: dict[tuple[int, int | None], Counts] = defaultdict(Counts)
    for unit_id, category_id, outcome, came, reopened, in_time, late, cycles in rows:
        more: dict[str, int] = {
            "came": came,
            "reopened": reopened,
            "in_time": in_time,
            "late": late,
        }
        if outcome:
            more[outcome] = cycles
        found[unit_id, category_id].add(more)
    units = _codes("places_place", {unit for unit, _category in found})
    categories = _codes("cases_category", {category for _unit, category in found if category})
    lines = [
        # what is filed at a town itself, below no village, stands under the town's own code
        Line(units.get(unit, place.code), categories.get(category or 0, ""), counts)
        for (unit, category), counts in found.items()
    ]
    return sorted(lines, key=lambda line: (line.unit, line.category))


def _codes(table: str, ids: set[int]) -> Mapping[int, str]:
    text = f"SELECT id, code FROM {table} WHERE id = ANY(%s)"  # noqa: S608  constants only
    return dict(sql.tuples("cases.codes", text, [list(ids)]))


def _heard(which: str, params: dict[str, Any]) -> Heard:
    rated = sql.tuples("cases.rated", RATED.format(which=which), params)[0]
    called = sql.tuples("cases.called", CALLED.format(which=which), params)[0]
    return Heard(Rate(*rated[:2]), Rate(*called), *rated[2:])
