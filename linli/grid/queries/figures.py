"""Figures of events in the cells of a place over some days (GR-04): of the ground, never of who works there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.cases.queries.reading import cases_about
from linli.grid.types import EVENT
from linli.grid.types.figures import Counted, Figure, Found, Span
from linli.kernel import sql
from linli.kernel.days import bounds
from linli.kernel.paging import COUNT_LIMIT, Page, bad_cursor, decode_cursor, encode_cursor
from linli.kernel.permits import STAFF, Actor

DAYS = 90
FACTS = """
WITH facts AS (
    SELECT c.id, c.number, c.title, s.path, t.filed_at, t.disposed_at, t.closed_at,
           t.reworks, t.reworks > 0 AS is_reworked, k.due_at, k.ended_at < %(until)s AS is_ended,
           k.ended_at < %(until)s AND k.ended_at <= k.due_at AS is_on_time,
           CASE WHEN k.ended_at < %(until)s THEN k.ended_at
                WHEN k.state <> 'paused' OR k.is_overdue THEN k.due_at END AS counted_at
      FROM grid_sighting s JOIN cases_case c ON c.id = s.case_id
      CROSS JOIN LATERAL (
          SELECT min(e.at) FILTER (WHERE e.move = 'file') AS filed_at,
                 min(e.at) FILTER (WHERE e.move IN ('dispose', 'settle')) AS disposed_at,
                 max(e.at) FILTER (WHERE e.move = 'pass_check') AS closed_at,
                 count(*) FILTER (WHERE e.move = 'rework') AS reworks
            FROM cases_caseevent e WHERE e.case_id = c.id AND e.at < %(until)s) t
      LEFT JOIN LATERAL (
          SELECT k.due_at, k.ended_at, k.state, k.is_overdue FROM cases_caseclock k
           WHERE k.case_id = c.id AND k.key = 'dispose' AND k.state <> 'void'
           ORDER BY k.cycle DESC LIMIT 1) k ON true
     WHERE s.path >= %(path)s AND s.path < %(path)s || '~' AND s.seen_at < %(until)s
       AND c.kind = %(kind)s AND c.level <= %(level)s
       AND (c.is_open OR c.closed_at >= %(since)s OR s.seen_at >= %(since)s)
)
"""
NUMBERS = """
       count(*), count(*) FILTER (WHERE {due}), count(*) FILTER (WHERE {due} AND is_on_time),
       count(*) FILTER (WHERE {filed}), count(*) FILTER (WHERE {filed} AND closed_at IS NOT NULL),
       count(*) FILTER (WHERE {disposed}), count(*) FILTER (WHERE {disposed} AND is_reworked),
       count(*) FILTER (WHERE {closed}), count(*) FILTER (WHERE {closed} AND is_on_time),
       avg(extract(epoch FROM disposed_at - filed_at) / 3600) FILTER (WHERE {measured}),
       count(*) FILTER (WHERE {measured})
  FROM facts WHERE NOT id = ANY(%(unseen)s)
"""
WITHIN = "{what} >= %(since)s AND {what} < %(until)s"
PILES = {
    "due": WITHIN.format(what="counted_at"),
    "filed": WITHIN.format(what="filed_at"),
    "disposed": WITHIN.format(what="disposed_at"),
    # what was settled on the spot had no term to be disposed of
    "closed": WITHIN.format(what="closed_at") + " AND due_at IS NOT NULL",
    "measured": WITHIN.format(what="disposed_at") + " AND filed_at IS NOT NULL",
}
# those of a pile that are counted in the figure
GOOD = {
    "due": "is_on_time",
    "filed": "closed_at IS NOT NULL",
    "disposed": "is_reworked",
    "closed": "is_on_time",
    "measured": "true",
}
LISTED = """
SELECT id, number, path, filed_at, due_at, disposed_at, closed_at, reworks FROM facts
 WHERE {pile} AND ({good}) IS {is_good} AND number > %(after)s AND NOT id = ANY(%(unseen)s)
 ORDER BY number LIMIT %(most)s
"""
COUNTS = FACTS + "SELECT" + NUMBERS.format(**PILES)
# the path of the place below, of so many steps
COUNTS_BELOW = f"""{FACTS}
SELECT array_to_string((string_to_array(path, '/'))[1:%(steps)s], '/') || '/',
       {NUMBERS.format(**PILES)} GROUP BY 1
"""


def last_days(on: date) -> Span:
    """Return the 90 days that end with a day, over which indicators count."""
    return Span(on - timedelta(days=DAYS - 1), on)


def counted(path: str, span: Span, unseen: Sequence[int] = ()) -> Counted:
    """Count the events of a place and below over some days, without those; one query."""
    rows = sql.tuples("grid.figures", COUNTS, params_of(path, span, unseen))
    return Counted(*rows[0])


def counted_below(path: str, span: Span, unseen: Sequence[int] = ()) -> dict[str, Counted]:
    """Count the events of each place directly below a place, by its path; those without any are left out."""
    params = {**params_of(path, span, unseen), "steps": path.count("/") + 1}
    return {
        str(at): Counted(*row)
        for at, *row in sql.tuples("grid.figures_below", COUNTS_BELOW, params)
    }


def about_reader(actor: Actor, path: str) -> tuple[int, ...]:
    """Return the events at a place and below that are about the reader: she is told of none, nor by a sum."""
    if actor.is_system:
        return ()
    found = cases_about(actor).filter(kind=EVENT, path__startswith=path)
    return tuple(found.values_list("pk", flat=True))


def listed(
    path: str, span: Span, pile: str, *, is_good: bool, after: str = "", most: int,
    unseen: Sequence[int] = (),
) -> Sequence[Found]:  # fmt: skip
    """Return the events in a pile (a key of PILES) by number, those behind a number, at most so many.

    Without those that are not to be named.
    """
    text = _of_pile(LISTED, pile, is_good=is_good)
    params = {**params_of(path, span, unseen), "most": most, "after": after}
    return [Found(*row) for row in sql.tuples(f"grid.figures.{pile}.{is_good}", text, params)]


def _of_pile(text: str, pile: str, *, is_good: bool) -> str:
    wanted = "TRUE" if is_good else "NOT TRUE"
    return FACTS + text.format(pile=PILES[pile], good=GOOD[pile], is_good=wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """Those of a figure's events that count in it, or the others, without those not to be named."""

    path: str
    span: Span
    figure: Figure
    is_good: bool
    unseen: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many events these are."""
        found = counted(self.path, self.span, self.unseen)
        if not self.figure.is_share:
            return found.measured if self.is_good else 0
        good: int = getattr(found, self.figure.good)
        whole: int = getattr(found, self.figure.whole)
        return good if self.is_good else whole - good

    def rows(self, *, after: str = "", most: int) -> Sequence[Found]:
        """Return its events by number, those behind a number, at most so many."""
        return listed(
            self.path, self.span, self.figure.pile, is_good=self.is_good, after=after, most=most,
            unseen=self.unseen,
        )  # fmt: skip


def page_of_part(part: Part, *, cursor: str | None, limit: int) -> Page[Found]:
    """Return one page of the events of a part. Refuses with Invalid."""
    values = decode_cursor(cursor)[1] if cursor else [""]
    if len(values) != 1:
        raise bad_cursor()
    rows = list(part.rows(after=values[0], most=limit + 1))
    more, items, size = len(rows) > limit, rows[:limit], part.size
    return Page(
        items=items, next=encode_cursor([items[-1].number]) if more else None, previous=None,
        count=min(size, COUNT_LIMIT), has_more_than_count=size > COUNT_LIMIT,
    )  # fmt: skip


def params_of(path: str, span: Span, unseen: Sequence[int] = ()) -> dict[str, Any]:
    """Return what the statements of figures are asked with."""
    since, until = bounds(span.first, span.last)
    return {
        "path": path, "since": since, "until": until, "kind": EVENT, "level": STAFF,
        "unseen": list(unseen),
    }  # fmt: skip
