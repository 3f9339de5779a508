"""Names and homes of people by their ids, for those who asked for the permit before."""

from __future__ import annotations

from collections.abc import Iterable

from linli.kernel import sql

NAMES = "SELECT id, name FROM people_person WHERE id = ANY(%s)"
HOMES = """
SELECT path FROM people_residency WHERE person_id = %s AND NOT is_shadowed
AND (until IS NULL OR until > now()) ORDER BY since DESC NULLS LAST, id LIMIT 10
"""


def names_by_id(ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return (id, name) of people."""
    rows = sql.tuples("people.names_by_id", NAMES, [sorted(set(ids))])
    return [(row[0], row[1]) for row in rows]


def homes_of(person_id: int) -> list[str]:
    """Return where a person lives, the latest first."""
    return [row[0] for row in sql.tuples("people.homes_of", HOMES, [person_id])]
