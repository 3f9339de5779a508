"""Which village a point lies in, from memory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Max, Q, Sum
from django.utils.timezone import localdate

from linli.places.ground import Ground
from linli.places.models import Outline
from linli.places.models.covering import holds_on

FRESH_SECONDS = 5.0


class _Held:
    """The outlines of today in memory, read again when the newest one changed, and on another day."""

    def __init__(self) -> None:
        self.stamp: tuple[int, int, int, date] | None = None
        self.ground: Ground[str] = Ground({})
        self.looked_at = 0.0

    def now(self) -> Ground[str]:
        if time.monotonic() - self.looked_at > FRESH_SECONDS or self.stamp is None:
            today = localdate()
            stamp = (*self._stamp(), today)
            if stamp != self.stamp:
                self.ground, self.stamp = self._read(today), stamp
            self.looked_at = time.monotonic()
        return self.ground

    def _stamp(self) -> tuple[int, int, int]:
        # what is taken back opens as many old ones as it closes new ones: the sum tells
        found = Outline.objects.aggregate(
            newest=Max("pk"), closed=Count("valid_to"), held=Sum("pk", filter=Q(valid_to__isnull=True))
        )  # fmt: skip
        return (found["newest"] or 0, found["closed"], found["held"] or 0)

    def _read(self, today: date) -> Ground[str]:
        rows = Outline.objects.filter(holds_on(today), place__level="village")
        found = rows.order_by("place__is_invented", "place__code")
        return Ground(dict(found.values_list("place__code", "geometry")))


_held = _Held()


def look_again() -> None:
    """Ask with the next look whether something changed: for tests, each of which has its own rows."""
    _held.looked_at = -FRESH_SECONDS


def locate(lon: float, lat: float) -> str | None:
    """Return the code of the village around a point (WGS-84), or None outside all outlines."""
    return _held.now().locate(lon, lat)


def locate_many(lons: Sequence[float], lats: Sequence[float]) -> list[str | None]:
    """Return a village code or None for each point, in the order given."""
    return _held.now().locate_many(lons, lats)
