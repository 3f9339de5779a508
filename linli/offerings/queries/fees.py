"""Where the fee of an application stands: what is owed, under which number it may be paid, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linli.exchange.queries.payments import Asking, asking_of
from linli.exchange.types.payments import APPLICATION
from linli.offerings.queries.applications import Overview, fee_open, payments_of
from linli.offerings.types.applications import FEE_OVER

if TYPE_CHECKING:
    from linli.offerings.models import Application, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeState(Asking):
    """The fee of an application, in fen: what it is, what was paid, and how what is open may be paid."""

    fee_fen: int
    payments: Sequence[Payment]


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
    return FeeState(fee_fen=application.fee_fen, payments=paid, **asking)
