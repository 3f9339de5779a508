"""The supervisor's board: open cases of a place, by the places below and by category, in one read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.permits import SUPERVISE
from linli.cases.queries.branches import branches
from linli.cases.queries.filters import NO_CATEGORY, category_titles, path_of_code
from linli.cases.queries.kinds import all_kinds, sight_of, unled_kinds
from linli.cases.queries.telling import kind_choices
from linli.cases.types.listing import View, Wanted
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.ui.formats import is_chinese

COUNTED = """
SELECT grouping(place_id, category_id, bare), place_id, category_id, bare, count(*)::int,
       count(*) FILTER (WHERE due_at <= %s)::int,
       count(*) FILTER (WHERE lead_post_id IS NULL AND NOT kind = ANY(%s))::int,
       count(*) FILTER (WHERE bounced > 0)::int, count(*) FILTER (WHERE reopened > 0)::int
  FROM (SELECT {column} AS place_id, coalesce(g.parent_id, g.id) AS category_id,
               CASE WHEN c.category_id IS NULL THEN c.kind END AS bare, c.kind, c.due_at,
               c.lead_post_id, c.bounced, c.reopened
          FROM ({branches}) c LEFT JOIN cases_category g ON g.id = c.category_id) found
 GROUP BY GROUPING SETS ((place_id), (category_id, bare), ())
"""
BY_PLACE, BY_CATEGORY, IN_ALL = 3, 4, 7
READ = "c.id, c.kind, c.category_id, c.town_id, c.village_id, c.due_at, c.lead_post_id, c.bounced, c.reopened"
BELOW = {"city": "nullif(c.town_id, 0)", "town": "nullif(c.village_id, 0)"}


Counts = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Counts of one place or category; `key` is its code in an address, `more` narrows its list."""

    key: str
    title: str
    counts: Counts
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Board:
    """All of it: the sum, the rows of places in the order of their codes, those of categories."""

    total: Counts
    places: Sequence[BoardRow]
    categories: Sequence[BoardRow]


NOTHING = (0, 0, 0, 0, 0)


def supervised_place(actor: Actor, code: str) -> str:
    """Return the code of a place that the actor supervises, the first of hers without one.

    Refuses with NotFound.
    """
    held = actor.paths(SUPERVISE)
    if not held:
        raise NotFound()
    code = code or code_of(held[0])
    if not path_of_code(code).startswith(held):
        raise NotFound()
    return code


def board_of(actor: Actor, path: str, level: str, now: datetime) -> Board:
    """Return what is open at a place and below, as far as the actor may see it.

    Rows keep the order of the register: nobody is ranked. Places without an open case are left out.
    """
    found = branches(actor, Wanted(View.OPEN, path, now=now))
    if not found:
        return Board(NOTHING, [], [])
    text = COUNTED.format(
        column=BELOW.get(level, "NULL::bigint"),
        branches=" UNION ".join(
            f"(SELECT {READ} FROM cases_case c WHERE {one.condition})"  # noqa: S608
            for one in found
        ),
    )
    rows = sql.tuples(
        "cases.board", text, [now, unled_kinds(), *(v for one in found for v in one.params)]
    )
    return _board(rows, path, level)


def kinds_counted(actor: Actor, path: str) -> tuple[list[str], list[str]]:
    """Return the titles of the kinds that the board of a place counts for its reader, and of the others."""
    seen = {
        kind
        for grant, kinds in sight_of(actor)
        if grant.path.startswith(path) or path.startswith(grant.path)
        for kind in kinds
    }
    counted: list[str] = []
    others: list[str] = []
    for kind, title in kind_choices():
        (counted if kind in seen else others).append(title)
    return counted, others


def _board(rows: Sequence[tuple[Any, ...]], path: str, level: str) -> Board:
    total = next((_five(row) for row in rows if row[0] == IN_ALL), NOTHING)
    by_place = {row[1]: _five(row) for row in rows if row[0] == BY_PLACE}
    by_category = {row[2]: _five(row) for row in rows if row[0] == BY_CATEGORY and row[2]}
    bare = {row[3]: _five(row) for row in rows if row[0] == BY_CATEGORY and row[3]}
    return Board(
        total,
        list(_by_place(by_place, path)) if level in BELOW else [],
        [
            *(
                BoardRow(code, title, by_category[pk])
                for pk, code, title in category_titles(by_category)
            ),
            *_without_category(bare),
        ],
    )


def _by_place(counts: Mapping[int | None, Counts], path: str) -> Iterator[BoardRow]:
    """What lies at the place itself comes first, so that the parts make the whole."""
    if None in counts:
        yield BoardRow(code_of(path), _("Not in a place below"), counts[None], {"own": "1"})
    for pk, code, name, english in places.names_by_id([pk for pk in counts if pk]):
        yield BoardRow(code, name if is_chinese() or not english else english, counts[pk])


def _without_category(bare: Mapping[str, Counts]) -> Iterator[BoardRow]:
    """One row for each kind that has cases without a category, so that the parts make the whole."""
    sorted_otherwise = {one.key for one in all_kinds() if not one.has_categories}
    for kind, title in kind_choices():
        if kind in bare:
            words = _("%(kind)s, no category") % {"kind": title}
            if kind in sorted_otherwise:
                words = title
            yield BoardRow(NO_CATEGORY, words, bare[kind], {"kind": kind})


def _five(row: tuple[Any, ...]) -> Counts:
    return (row[4], row[5], row[6], row[7], row[8])
