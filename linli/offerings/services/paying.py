"""The fee of an application over the payment system: who may ask for a number, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from linli.cases.services.telling import tell_own
from linli.exchange.services import pay_orders
from linli.exchange.services.paying import order_for
from linli.exchange.types.payments import APPLICATION, News, Owed, Payable
from linli.kernel.errors import NotFound
from linli.kernel.fees import Paid
from linli.kernel.permits import NOBODY, Actor, open_to_all, require, system_actor
from linli.offerings import permits
from linli.offerings.queries.applications import fee_open, locked_application, number_of_case
from linli.offerings.services.fees import note_payment
from linli.offerings.types.applications import FEE_OVER
from linli.ui.formats import money

if TYPE_CHECKING:
    from linli.exchange.models import PayOrder
    from linli.offerings.models import Application

HERS = "whoever has the follow code, or applied when signed in, is the applicant"
LETTERS = {
    News.PAID: "offerings.fee_paid", News.EXPIRED: "offerings.fee_expired",
    News.RENEWED: "offerings.fee_renewed", News.RETURNED: "offerings.fee_returned",
}  # fmt: skip
TELLER = system_actor("offerings.payments")


def _received(case_id: int, actor: Actor) -> Application:
    application = locked_application(case_id)
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=case.level)
    return application


@transaction.atomic
def ask_payment(case_id: int, *, actor: Actor, now: datetime) -> PayOrder:
    """Let what is still open of a fee be paid under a number. Refuses with NotAllowed, and as `order_for`."""
    return order_for(_owed(_received(case_id, actor)), actor=actor, now=now)


@open_to_all(HERS)
@transaction.atomic
def ask_own_payment(case_id: int, *, actor: Actor, now: datetime) -> PayOrder:
    """Give the applicant the number that she asks for herself. Refuses as `order_for`."""
    # whoever applies leaves no name in the trail
    return order_for(_held(case_id), actor=NOBODY, now=now)


@transaction.atomic
def withdraw_order(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Let nothing more be paid under the number of an application. Refuses with NotAllowed, NotFound."""
    application = _received(case_id, actor)
    if pay_orders.close_order(APPLICATION, application.pk, actor=actor, now=now) is None:
        raise NotFound()


def _held(case_id: int) -> Owed:
    return _owed(locked_application(case_id))


def _owed(application: Application) -> Owed:
    case = application.case
    return Owed(
        APPLICATION, application.pk, case.path, case.state, fee_open(application),
        case.state in FEE_OVER, application,
    )  # fmt: skip


def _note(owed: Owed, paid: Paid, actor: Actor, now: datetime) -> str:
    receipt: str = note_payment(owed.row, paid, actor=actor, now=now).number
    return receipt


def _tell(owed: Owed, news: News, fen: int, more: Mapping[str, str], now: datetime) -> None:
    """Tell the applicant by the way she asked for when she applied."""
    told = {"number": owed.row.case.number, "yuan": money(fen), **more}
    tell_own(owed.id, LETTERS[news], told, actor=TELLER, now=now)


def _page(case_id: int) -> tuple[str, str]:
    number = number_of_case(case_id)
    return (number, reverse("cases:sheet", args=[number])) if number else ("", "")


PAID_FOR = Payable(APPLICATION, _held, _note, _tell, _page)
