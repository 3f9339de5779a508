"""The rounds behind a number of the figures: which cases it counts."""

from __future__ import annotations

from linli.cases.models import Case
from linli.cases.queries.rates import ROUNDS, UNITS, params_of, which_of
from linli.cases.queries.reading import visible_cases
from linli.cases.types.rates import COUNTS, Column, Figures
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Page, bad_cursor, decode_cursor, encode_cursor
from linli.kernel.permits import Actor
from linli.kernel.wholes import whole_number
from linli.places.types import PlaceRow

# which rounds a column counts; every other column is an outcome
COLUMNS = {
    "came": "is_new",
    "reopened": "is_new AND cycle > 1",
    "in_time": "is_ended AND clock = 'met'",
    "late": "is_ended AND clock = 'late'",
}
OUTCOME = "outcome = %(column)s"
BEHIND = """
SELECT DISTINCT case_id FROM told
 WHERE {column} AND case_id > %(after)s
   AND (%(unit)s::text IS NULL
        OR coalesce((SELECT code FROM places_place WHERE id = unit_id), %(here)s) = %(unit)s)
   AND (%(category)s::text IS NULL
        OR coalesce((SELECT code FROM cases_category WHERE id = category_id), '') = %(category)s)
 ORDER BY case_id LIMIT %(most)s
"""


def cases_behind(
    actor: Actor,
    place: PlaceRow,
    figures: Figures,
    column: Column,
    *,
    cursor: str | None = None,
    limit: int,
) -> Page[Case]:
    """Return the cases that a number counts, in the order in which they came.

    A case with two rounds in the number stands once. Refuses with NotFound for an unknown column,
    Invalid for a cursor that is not ours.
    """
    if column.name not in COUNTS:
        raise NotFound(column=column.name)
    counted = figures.counted
    which = which_of(place, counted)
    text = ROUNDS.format(which=which, unit=UNITS[place.level]) + BEHIND.format(
        column=COLUMNS.get(column.name, OUTCOME)
    )
    asked = {
        **params_of(place, figures.period, counted), "column": column.name,
        "unit": column.unit, "category": column.category, "here": place.code,
        "after": _after(cursor), "most": limit + 1,
    }  # fmt: skip
    rows = sql.tuples("cases.rounds_behind", text, asked, anew=True)
    shown = [row[0] for row in rows[:limit]]
    found = visible_cases(actor).filter(pk__in=shown).select_related("category")
    return Page(
        items=list(found.order_by("pk")),
        next=encode_cursor([shown[-1]]) if len(rows) > limit else None,
        previous=None,
        count=_number(figures, column),
    )


def _number(figures: Figures, column: Column) -> int:
    """Return the number that is opened; a case whose rounds it counts twice stands in the list once."""
    return sum(
        line.counts[column.name]
        for line in figures.lines
        if column.unit in (None, line.unit) and column.category in (None, line.category)
    )


def _after(cursor: str | None) -> int:
    if not cursor:
        return 0
    _backwards, values = decode_cursor(cursor)
    found = whole_number(values[0]) if len(values) == 1 else None
    if found is None:
        raise bad_cursor()
    return found
