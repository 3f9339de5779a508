"""Reactions of exchange to events: each only defers a job."""

from __future__ import annotations

from linli.cases.events import CaseMoved
from linli.exchange import tasks
from linli.exchange.events import OwedOtherwise, PaymentCame
from linli.exchange.queries.orders import orders_of_matter


def on_payment_came(event: PaymentCame) -> None:
    """A payment over the payment system is noted with its receipt."""
    tasks.take_notice.defer(notice_id=event.notice_id)


def on_owed_otherwise(event: OwedOtherwise) -> None:
    """For what fell out nobody pays any more; for what costs another sum there is another number."""
    tasks.close_orders.defer(kind=event.kind, ids=list(event.ids))


def on_case_moved(event: CaseMoved) -> None:
    """An order that is taken up again, or is the same as what is, runs by the hotline's new day."""
    if event.move == "reopen" and orders_of_matter(event.case_id).exists():
        tasks.renew_last_moment.defer(case_id=event.case_id)
