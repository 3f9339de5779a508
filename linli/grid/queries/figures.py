"""Figures of events in the cells of a place over 90 days (GR-04): of the ground, never of who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import make_aware

from linli.grid.types import EVENT
from linli.kernel import sql
from linli.kernel.permits import STAFF

DAYS = 90
MOST = 700
FACTS = """
WITH facts AS (
    SELECT c.id, c.number, c.title, s.path, t.filed_at, t.disposed_at, t.closed_at,
           t.reworks > 0 AS is_reworked, k.due_at, k.ended_at < %(until)s AS is_ended,
           k.ended_at < %(until)s AND k.ended_at <= k.due_at AS is_on_time,
           CASE WHEN k.ended_at < %(until)s THEN k.ended_at
                WHEN k.state <> 'paused' THEN k.due_at END AS counted_at
      FROM grid_sighting s JOIN cases_case c ON c.id = s.case_id
      CROSS JOIN LATERAL (
          SELECT min(e.at) FILTER (WHERE e.move = 'file') AS filed_at,
                 min(e.at) FILTER (WHERE e.move IN ('dispose', 'settle')) AS disposed_at,
                 max(e.at) FILTER (WHERE e.move = 'pass_check') AS closed_at,
                 count(*) FILTER (WHERE e.move = 'rework') AS reworks
            FROM cases_caseevent e WHERE e.case_id = c.id AND e.at < %(until)s) t
      LEFT JOIN LATERAL (
          SELECT k.due_at, k.ended_at, k.state FROM cases_caseclock k
           WHERE k.case_id = c.id AND k.key = 'dispose' AND k.state <> 'void'
           ORDER BY k.cycle DESC LIMIT 1) k ON true
     WHERE s.path >= %(path)s AND s.path < %(path)s || '~' AND s.seen_at < %(until)s
       AND c.kind = %(kind)s AND c.level <= %(level)s
       AND (c.is_open OR c.closed_at >= %(since)s OR s.seen_at >= %(since)s)
)
"""
COUNTS = (
    FACTS
    + """
SELECT count(*), count(*) FILTER (WHERE {due}), count(*) FILTER (WHERE {due} AND is_on_time),
       count(*) FILTER (WHERE {filed}), count(*) FILTER (WHERE {filed} AND closed_at IS NOT NULL),
       count(*) FILTER (WHERE {disposed}), count(*) FILTER (WHERE {disposed} AND is_reworked),
       count(*) FILTER (WHERE {closed}), count(*) FILTER (WHERE {closed} AND is_on_time),
       avg(extract(epoch FROM disposed_at - filed_at) / 3600)
           FILTER (WHERE {disposed} AND filed_at IS NOT NULL),
       count(*) FILTER (WHERE {disposed} AND filed_at IS NOT NULL)
  FROM facts
"""
)
WITHIN = "{what} >= %(since)s AND {what} < %(until)s"
PILES = {
    "due": WITHIN.format(what="counted_at"),
    "filed": WITHIN.format(what="filed_at"),
    "disposed": WITHIN.format(what="disposed_at"),
    # what was settled on the spot had no term to be disposed of
    "closed": WITHIN.format(what="closed_at") + " AND due_at IS NOT NULL",
}
GOOD = {
    "due": "is_on_time",
    "filed": "closed_at IS NOT NULL",
    "disposed": "is_reworked",
    "closed": "is_on_time",
}
LISTED = """
SELECT number, path FROM facts WHERE {pile} AND ({good}) IS {is_good} ORDER BY number LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the events of a place; `hours` is the mean from filing to disposal, None if unknown."""

    seen: int
    due: int
    on_time: int
    filed: int
    filed_closed: int
    disposed: int
    reworked: int
    closed: int
    closed_on_time: int
    hours: Decimal | None
    measured: int


def counted(path: str, on: date) -> Counted:
    """Count the events of a place and below over the 90 days that end with a day; one query."""
    rows = sql.tuples("grid.figures", COUNTS.format(**PILES), _params(path, on))
    return Counted(*rows[0])


def listed(path: str, on: date, pile: str, *, is_good: bool) -> Sequence[tuple[str, str]]:
    """Return number and path of the events in a pile (a key of PILES), at most 700."""
    wanted = "TRUE" if is_good else "NOT TRUE"
    text = FACTS + LISTED.format(pile=PILES[pile], good=GOOD[pile], is_good=wanted)
    found = sql.tuples(f"grid.figures.{pile}.{is_good}", text, {**_params(path, on), "most": MOST})
    return [(str(number), str(where)) for number, where in found]


def _params(path: str, on: date) -> dict[str, Any]:
    until = make_aware(datetime.combine(on + timedelta(days=1), time()))
    since = make_aware(datetime.combine(on - timedelta(days=DAYS - 1), time()))
    return {"path": path, "since": since, "until": until, "kind": EVENT, "level": STAFF}
