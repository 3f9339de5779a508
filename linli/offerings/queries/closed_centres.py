"""Centres that close while windows of theirs are in use, and what is booked there."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from linli.offerings.models import Appointment, ServiceWindow
from linli.offerings.states import VISIT


def closing_centres() -> list[int]:
    """Return the centres that close or are closed and have windows in use."""
    found = ServiceWindow.objects.filter(closed_on__isnull=True, centre__closed_on__isnull=False)
    return list(found.order_by("centre_id").values_list("centre_id", flat=True).distinct())


def held_windows(centre_id: int) -> tuple[list[int], date | None]:
    """Return the windows in use of a centre, held, and the day from which it is closed."""
    found = ServiceWindow.objects.filter(centre_id=centre_id, closed_on__isnull=True)
    held = (
        found.select_for_update(of=("self",), no_key=True).select_related("centre").order_by("pk")
    )
    rows = list(held)
    return [one.pk for one in rows], rows[0].centre.closed_on if rows else None


def visits_ahead(centre_id: int) -> int:
    """Return how many visits are booked ahead at a centre: they are cancelled if it closes before them."""
    return Appointment.objects.filter(
        window__centre_id=centre_id, state__in=VISIT.moves["close"].source,
        starts_at__gte=timezone.now(),
    ).count()  # fmt: skip
