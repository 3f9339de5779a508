"""Venues and bookings follow the places: what a village that ended had goes to the one that follows."""

from __future__ import annotations

from django.db import transaction

from linli.activities.models.tables import TABLES
from linli.kernel import sql
from linli.kernel.permits import Actor, open_to_all
from linli.places.queries.rows_of_others import REHOUSE


@open_to_all("the change of the place asked for its permit; this runs in it")
@transaction.atomic
def rehouse(old_place_id: int, new_place_id: int, *, actor: Actor) -> int:
    """Give what hangs on a place that ended to the one that follows it; return how many rows."""
    return sum(
        sql.execute(
            f"activities.rehouse.{table}", REHOUSE.format(table=table), [old_place_id, new_place_id]
        )
        for table in TABLES
    )
