"""Where the fee of an application stands: what is owed, under which number it may be paid, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet

from linli.exchange.queries.payments import Asking, asking_of
from linli.exchange.types.payments import APPLICATION
from linli.kernel.fee_rows import sum_fen
from linli.kernel.fees import back_fee
from linli.kernel.paging import Keyset
from linli.kernel.permits import PERSONAL, Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import Payment, Refund, Waiver
from linli.offerings.queries.applications import Overview, fee_open, payments_of
from linli.offerings.types.applications import FEE_OVER

if TYPE_CHECKING:
    from linli.offerings.models import Application


OLDEST = Keyset("old", ("id",))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeState(Asking):
    """The fee of an application, in fen: what it is, what was paid, and how what is open may be paid.

    `waived_fen` was let off before it was paid. `back_fen` is what was paid and is not owed, as once it ended without a decision: it is to go back.
    """

    fee_fen: int
    waived_fen: int
    back_fen: int
    payments: Sequence[Payment]


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """What of a fee was let off, and why; `is_back` where it is owed after all, `back_why` says why."""

    pk: int
    amount_fen: int
    reason: str
    waived_at: datetime
    is_back: bool
    back_why: str


def waivers_of(case_id: int) -> list[WaiverLine]:
    """Return what of the fee of an application was let off, in order; one read."""
    rows = list(Waiver.objects.filter(application_id=case_id).order_by("pk"))
    back = {row.takes_back_id: row.reason for row in rows if row.takes_back_id}
    return [
        WaiverLine(
            row.pk, row.amount_fen, row.reason, row.waived_at, row.pk in back, back.get(row.pk, "")
        )
        for row in rows
        if row.takes_back_id is None
    ]


def fee_of(application: Application) -> FeeState | None:
    """Return where a fee stands, or None where there is none and none was ever paid."""
    paid = payments_of(application.pk)
    return _fee(application, paid, fee_open(application)) if _has_fee(application, paid) else None


def fee_shown(found: Overview) -> FeeState | None:
    """Return the same for a page that has read the application already."""
    app = found.application
    return _fee(app, found.payments, found.open_fen) if _has_fee(app, found.payments) else None


def _has_fee(application: Application, paid: Sequence[Payment]) -> bool:
    return bool(application.fee_fen or paid)


def _fee(application: Application, paid: Sequence[Payment], open_fen: int) -> FeeState:
    has_ended = application.case.state in FEE_OVER
    asking = asking_of(APPLICATION, application.pk, open_fen, has_ended=has_ended)
    return FeeState(
        fee_fen=application.fee_fen,
        waived_fen=application.waived_fen,
        back_fen=_back(application, paid),
        payments=paid,
        **asking,
    )


def _back(application: Application, paid: Sequence[Payment]) -> int:
    back = [one.amount_fen for row in paid for one in row.refunds.all() if one.is_waived]
    waived = sum(back) + application.waived_fen
    owed = 0 if application.case.state in FEE_OVER else max(0, application.fee_fen - waived)
    return back_fee(sum(map(left_of, paid)), owed)


def to_go_back(actor: Actor) -> QuerySet[Payment]:
    """Return payments of applications that ended without a decision and did not go back whole, the oldest first.

    Where the actor gives fees back.
    """
    reach = in_reach(actor, permits.RECEIVE, column="application__case__path", level=PERSONAL)
    gone = sum_fen(Refund.objects.filter(payment=OuterRef("pk")), "payment")
    found = Payment.objects.filter(
        reach, application__case__state__in=FEE_OVER, amount_fen__gt=gone
    )
    return found.select_related("application__case").prefetch_related("refunds").order_by("pk")


def back_at(found: QuerySet[Payment], path: str, number: str) -> QuerySet[Payment]:
    """Narrow payments: of applications at a place and below, of the number of an application or a receipt."""
    found = found.filter(application__case__path__startswith=path) if path else found
    return found.filter(Q(number=number) | Q(application__case__number=number)) if number else found


def left_of(payment: Payment) -> int:
    """Return what of a payment did not go back yet."""
    return payment.amount_fen - sum(one.amount_fen for one in payment.refunds.all())
