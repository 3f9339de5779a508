"""Where the fee of an application stands: what is owed, under which number it may be paid, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linli.exchange.queries.connections import is_connected
from linli.exchange.queries.payments import is_paid_for, last_order, order_letter
from linli.exchange.types.connections import System
from linli.offerings.queries.applications import Overview, fee_open, payments_of
from linli.offerings.types.applications import FEE_OVER

if TYPE_CHECKING:
    from linli.exchange.models import PayOrder
    from linli.offerings.models import Application, Payment


@dataclass(frozen=True, slots=True)
class FeeState:
    """The fee of an application, in fen.

    `order` is the newest number to pay under, however it ended; `letter` where the letter stands that
    told the payment system of it. `is_paid_for`: a payment came in of which nothing was decided yet.
    """

    fee_fen: int
    open_fen: int
    payments: Sequence[Payment]
    order: PayOrder | None = None
    letter: str = ""
    is_paid_for: bool = False
    may_ask: bool = False

    @property
    def open_order(self) -> PayOrder | None:
        """The number under which the fee may be paid now."""
        return self.order if self.order is not None and self.order.state == "open" else None

    @property
    def expired(self) -> PayOrder | None:
        """The number that ran out while the fee is still owed."""
        is_out = self.order is not None and self.order.state == "expired"
        return self.order if is_out and self.open_fen else None


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
    """Nobody is asked about numbers where nothing is owed."""
    if not open_fen:
        return FeeState(application.fee_fen, 0, paid)
    order = last_order(application.pk)
    waits = order is not None and is_paid_for(application.pk)
    may_ask = is_connected(System.PAYMENTS) and application.case.state not in FEE_OVER
    letter = order_letter(order) if order is not None and order.state == "open" else ""
    return FeeState(
        application.fee_fen, open_fen, paid, order, letter, waits, may_ask=may_ask and not waits
    )
