"""Draws that wait for the office, or that waited too long."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.kernel.permits import Actor
from linli.kernel.reach import below
from linli.offerings import permits
from linli.offerings.models import DrawRound
from linli.offerings.states import RoundState

NOT_MADE = (RoundState.OPEN, RoundState.CLOSED)


def over(now: datetime) -> list[DrawRound]:
    """Return draws that were not made before the last of their days was over."""
    found = DrawRound.objects.filter(state__in=NOT_MADE, last__lt=localdate(now))
    return list(found.order_by("pk"))


def beyond(centre_id: int, on: date) -> list[DrawRound]:
    """Return draws of a centre that are not made, all of whose days lie on a day or behind it."""
    found = DrawRound.objects.filter(centre_id=centre_id, state__in=NOT_MADE, first__gte=on)
    return list(found.order_by("pk"))


def to_draw(actor: Actor, now: datetime) -> QuerySet[DrawRound]:
    """Return draws that take no entries any more and wait for the office, those whose days come first first."""
    reach = below(actor.paths(permits.WINDOWS))
    found = DrawRound.objects.filter(reach, state__in=NOT_MADE, takes_until__lte=now)
    return found.defer("file", "plan", "seed").order_by("first", "pk")
