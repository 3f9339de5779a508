"""How much of access hangs on a place: what a merge previews."""

from __future__ import annotations

from django.db import models

from linli.access.models import Account, CounterDevice, GivenRight
from linli.kernel import sql
from linli.kernel.errors import NotFound


def path_at(place_id: int) -> str:
    """Return the path of a place. Refuses with NotFound."""
    found = sql.tuples("access.path_at", "SELECT path FROM places_place WHERE id = %s", [place_id])
    if not found:
        raise NotFound(id=place_id)
    return str(found[0][0])


def accounts_at(place_id: int) -> int:
    """Count staff accounts that are looked after at a place, 1,000 at most."""
    return _count(Account, place_id)


def rights_at(place_id: int) -> int:
    """Count rights that hold at a place, 1,000 at most."""
    return _count(GivenRight, place_id)


def devices_at(place_id: int) -> int:
    """Count counter computers of a place, 1,000 at most."""
    return _count(CounterDevice, place_id)


def _count(model: type[models.Model], place_id: int) -> int:
    return model._default_manager.filter(path=path_at(place_id))[:1000].count()
