"""Keeping the table of name terms in step with names and residencies."""

from __future__ import annotations

from collections.abc import Collection

from linli.kernel import sql
from linli.people.models import Residency
from linli.people.rules.names import name_terms
from linli.people.services.mass import bulk

_FORGET = "DELETE FROM people_nameterm WHERE village_id = ANY(%s) AND person_id = ANY(%s)"


def rebuild_terms(persons: Collection[int], *, also_in: Collection[int] = ()) -> None:
    """Write the terms of some people anew; `also_in` are villages that they have left as entries."""
    lives = Residency.objects.filter(person_id__in=persons, is_shadowed=False)
    rows = set(
        lives.values_list(
            "person_id", "person__name", "person__other_name", "city_id", "town_id", "village_id"
        )
    )
    villages = {row[-1] for row in rows} | set(also_in)
    sql.execute("people.forget_terms", _FORGET, [list(villages), list(persons)])
    batch = bulk.Batch()
    batch.terms += [
        (term, city, town, village, person)
        for person, name, other, city, town, village in rows
        for term in name_terms(name, other)
    ]
    bulk.write(batch)
