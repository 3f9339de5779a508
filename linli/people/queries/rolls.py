"""Rolls and who is on them."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.people import permits
from linli.people.models import Roll, RollEntry
from linli.people.queries.things import seen_at

ON_ROLL = Keyset("name", ("name_key", "id"))


def visible_rolls(actor: Actor) -> QuerySet[Roll]:
    """Rolls at places where the actor may see them."""
    return Roll.objects.filter(seen_at(actor, permits.VIEW_ROLLS)).order_by("path", "kind", "id")


def get_roll(actor: Actor, roll_id: int) -> Roll:
    """Return one roll. Refuses with NotFound."""
    roll = visible_rolls(actor).filter(pk=roll_id).first()
    if roll is None:
        raise NotFound()
    return roll


def entries_on(roll: Roll, *, gone: bool = False) -> QuerySet[RollEntry]:
    """Who is on a roll, or was."""
    return RollEntry.objects.filter(roll=roll, until__isnull=not gone).select_related("person")


def list_entries(
    roll: Roll, *, gone: bool = False, cursor: str | None, limit: int
) -> Page[RollEntry]:
    """Return one page of a roll, by name."""
    return page_of(entries_on(roll, gone=gone), ON_ROLL, cursor=cursor, limit=limit)


def get_entry(actor: Actor, entry_id: int) -> RollEntry:
    """Return one entry of a roll. Refuses with NotFound."""
    row = RollEntry.objects.filter(pk=entry_id).select_related("roll", "person").first()
    if row is None:
        raise NotFound()
    get_roll(actor, row.roll_id)
    return row
