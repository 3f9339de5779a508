"""Who read the data of a person, as that person may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import ACCUSATION, Actor
from linli.kernel.registries import IDS_OF_PERSON
from linli.trail.models import Entry
from linli.trail.types import READ

NEWEST = Keyset("newest", ("-at", "-id"))


def readings_of(person_id: int) -> QuerySet[Entry]:
    """Return readings of a person's data, also from before two entries of hers were joined.

    Those that the law keeps secret are left out.

    Basis: Personal Information Protection Law, articles 18, 35 and 44.
    """
    ids = IDS_OF_PERSON.call(person_id) or [person_id]
    return Entry.objects.filter(person_id__in=ids, outcome=READ, level__lt=ACCUSATION)


def readings_on(kind: str, key: int | str, *, most: int = 20) -> list[Entry]:
    """Return who read sealed data of one thing, newest first; those that the law keeps secret are left out."""
    found = Entry.objects.filter(kind=kind, key=str(key), outcome=READ, level__lt=ACCUSATION)
    return list(found.order_by("-at", "-id")[:most])


def my_readings(actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[Entry]:
    """Return a page of who read the actor's own data, newest first.

    Refuses with NotFound, also while she acts for another: each person is told of her own readings.
    """
    if actor.person_id is None or actor.acting_for is not None:
        raise NotFound()
    return page_of(readings_of(actor.person_id), NEWEST, cursor=cursor, limit=limit)
