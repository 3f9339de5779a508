"""One list for all kinds: open cases by due day, by category, mine, overdue; keyset paging.

Each right is one ordered, limited branch over an index that begins with the id of its place; the
branches are put together and cut. So a page costs the same whether a thousand or a million cases
lie behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from linli.cases.queries.kinds import sight_of
from linli.kernel import sql
from linli.kernel.paging import DEFAULT_LIMIT, bad_cursor, decode_cursor, encode_cursor
from linli.kernel.permits import Actor, Grant


class View(StrEnum):
    """What of the open cases a list shows."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    id: int
    number: str
    kind: str
    version: int
    state: str
    stage: str
    level: int
    matter: str
    title: str
    category: str | None
    category_en: str | None
    path: str
    place: str | None
    place_en: str | None
    opened_at: datetime
    due_at: datetime
    due_clock: str
    is_provisional: bool
    lead_post_id: int | None
    offered_post_id: int | None
    bounced: int
    reopened: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """Rows of a page and the cursor to the next, if there is one."""

    items: list[CaseRow]
    next: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for: a view, at a place (its path), of a category if one is named."""

    view: View = View.OPEN
    path: str = ""
    category_id: int | None = None
    now: datetime | None = None


COLUMNS = """c.id, c.number, c.kind, c.version, c.state, c.stage, c.level, c.matter, c.title,
    c.category_id, c.path, coalesce(nullif(c.village_id, 0), nullif(c.town_id, 0), c.city_id) AS at_id,
    c.opened_at, c.due_at, c.due_clock, c.is_provisional, c.lead_post_id, c.offered_post_id,
    c.bounced, c.reopened"""
PAGE = """
SELECT c.id, c.number, c.kind, c.version, c.state, c.stage, c.level, c.matter, c.title,
       g.title AS category, g.title_en AS category_en, c.path, p.name AS place,
       p.name_en AS place_en, c.opened_at, c.due_at, c.due_clock, c.is_provisional,
       c.lead_post_id, c.offered_post_id, c.bounced, c.reopened
  FROM ({branches}) c
  LEFT JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN places_place p ON p.id = c.at_id
 ORDER BY c.due_at, c.id LIMIT %s
"""
LEVELS = ("city_id", "town_id", "village_id")


@dataclass(frozen=True, slots=True)
class _Branch:
    """One right as a part of the statement."""

    condition: str
    params: tuple[Any, ...]


def list_cases(
    actor: Actor, wanted: Wanted, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> CasePage:
    """Return open cases that the actor may see, those due first; one statement.

    Refuses with Invalid when the cursor was not made by us.
    """
    after = _after(cursor)
    branches = _branches(actor, wanted)
    if not branches:
        return CasePage([], None)
    texts, params = [], []
    for branch in branches:
        texts.append(
            f"(SELECT {COLUMNS} FROM cases_case c WHERE {branch.condition} AND c.is_open"  # noqa: S608
            " AND (c.due_at, c.id) > (%s, %s) ORDER BY c.due_at, c.id LIMIT %s)"
        )
        params += [*branch.params, *after, limit + 1]
    text = PAGE.format(branches=" UNION ".join(texts))
    rows = sql.rows("cases.list", text, [*params, limit + 1], CaseRow)
    more, items = len(rows) > limit, rows[:limit]
    return CasePage(
        items, encode_cursor([items[-1].due_at.isoformat(), items[-1].id]) if more else None
    )


def _after(cursor: str | None) -> tuple[Any, int]:
    if not cursor:
        return "-infinity", 0
    _, values = decode_cursor(cursor)
    try:
        at, number = values
        return datetime.fromisoformat(at), int(number)
    except ValueError as error:
        raise bad_cursor() from error


def _branches(actor: Actor, wanted: Wanted) -> list[_Branch]:
    found: dict[tuple[str, str], _Branch] = {}
    for grant, kinds in sight_of(actor):
        if not wanted.path or _meet(grant.path, wanted.path):
            branch = _branch(grant, kinds, wanted, actor.posts)
            found[branch.condition, repr(branch.params)] = branch
    return list(found.values())


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _branch(grant: Grant, kinds: Sequence[str], wanted: Wanted, posts: frozenset[int]) -> _Branch:
    path = max(grant.path, wanted.path, key=len)
    codes = path.rstrip("/").split("/")
    column = LEVELS[min(len(codes), 3) - 1]
    conditions = [
        f"c.{column} = (SELECT id FROM places_place WHERE code = %s)",  # noqa: S608
        "c.kind = ANY(%s)",
        "c.level <= %s",
    ]
    params: list[Any] = [codes[min(len(codes), 3) - 1], list(kinds), grant.ceiling]
    if len(codes) > 3:
        conditions.append("c.path LIKE %s")
        params.append(path + "%")
    if wanted.view is View.MINE:
        conditions.append("c.lead_post_id = ANY(%s)")
        params.append(sorted(posts))
    if wanted.view is View.OVERDUE:
        conditions.append("c.due_at <= %s")
        params.append(wanted.now)
    if wanted.category_id is not None:
        conditions.append("c.category_id = %s")
        params.append(wanted.category_id)
    return _Branch(" AND ".join(conditions), tuple(params))
