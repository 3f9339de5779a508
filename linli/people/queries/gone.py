"""Residents who left or died long ago, without those on whom something still hangs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from linli.kernel import sql
from linli.kernel.registries import REFERENCES
from linli.kernel.retention import MOST_COUNTED
from linli.people.queries.persons import ids_of_one
from linli.rulebook.queries import term_before

AFTER_LEAVING, AFTER_DEATH = "people.keep_after_leaving", "people.keep_after_death"
PAGE = 500
# Whoever may be gone at all, by what ended long ago: a few of millions. Then nobody who still lives somewhere here, stands on a roll or answers for a dwelling;
# entries that were joined to one another are one person, a stay that another one stands for is none.
GONE = """
SELECT p.id FROM people_person p
WHERE p.id > %(after)s AND p.merged_into_id IS NULL AND p.name <> ''
  AND p.id IN (
    SELECT coalesce(e.merged_into_id, e.id)
      FROM people_residency r JOIN people_person e ON e.id = r.person_id WHERE r.until < %(left)s
    UNION ALL
    SELECT coalesce(e.merged_into_id, e.id)
      FROM people_residency r JOIN people_person e ON e.id = r.person_id WHERE r.is_shadowed
    UNION ALL SELECT id FROM people_person WHERE died_on < %(dead)s)
  AND EXISTS (SELECT 1 FROM people_residency r WHERE r.person_id = p.id)
  AND NOT EXISTS (
    SELECT 1 FROM people_person e JOIN people_residency r ON r.person_id = e.id
    WHERE (e.id = p.id OR e.merged_into_id = p.id) AND NOT r.is_shadowed
      AND (r.until IS NULL OR r.until >= %(left)s AND p.died_on IS NULL))
  AND (p.died_on IS NULL OR p.died_on < %(dead)s)
  AND NOT EXISTS (SELECT 1 FROM people_rollentry x WHERE x.person_id = p.id AND x.until IS NULL)
  AND NOT EXISTS (SELECT 1 FROM people_dwellingparty x WHERE x.person_id = p.id AND x.until IS NULL)
ORDER BY p.id LIMIT %(page)s
"""


def count_gone(now: datetime) -> int:
    """Return how many are over their term, counted up to a thousand."""
    return sum(1 for _person in islice(over(now), MOST_COUNTED))


def over(now: datetime) -> Iterator[int]:
    """Yield persons whose term is over and on whom nothing hangs any more."""
    given = {
        "left": term_before(AFTER_LEAVING)(now).date(),
        "dead": term_before(AFTER_DEATH)(now).date(),
        "page": PAGE,
        "after": 0,
    }
    while found := [int(row[0]) for row in sql.tuples("people.gone", GONE, given)]:
        for person_id in found:
            if not _is_needed(person_id):
                yield person_id
        given["after"] = found[-1]


def _is_needed(person_id: int) -> bool:
    """Say whether another app has something of this person: a post she held, a certificate."""
    ours = [entry for entry in REFERENCES if entry.to == "person"]
    return any(entry.count(one) for one in ids_of_one(person_id) for entry in ours)
