"""Fees that were paid and are not owed any more, where the actor gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.activities.models import Booking, Enrolment, Event, FeePayment
from linli.activities.queries.bookings import visible_bookings
from linli.activities.queries.family_fees import families_with_fee
from linli.activities.queries.fees import (
    BACK,
    FeeState,
    Payer,
    is_undecided,
    kept_by,
    left_of,
    owed_by,
    path_of,
    with_fee,
)
from linli.activities.queries.narrowing import Narrowed
from linli.activities.rules.fees import OWING
from linli.exchange.queries.payments import Asking
from linli.kernel.fees import PayWay, back_fee
from linli.kernel.permits import Actor
from linli.orgs.queries import homes

MOST = 100
ONLINE, OFFICE = "online", "office"


def bookings_back(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings of which something is to go back, the oldest first."""
    paid = FeePayment.objects.filter(booking=OuterRef("pk"))
    # most bookings were never paid for, and what was paid is owed as long as the time is held and was never
    # moved to one that costs less: no sums are asked of those
    may_go_back = ~Q(state__in=OWING) | Q(moved_at__isnull=False)
    found = visible_bookings(actor).filter(may_go_back, Exists(paid)).select_related("venue")
    return with_fee(found, BACK).order_by("pk")


def families_back(actor: Actor) -> QuerySet[Enrolment]:
    """Return the families at events of which something is to go back, the oldest first."""
    return families_with_fee(actor, BACK, Narrowed()).order_by("pk")


def backs_at(event: Event, families: Sequence[Enrolment]) -> dict[int, int]:
    """Return what is to go back of families at an event, by id, where something is; two reads."""
    kept = kept_by(families)
    for one in families:
        one.event = event
    backs = {one.pk: back_fee(kept.get(one.pk, 0), owed_by(one)) for one in families}
    return {pk: fen for pk, fen in backs.items() if fen}


def backs_of(found: Sequence[Booking]) -> dict[int, int]:
    """Return what is to go back of several bookings, by id, where something is; two reads."""
    kept = kept_by(found)
    states = {
        one.pk: FeeState(owed_by(one), kept.get(one.pk, 0), (), is_undecided(one)) for one in found
    }
    return {pk: fee.back_fen for pk, fee in states.items() if fee.back_fen}


def count_bookings_back(actor: Actor) -> int:
    """Count bookings of which something is to go back, up to a hundred."""
    return bookings_back(actor)[:MOST].count()


def count_back(actor: Actor) -> tuple[int, int]:
    """Count bookings and families of which something is to go back, each up to a hundred."""
    return count_bookings_back(actor), families_back(actor)[:MOST].count()


def ways_back(fee: FeeState) -> list[str]:
    """Return how what is to go back does: over the payment system it came over, at the office, or both."""
    if not fee.back_fen:
        return []
    ways = {one.way == PayWay.ONLINE for one in fee.payments if left_of(one)}
    return [name for name, is_online in ((ONLINE, True), (OFFICE, False)) if is_online in ways]


def office_to_ask(payer: Payer, fee: FeeState, asking: Asking, on: date) -> homes.Office | None:
    """Return the office that gives back what was paid; nobody is looked up where nothing is to go back."""
    if not fee.back_fen and not asking.came_late:
        return None
    return homes.office_of(path_of(payer), on)
