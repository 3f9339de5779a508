"""One list for all kinds: open cases by due day, by category, mine, overdue; keyset paging.

Each right is one ordered, limited branch over an index that begins with the id of its place; the
branches are put together and cut. So a page costs the same whether a thousand or a million cases
lie behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from linli.cases.queries.branches import Branch, branches
from linli.cases.types.listing import CasePage, CaseRow, Flag, View, Wanted
from linli.kernel import sql
from linli.kernel.paging import (
    COUNT_LIMIT,
    DEFAULT_LIMIT,
    bad_cursor,
    decode_cursor,
    encode_cursor,
)
from linli.kernel.permits import Actor

__all__ = [
    "CasePage",
    "CaseRow",
    "Flag",
    "View",
    "Wanted",
    "count_cases",
    "count_each",
    "list_cases",
]

COLUMNS = """c.id, c.number, c.kind, c.version, c.state, c.stage, c.is_open, c.level, c.channel,
    c.matter, c.title, c.title_en, c.category_id, c.path,
    coalesce(nullif(c.village_id, 0), nullif(c.town_id, 0), c.city_id) AS at_id, c.lon, c.lat,
    c.opened_at, c.closed_at, c.due_at, c.due_clock, c.is_provisional, c.seq, c.lead_post_id,
    c.offered_post_id, c.bounced, c.reopened"""
PAGE = """
SELECT c.id, c.number, c.kind, c.version, c.state, c.stage, c.is_open, c.level, c.channel,
       c.matter, c.title, c.title_en, g.title AS category, g.title_en AS category_en, c.path, p.name AS place,
       p.name_en AS place_en, c.lon, c.lat, c.opened_at, c.closed_at, c.due_at, c.due_clock,
       c.is_provisional, c.seq, c.lead_post_id, c.offered_post_id, c.bounced, c.reopened
  FROM ({branches}) c
  LEFT JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN places_place p ON p.id = c.at_id
 ORDER BY {order} LIMIT %s
"""
BY_DAY = """
SELECT ((due_at AT TIME ZONE 'Asia/Shanghai') - interval '1 microsecond')::date, count(*)::int
  FROM ({branches}) c GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class _Order:
    """An order with its index: by the day due, or by the day opened, newest first."""

    column: str
    falls: bool

    def by(self, *, backwards: bool) -> str:
        word = " DESC" if self.falls != backwards else ""
        return f"c.{self.column}{word}, c.id{word}"

    def beyond(self, *, backwards: bool) -> str:
        sign = "<" if self.falls != backwards else ">"
        return f"(c.{self.column}, c.id) {sign} (%s, %s)"


DUE, NEWEST = _Order("due_at", falls=False), _Order("opened_at", falls=True)


def _order_of(wanted: Wanted) -> _Order:
    return NEWEST if wanted.view is View.CLOSED else DUE


def list_cases(
    actor: Actor, wanted: Wanted, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> CasePage:
    """Return cases that the actor may see; open ones due first, closed ones newest first.

    One statement. Refuses with Invalid when the cursor was not made by us.
    """
    backwards, after = _after(cursor)
    found = branches(actor, wanted)
    if not found:
        return CasePage([], None)
    order = _order_of(wanted)
    cut = order.by(backwards=backwards)
    if after:
        found = [one.and_(order.beyond(backwards=backwards), *after) for one in found]
    text = PAGE.format(branches=_union(found, COLUMNS, f"ORDER BY {cut} LIMIT %s"), order=cut)
    params = [value for one in found for value in (*one.params, limit + 1)]
    rows = sql.rows("cases.list", text, [*params, limit + 1], CaseRow, anew=True)
    more, items = len(rows) > limit, rows[:limit]
    if backwards:
        items.reverse()
    return CasePage(
        items,
        _mark(items[-1], order) if items and (more or backwards) else None,
        _mark(items[0], order, backwards=True)
        if items and cursor and (more or not backwards)
        else None,
    )


def count_cases(actor: Actor, wanted: Wanted) -> int:
    """Return how many there are, counted up to one more than the limit of counts."""
    return count_each(actor, [wanted])[0]


def count_each(actor: Actor, asked: Sequence[Wanted], *, most: int = COUNT_LIMIT) -> list[int]:
    """Return how many there are of each, counted up to one more than `most`; one statement."""
    parts: list[str] = []
    params: list[Any] = []
    for wanted in asked:
        found = branches(actor, wanted)
        if not found:
            parts.append("0")
            continue
        # in the order of the list, along its index: unordered, a large table is read from some place
        # in its middle, and what is counted costs as much as luck has it
        ids = _union(found, "c.id", f"ORDER BY {_order_of(wanted).by(backwards=False)} LIMIT %s")
        parts.append(f"(SELECT count(*)::int FROM (SELECT * FROM ({ids}) u LIMIT %s) n)")  # noqa: S608
        params += [value for one in found for value in (*one.params, most + 1)] + [most + 1]
    if all(part == "0" for part in parts):
        return [0] * len(parts)
    rows = sql.tuples("cases.count", f"SELECT {', '.join(parts)}", params, anew=True)
    return list(rows[0])


def due_by_day(actor: Actor, wanted: Wanted, first: datetime, last: datetime) -> dict[date, int]:
    """Return how many open cases are due on each day of a span; days without any are left out."""
    found = [
        one.and_("c.due_at > %s AND c.due_at <= %s", first, last) for one in branches(actor, wanted)
    ]
    if not found:
        return {}
    text = BY_DAY.format(branches=_union(found, "c.id, c.due_at", ""))
    return dict(
        sql.tuples("cases.by_day", text, [v for one in found for v in one.params], anew=True)
    )


def placed_cases(actor: Actor, wanted: Wanted, *, limit: int) -> list[CaseRow]:
    """Return the first cases of a list that have a point, for a map."""
    return list_cases(actor, replace(wanted, is_placed=True), limit=limit).items


def _union(found: Sequence[Branch], columns: str, end: str) -> str:
    return " UNION ".join(
        f"(SELECT {columns} FROM cases_case c WHERE {one.condition} {end})"  # noqa: S608
        for one in found
    )


def _mark(row: CaseRow, order: _Order, *, backwards: bool = False) -> str:
    at: datetime = getattr(row, order.column)
    return encode_cursor([at.isoformat(), row.id], backwards=backwards)


def _after(cursor: str | None) -> tuple[bool, tuple[Any, ...]]:
    if not cursor:
        return False, ()
    backwards, values = decode_cursor(cursor)
    try:
        at, number = values
        return backwards, (datetime.fromisoformat(at), int(number))
    except ValueError as error:
        raise bad_cursor() from error
