"""Tablets of the hall, turned away from the window: which device is one, and which visit it shows."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.offerings import permits
from linli.offerings.models import RatingTablet, ServiceWindow, Ticket
from linli.offerings.states import TicketState
from linli.offerings.types.visit_ratings import SHOWN_FOR


def hash_of(secret: str) -> bytes:
    """Return what stands for the secret of a tablet in its table; without a key, since it is unguessable."""
    return sha256(f"offerings.tablet\x1f{secret}".encode()).digest()


def tablet_of(secret: str) -> RatingTablet:
    """Return the tablet that holds a secret. Refuses with NotFound for any other device."""
    live = RatingTablet.objects.filter(ended_at__isnull=True, window__closed_on__isnull=True)
    found = (
        live.filter(token_hash=hash_of(secret)).select_related("window").first() if secret else None
    )
    if found is None:
        raise NotFound()
    return found


def ticket_at(tablet: RatingTablet, now: datetime) -> Ticket | None:
    """Return the ticket that ended last at the window of a tablet, for some minutes and until it is rated."""
    ended = Ticket.objects.filter(
        centre_id=tablet.centre_id, window_id=tablet.window_id, on=localdate(now),
        state=TicketState.DONE, ended_at__gt=now - SHOWN_FOR, ended_at__lte=now,
    )  # fmt: skip
    last = ended.select_related("rating").order_by("-ended_at", "-pk").first()
    return last if last is not None and getattr(last, "rating", None) is None else None


def tablets_of(window: ServiceWindow) -> QuerySet[RatingTablet]:
    """Return the tablets of a window that are in use."""
    return RatingTablet.objects.filter(window=window, ended_at__isnull=True).order_by("pk")


def get_tablet(actor: Actor, tablet_id: int) -> RatingTablet:
    """Return a tablet to who keeps the windows there. Refuses with NotFound."""
    found = RatingTablet.objects.filter(pk=tablet_id).select_related("window").first()
    if found is None or not actor.may(permits.WINDOWS, at=found.path):
        raise NotFound(id=tablet_id)
    return found
