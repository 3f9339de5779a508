"""What hangs on the account of a booker is forgotten when it is erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.activities.engine.telling import TELLER
from linli.activities.models import Booking, BookingVault, Enrolment, EnrolmentVault
from linli.activities.queries.events import goes_on
from linli.activities.queries.fees import OF_FAMILY, kept_by
from linli.activities.services.ending import cancel_all
from linli.activities.services.enrolling import withdraw
from linli.activities.states import SEAT
from linli.activities.types.venues import OPEN, EndedBy
from linli.exchange.events import OwedOtherwise
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.events import publish
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.trail.services import record

NAMELESS: dict[str, Any] = {"masked_name": "", "account_id": None, "origin_mark": None}


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_account(account_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget whoever booked or enrolled by an account; return how often she had.

    What lies ahead is given back, and she is told of none of it: nothing is known of her any more.
    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    return _forget_bookings(account_id, actor, now) + _forget_seats(account_id, actor, now)


def _forget_bookings(account_id: int, actor: Actor, now: datetime) -> int:
    held = Booking.objects.select_for_update(of=("self",)).filter(account_id=account_id)
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    rows = Booking.objects.filter(pk__in=ids)
    with scope.acting(TELLER):
        BookingVault.objects.filter(booking_id__in=ids).delete()
    rows.update(**NAMELESS, forgotten_at=now)
    ahead = list(rows.filter(state__in=OPEN, starts_at__gt=now))
    cancel_all(ahead, "", by=EndedBy.BOOKER, actor=actor, now=now)
    return len(ids)


def _forget_seats(account_id: int, actor: Actor, now: datetime) -> int:
    found = Enrolment.objects.filter(account_id=account_id).select_related("event")
    rows = list(found.order_by("event_id", "pk"))
    for row in rows:
        may_leave = "withdraw" in [move.name for move in SEAT.moves_from(row.state)]
        if may_leave and goes_on(row.event, now):
            _let_off(withdraw(row, actor=actor, now=now), actor, now)
    ids = [row.pk for row in rows]
    with scope.acting(TELLER):
        EnrolmentVault.objects.filter(enrolment_id__in=ids).delete()
    Enrolment.objects.filter(pk__in=ids).update(**NAMELESS, forgotten_at=now)
    return len(ids)


def _let_off(family: Enrolment, actor: Actor, now: datetime) -> None:
    """Let a family that left halfway owe no more than it paid: nobody is known any more who could."""
    paid = kept_by([family]).get(family.pk, 0)
    if not family.owed_fen or family.owed_fen <= paid:
        return
    family.owed_fen = paid
    family.save(update_fields=["owed_fen"])
    record("activities.fee_settled", on=family, actor=actor, now=now, place=family.event.path,
           level=PERSONAL, details={"fen": paid})  # fmt: skip
    publish(OwedOtherwise(OF_FAMILY, (family.pk,)))
