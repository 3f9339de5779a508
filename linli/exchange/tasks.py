"""Jobs of exchange: what is asked of and told to the systems that we are connected to."""

from __future__ import annotations

from django.utils import timezone

from linli.exchange.queries.connections import is_connected, is_unanswered
from linli.exchange.queries.payments import waiting_notices
from linli.exchange.services import (
    comparing,
    hall_applications,
    hall_changes,
    hall_lists,
    letters,
    paying,
    payments,
    returning,
    seals,
    taking_orders,
)
from linli.exchange.types.connections import System
from linli.kernel.each import Broke, each
from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import OUTSIDE
from linli.kernel.permits import system_actor

LINKS, PAYMENTS = system_actor("exchange.links"), system_actor("exchange.payments")
ORDERS = system_actor("exchange.orders")


@periodic("*/5 * * * *")
@job("exchange.ask_hall", queue=OUTSIDE, lock="exchange.ask_hall", retry=0)
def ask_hall(timestamp: int = 0) -> None:
    """Read the hall's list, what was applied for there, and what applicants did since."""
    if not is_connected(System.HALL):
        return
    for pull in (
        hall_lists.pull_items, hall_applications.pull_applications, hall_changes.pull_changes,
    ):  # fmt: skip
        pull(actor=LINKS, now=timezone.now())
        # each of the others would wait as long for nothing
        if is_unanswered(System.HALL):
            break


@periodic("40 5 * * *")
@job("exchange.return_left", lock="exchange.return_left", retry=0)
def return_left(timestamp: int = 0) -> None:
    """Return to the hall what nobody could take in all the time that it may be kept."""
    returning.return_left(actor=LINKS, now=timezone.now())


@periodic("* * * * *")
@job("exchange.send_letters", queue=OUTSIDE, lock="exchange.send_letters", retry=0)
def send_letters(timestamp: int = 0) -> None:
    """Send what is due."""
    for system in letters.SENDERS:
        if is_connected(system):
            letters.send_due(system, actor=LINKS, now=timezone.now())


@periodic("* * * * *")
@job("exchange.ask_payments", queue=OUTSIDE, lock="exchange.ask_payments", retry=0)
def ask_payments(timestamp: int = 0) -> None:
    """Read what was paid: whoever paid stands at the window."""
    if is_connected(System.PAYMENTS):
        payments.pull_payments(actor=LINKS, now=timezone.now())


@job("exchange.take_notice", retry=3)
def take_notice(notice_id: int) -> None:
    """Note a payment over the payment system."""
    paying.take_notice(notice_id, actor=PAYMENTS, now=timezone.now())


@periodic("*/10 * * * *")
@job("exchange.take_notices_left", lock="exchange.take_notices_left", retry=0)
def take_notices_left(timestamp: int = 0) -> None:
    """Note what a job that died left lying."""
    each("exchange.take_notices_left", waiting_notices(500), take_notice)


@job("exchange.renew_last_moment", retry=3)
def renew_last_moment(case_id: int) -> None:
    """Give a case that was taken up again the hotline's new day."""
    taking_orders.renew_last_moment(case_id, actor=ORDERS, now=timezone.now())


@periodic("*/30 * * * *")
@job("exchange.end_orders", lock="exchange.end_orders", retry=0)
def end_orders(timestamp: int = 0) -> None:
    """End the numbers to pay under whose last day is over."""
    while paying.expire_due(actor=PAYMENTS, now=timezone.now()):
        pass


@job("exchange.close_orders", retry=3)
def close_orders(kind: str, ids: list[int]) -> None:
    """Let numbers follow what is owed: another one for another sum, none for what owes nothing; each on its own."""

    def follow(about_id: int) -> None:
        paying.follow_owed(kind, about_id, actor=PAYMENTS, now=timezone.now())

    if broken := each("exchange.close_orders", ids, follow):
        raise Broke(broken)


@periodic("* * * * *")
@job("exchange.ask_seals", queue=OUTSIDE, lock="exchange.ask_seals", retry=0)
def ask_seals(timestamp: int = 0) -> None:
    """Ask the seal service for what it was asked to seal: the clerk waits for the paper."""
    if is_connected(System.SEALS):
        seals.look_for_seals(actor=LINKS, now=timezone.now())


@periodic("30 6 * * *")
@job("exchange.compare", queue=OUTSIDE, lock="exchange.compare", retry=3)
def compare(timestamp: int = 0) -> None:
    """Compare yesterday with the other side, and the days before that still differ."""
    if is_connected(System.HALL):
        comparing.compare_hall(actor=LINKS, now=timezone.now())
    if is_connected(System.PAYMENTS):
        comparing.compare_payments(actor=LINKS, now=timezone.now())
