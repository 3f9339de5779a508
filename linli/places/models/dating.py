"""From which day a change may hold: after what is recorded, not before the place, not ahead of today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from linli.places.errors import BeforeItBegan, OutOfOrder, TooEarly
from linli.places.models.tables import Place, PlaceVersion
from linli.places.rules import Life


def check_day(
    on: date, changing: Iterable[Place], *, along: Iterable[Place] = (), today: date
) -> None:
    """Refuse a day that cannot be: `changing` must have existed, `along` only be in order.

    Refuses with TooEarly, BeforeItBegan, OutOfOrder.
    """
    if on > today:
        raise TooEarly({"effective_on": [str(TooEarly.message) % {"day": on}]}, day=on)
    changing = list(changing)
    both = [*changing, *along]
    last = last_changes(place.pk for place in both)
    for place in changing:
        if not Life(place.valid_from, None).lasts_before(on):
            raise _fault(BeforeItBegan, place, place.valid_from)
    for place in both:
        if not Life(place.valid_from, last.get(place.pk)).allows(on):
            raise _fault(OutOfOrder, place, last[place.pk])


def check_parent(parent: Place, on: date) -> None:
    """Refuse a place above that did not exist yet on that day. Refuses with BeforeItBegan."""
    if parent.valid_from and on < parent.valid_from:
        raise _fault(BeforeItBegan, parent, parent.valid_from)


def last_changes(place_ids: Iterable[int]) -> dict[int, date]:
    """Return by place id the last day from which a recorded change holds."""
    found = PlaceVersion.objects.filter(place__in=list(place_ids), valid_to__isnull=False)
    return dict(found.values_list("place_id").annotate(Max("valid_to")))


def _fault(
    kind: type[BeforeItBegan] | type[OutOfOrder], place: Place, day: date | None
) -> BeforeItBegan | OutOfOrder:
    words = str(kind.message) % {"name": place.name, "day": day}
    return kind({"effective_on": [words]}, name=place.name, day=day)
