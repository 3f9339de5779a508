"""Fees that are noted as paid: the ways, what is open, what may be paid and go back. Money in fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.errors import Invalid, WrongState

# receipts of all apps are numbered in one series of the city
RECEIPTS = "SF"
MOST_REASON = 300


class PayWay(StrEnum):
    """How a fee was paid; `online` over the payment system, which no person notes."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    PHONE = "phone"
    ONLINE = "online"


PAY_WAY: dict[str, Any] = {
    PayWay.CASH: gettext_lazy("Cash"),
    PayWay.CARD: gettext_lazy("Card"),
    PayWay.PHONE: gettext_lazy("By phone"),
    PayWay.TRANSFER: gettext_lazy("Transfer"),
    PayWay.ONLINE: gettext_lazy("Over the payment system"),
}
# what an office notes; what comes over the payment system is noted by itself
NOTED = {way: words for way, words in PAY_WAY.items() if way != PayWay.ONLINE}


class NotThatMuch(Invalid):
    code = "not_that_much"
    message = gettext_lazy("Not more than what is open can be paid or goes back.")


class PaidAlready(WrongState):
    """A payment came in of which nothing was decided yet."""

    code = "paid_already"
    message = gettext_lazy(
        "A payment has come in and is being looked at. Do not pay a second time."
    )


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that was found right: fen, how, and when."""

    amount_fen: int
    way: str
    at: datetime


def open_fee(
    fee_fen: int, paid: Iterable[int], returned: Iterable[int], waived: Iterable[int] = ()
) -> int:
    """Return what is still to be paid, in fen; never less than nothing.

    `waived`: what of the returned was not owed to begin with, so nobody pays it again.
    """
    return max(0, fee_fen - sum(paid) + sum(returned) - sum(waived))


def back_fee(kept_fen: int, owed_fen: int) -> int:
    """Return what came in and stayed beyond what is owed: it is to go back."""
    return max(0, kept_fen - owed_fen)


def check_payment(amount_fen: int, way: str, open_fen: int) -> None:
    """Refuse with Invalid or NotThatMuch what an office cannot note as paid."""
    if way not in NOTED:
        raise Invalid({"way": [_("Say how it was paid.")]})
    _check_amount(amount_fen, open_fen)


def check_refund(amount_fen: int, left_fen: int, reason: str) -> str:
    """Return the reason cleaned. Refuses with Invalid without one, NotThatMuch for more than is left."""
    return _with_reason(amount_fen, left_fen, reason, _("Say why it goes back."))


def check_waiver(amount_fen: int, open_fen: int, reason: str) -> str:
    """Return the reason for which somebody need not pay. Refuses as `check_refund`, for more than is open."""
    return _with_reason(amount_fen, open_fen, reason, _("Say why it does not have to be paid."))


def check_waiver_back(amount_fen: int, reason: str) -> str:
    """Return the reason for which what was let off is owed after all. Refuses with Invalid without one."""
    return _with_reason(amount_fen, amount_fen, reason, _("Say why it is owed after all."))


def _with_reason(amount_fen: int, most_fen: int, reason: str, missing: str) -> str:
    words = reason.strip()[:MOST_REASON]
    if not words:
        raise Invalid({"reason": [missing]})
    _check_amount(amount_fen, most_fen)
    return words


def _check_amount(amount_fen: int, most_fen: int) -> None:
    if not 0 < amount_fen <= most_fen:
        raise NotThatMuch({"amount": [str(NotThatMuch.message)]})
