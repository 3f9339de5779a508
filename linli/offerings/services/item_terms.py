"""The words by which items are found, written anew when what an item says changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localdate

from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import Item, ItemTerm, ItemVersion
from linli.offerings.rules.searching import terms_of, weigh
from linli.offerings.states import ItemState, VersionState
from linli.people.queries.readings import readings_of_sign

AT_ONCE = 5000


@open_to_all("whoever changes what an item says was asked for that")
@transaction.atomic
def index_items(item_ids: Iterable[int] | None = None, *, actor: Actor, now: datetime) -> int:
    """Write the terms of items, or of all of them, with what each weighs; return how many terms.

    An item is found by what it says today and by what it is going to say; a planned or ended one is not.
    """
    found = Item.objects.filter(state__in=[ItemState.OFFERED, ItemState.SUSPENDED])
    wanted = set(item_ids) if item_ids is not None else None
    held = ItemTerm.objects.all() if wanted is None else ItemTerm.objects.filter(item_id__in=wanted)
    held.delete()
    phrases = _phrases(found if wanted is None else found.filter(pk__in=wanted), now)
    terms = {pk: terms_of(said, readings_of_sign) for pk, said in phrases.items()}
    pieces = {piece for one in terms.values() for piece in one}
    known = dict(
        ItemTerm.objects.filter(term__in=pieces).values_list("term").annotate(n=Count("pk"))
    )
    for one in terms.values():
        for piece in one:
            known[piece] = known.get(piece, 0) + 1
    rows = [
        ItemTerm(term=piece, item_id=pk, weight=weight)
        for pk, one in terms.items()
        for piece, weight in weigh(one, known, found.count()).items()
    ]
    ItemTerm.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def _phrases(items: Iterable[Item], now: datetime) -> dict[int, list[str]]:
    """Return the phrases of items out of their versions that hold or are going to."""
    today = localdate(now)
    found: dict[int, list[str]] = {one.pk: [] for one in items}
    versions = ItemVersion.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today), item_id__in=found, state=VersionState.PUBLISHED
    )
    for pk, said in versions.order_by("number").values_list("item_id", "phrases"):
        found[pk] += said.splitlines()
    return found
