"""Where the fees of bookings and of families at events stand: owed, paid, gone back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When

from linli.activities import permits
from linli.activities.models import (
    Booking,
    Enrolment,
    Event,
    EventSession,
    FeePayment,
    FeeRefund,
)
from linli.activities.queries.bookings import booking_by_code
from linli.activities.queries.events import enrolment_by_code
from linli.activities.rules.fees import OWING, owed_for_places, owed_for_time, share_for_times
from linli.activities.types.events import EventState, SeatState
from linli.activities.types.venues import BookingState
from linli.exchange.queries.payments import Asking, asking_of
from linli.kernel.errors import NotFound
from linli.kernel.fee_rows import sum_fen
from linli.kernel.fees import back_fee, open_fee
from linli.kernel.permits import Permit

Payer = Booking | Enrolment
# what orders of the payment system call them
OF_BOOKING, OF_FAMILY = "booking", "enrolment"
OPEN, BACK = "open", "back"


@dataclass(frozen=True, slots=True)
class FeeState:
    """A fee in fen: what is owed, what came in and stayed, the payments.

    `is_undecided`: the office has not said yes to the time yet; what was paid before it was moved stays until then.
    """

    owed_fen: int
    kept_fen: int
    payments: Sequence[FeePayment] = ()
    is_undecided: bool = False

    @property
    def open_fen(self) -> int:
        return open_fee(self.owed_fen, [self.kept_fen], [])

    @property
    def back_fen(self) -> int:
        """What is to go back, because the time or the places fell out or cost less now."""
        return 0 if self.is_undecided else back_fee(self.kept_fen, self.owed_fen)

    @property
    def is_any(self) -> bool:
        return bool(self.owed_fen or self.payments)


def kind_of(payer: Payer) -> str:
    """Return what orders of the payment system call it."""
    return OF_BOOKING if isinstance(payer, Booking) else OF_FAMILY


def path_of(payer: Payer) -> str:
    """Return the path of the place of a booking, or of the event of a family."""
    return payer.path if isinstance(payer, Booking) else payer.event.path


def permit_of(payer: Payer) -> Permit:
    """Return the permit of whoever notes what is paid for it."""
    return permits.BOOKINGS if isinstance(payer, Booking) else permits.EVENTS


def payer_by_code(code: str) -> Payer:
    """Return the booking or the places that a code opens. Refuses with NotFound."""
    try:
        return booking_by_code(code)
    except NotFound:
        return enrolment_by_code(code)


def held_payer(model: type[Payer], payer_id: int) -> Payer:
    """Return a booking or family, held until the transaction ends. Refuses with NotFound."""
    with_it = "venue" if model is Booking else "event"
    rows = model._default_manager.select_for_update(of=("self",)).select_related(with_it)
    found: Payer | None = rows.filter(pk=payer_id).first()
    if found is None:
        raise NotFound(id=payer_id)
    return found


def is_over(payer: Payer) -> bool:
    """Say whether a booking or family will owe nothing any more, as it stands."""
    if isinstance(payer, Booking):
        return payer.state not in (*OWING, BookingState.ASKED)
    has_left = payer.state == SeatState.WITHDRAWN or payer.event.state == EventState.CANCELLED
    return has_left and not payer.owed_fen


def may_settle(payer: Payer) -> bool:
    """Say whether the office decides what stays owed: of a family that came to an event or left it halfway."""
    return isinstance(payer, Enrolment) and payer.owed_fen is not None


def asking(payer: Payer, fee: FeeState) -> Asking:
    """Return how what is open of a fee may be paid.

    While a moved booking waits for the office a number that she has stays in sight; she gets none before the yes.
    """
    if fee.is_undecided and isinstance(payer, Booking):
        open_fen = open_fee(payer.fee_fen, [fee.kept_fen], [])
        found = Asking(**asking_of(OF_BOOKING, payer.pk, open_fen, has_ended=False))
        has_number = found.open_order is not None or found.is_paid_for
        return replace(found, may_ask=False) if has_number else Asking()
    has_ended = is_over(payer)
    return Asking(**asking_of(kind_of(payer), payer.pk, fee.open_fen, has_ended=has_ended))


def payments_of(payer: Payer) -> QuerySet[FeePayment]:
    """What was paid for a booking or by a family, in order."""
    of = {"booking": payer} if isinstance(payer, Booking) else {"enrolment": payer}
    return FeePayment.objects.filter(**of).order_by("pk").prefetch_related("refunds")


def fee_of(payer: Payer) -> FeeState:
    """Return where the fee of a booking or a family stands; two reads."""
    rows = list(payments_of(payer))
    kept = sum(left_of(row) for row in rows)
    return FeeState(owed_by(payer), kept, rows, is_undecided(payer))


def is_undecided(payer: Payer) -> bool:
    """Say whether a booking waits for the office's yes: what it will owe hangs on it."""
    return isinstance(payer, Booking) and payer.state == BookingState.ASKED


def open_if_agreed(payer: Payer) -> int:
    """Return what is open of a fee, of a booking that waits as if the office said yes: what is under way may come in."""
    fee = fee_of(payer)
    if not fee.is_undecided or not isinstance(payer, Booking):
        return fee.open_fen
    return open_fee(payer.fee_fen, [fee.kept_fen], [])


def owed_by(payer: Payer) -> int:
    """Return what a booking or a family owes as it stands."""
    if isinstance(payer, Booking):
        return owed_for_time(payer.state, payer.fee_fen)
    if payer.owed_fen is not None:
        # a fee that was lowered afterwards is lower for whoever came or left halfway too
        return min(payer.owed_fen, payer.people * payer.event.fee_fen)
    is_off = payer.event.state == EventState.CANCELLED
    return owed_for_places(payer.state, payer.people, payer.event.fee_fen, is_off=is_off)


def had_a_time(family: Enrolment, now: datetime) -> bool:
    """Say whether a family has its places at a time of the event that has begun.

    Who enrols while a time is on joins it; who moves up then has the next one first.
    """
    begun = EventSession.objects.filter(event=family.event_id, starts_at__lte=now)
    since = family.moved_up_at
    own = Q(ends_at__gt=family.entered_at) if since is None else Q(starts_at__gt=since)
    return begun.filter(own).exists()


def owed_from_now(
    event: Event, people: int, now: datetime, *, joins_running: bool = False
) -> int | None:
    """Return what is owed for the times to come of an event that has begun; None where the whole fee is owed.

    With `joins_running` a time that is on counts as one of them.
    """
    if not event.fee_fen or now < event.first_at:
        return None
    border = "ends_at" if joins_running else "starts_at"
    times = list(EventSession.objects.filter(event=event).values_list(border, flat=True))
    ahead = sum(one > now for one in times)
    if ahead == len(times):
        return None
    return people * share_for_times(event.fee_fen, ahead, len(times))


def stays_of(event: Event, now: datetime) -> int | None:
    """Return what of the fee of a person is for the times that took place, if an event were called off now.

    None where nothing is to be decided: it costs nothing, or has not begun.
    """
    if not event.fee_fen or event.state != EventState.PUBLISHED or event.first_at > now:
        return None
    ends = list(EventSession.objects.filter(event=event).values_list("ends_at", flat=True))
    return share_for_times(event.fee_fen, sum(one <= now for one in ends), len(ends))


def left_of(payment: FeePayment) -> int:
    """Return what of a payment did not go back yet."""
    return payment.amount_fen - sum(one.amount_fen for one in payment.refunds.all())


def payment_named(payer: Payer, number: str) -> FeePayment:
    """Return a payment by the number of its receipt. Refuses with NotFound."""
    found = payments_of(payer).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found


def with_fee(found: QuerySet[Booking], fee: str) -> QuerySet[Booking]:
    """Narrow bookings to those of which something is open, or is to go back."""
    if fee not in (OPEN, BACK):
        return found
    owed = Case(When(state__in=OWING, then=F("fee_fen")), default=Value(0))
    judged = found.annotate(kept_fen=kept_of("booking"), owed_fen=owed)
    if fee == OPEN:
        return judged.filter(owed_fen__gt=F("kept_fen"))
    return judged.filter(kept_fen__gt=F("owed_fen")).exclude(state=BookingState.ASKED)


def kept_of(payer: str) -> Any:
    """Return what was paid by each booking or enrolment and did not go back, for use in its read."""
    here = OuterRef("pk")
    paid = FeePayment.objects.filter(**{payer: here})
    gone = FeeRefund.objects.filter(**{f"payment__{payer}": here})
    return sum_fen(paid, payer) - sum_fen(gone, f"payment__{payer}")


def kept_by(payers: Sequence[Payer]) -> dict[int, int]:
    """Return what came in and stayed of several bookings, or of several families, by id; two reads."""
    if not payers:
        return {}
    name = "booking" if isinstance(payers[0], Booking) else "enrolment"
    rows = FeePayment.objects.filter(**{f"{name}__in": payers}).prefetch_related("refunds")
    kept: dict[int, int] = {}
    for row in rows:
        payer = getattr(row, f"{name}_id")
        kept[payer] = kept.get(payer, 0) + left_of(row)
    return kept
