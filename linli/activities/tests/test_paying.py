"""Fees of bookings and places over the payment system: a number, one receipt, back the way it came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.activities.models import Booking, Enrolment, FeePayment, FeeRefund
from linli.activities.queries.fees import Payer, fee_of
from linli.activities.services import changing, enrolling, events, fees, paying
from linli.activities.testing import NOON, at, make_booking, make_venue
from linli.activities.tests.test_fees import OFFICE, booking_with_fee, family_with_fee
from linli.exchange import permits as exchange
from linli.exchange.clients.payments_simulator import pay
from linli.exchange.models import Letter, PayNotice, PayOrder, Simulated
from linli.exchange.queries.payments import waiting_notices
from linli.exchange.services import letters, payments
from linli.exchange.services import paying as online
from linli.exchange.types.connections import System
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.fees import NotThatMuch, PaidAlready
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
LINKS, JOB = system_actor("exchange.links"), system_actor("exchange.payments")
LATE = NOON + timedelta(days=8)


@pytest.fixture(autouse=True)
def city(settings: Any) -> None:
    settings.LINLI_DEMO = True


def asked(payer: Payer, number: str = "", now: Any = NOON) -> PayOrder:
    """Let whoever booked ask for a number; its last figure says how the simulator misbehaves."""
    order = paying.ask_own_payment(payer, actor=NOBODY, now=now)
    if number:
        PayOrder.objects.filter(pk=order.pk).update(number=number)
        Letter.objects.filter(ref=order.number).update(ref=number)
        order.refresh_from_db()
    return order


def round_of(now: Any = NOON) -> list[tuple[str, str]]:
    """Tell and ask the payment system once, as the jobs do; return (state, fault) of what came."""
    letters.send_due(System.PAYMENTS, actor=LINKS, now=now)
    payments.pull_payments(actor=LINKS, now=now)
    for notice_id in waiting_notices(50):
        online.take_notice(notice_id, actor=JOB, now=now)
    return sorted(PayNotice.objects.values_list("state", "fault"))


def told() -> list[str]:
    found = Delivery.objects.order_by("pk").values_list("template", flat=True)
    return [one for one in found if "fee" in one]


@pytest.mark.parametrize("make", [booking_with_fee, family_with_fee])
def test_a_number_is_asked_for_once_and_a_payment_becomes_one_receipt_and_goes_back(
    make: Any,
) -> None:
    payer = make()
    owed = fee_of(payer).open_fen
    order = asked(payer, "JK-2026-0992")
    assert asked(payer).pk == order.pk and order.case_id is None
    assert Entry.objects.get(verb="exchange.pay_order_made").account_id is None

    # the notice comes twice
    assert round_of() == [("taken", "")]
    paid = FeePayment.objects.get()
    assert (paid.amount_fen, paid.way, told()) == (owed, "online", ["activities.fee_paid"])
    with pytest.raises(NotThatMuch):
        asked(payer)

    fees.give_back(payer, paid.number, 500, "One person less", actor=OFFICE, now=NOON)
    round_of()
    assert [one.body["amount_fen"] for one in Simulated.objects.filter(kind="refund")] == [500]
    assert FeeRefund.objects.get().amount_fen == 500


@pytest.mark.parametrize(
    ("number", "came", "receipts"),
    [
        ("JK-2026-0993", [("waiting", "wrong_amount")], 0),
        ("JK-2026-0994", [("taken", ""), ("waiting", "paid_before")], 1),
    ],
)
def test_what_does_not_fit_waits_for_a_person_and_nobody_is_asked_twice(
    number: str, came: list[tuple[str, str]], receipts: int
) -> None:
    booking = booking_with_fee()
    asked(booking, number)

    assert round_of() == came and FeePayment.objects.count() == receipts
    if not receipts:
        with pytest.raises(PaidAlready):
            asked(booking)


def test_a_number_runs_out_and_what_is_paid_late_is_taken_while_it_is_owed_or_goes_back() -> None:
    booking, family = booking_with_fee(), family_with_fee()
    orders = asked(booking, "JK-2026-0980"), asked(family, "JK-2026-0990")
    assert online.expire_due(actor=JOB, now=LATE) == 2
    assert told() == ["activities.fee_expired"] * 2
    enrolling.withdraw(family, actor=NOBODY, now=NOON)
    for order in orders:
        pay(f"T{order.pk}", order.number, order.amount_fen, LATE)

    assert round_of(LATE) == [("returned", ""), ("taken", "")]
    assert FeePayment.objects.get().booking_id == booking.pk
    assert told()[2:] == ["activities.fee_paid", "activities.fee_returned"] or told()[2:] == [
        "activities.fee_returned", "activities.fee_paid",
    ]  # fmt: skip


def test_for_what_fell_out_or_costs_less_nothing_can_be_paid_any_more() -> None:
    booking, family, kept = booking_with_fee(), family_with_fee(), booking_with_fee(hour=14)
    orders = [asked(one) for one in (booking, family, kept)]
    changing.cancel_booking(booking, actor=NOBODY, now=NOON)
    events.cancel_event(family.event, "Too few", actor=OFFICE, now=NOON)

    for kind, about_id in (("booking", booking.pk), ("enrolment", family.pk), ("booking", kept.pk)):
        online.follow_owed(kind, about_id, actor=JOB, now=NOON)

    found = PayOrder.objects.filter(pk__in=[one.pk for one in orders]).order_by("pk")
    assert list(found.values_list("state", flat=True)) == ["closed", "closed", "open"]
    for payer in (Booking.objects.get(pk=booking.pk), Enrolment.objects.get(pk=family.pk)):
        with pytest.raises(WrongState):
            asked(payer)
    Booking.objects.filter(pk=kept.pk).update(fee_fen=100)
    online.follow_owed("booking", kept.pk, actor=JOB, now=NOON)
    assert PayOrder.objects.get(pk=orders[2].pk).state == "renewed"
    assert PayOrder.objects.get(state="open").amount_fen == 100


def moved_and_waiting(hours: float, number: str = "JK-2026-0990") -> tuple[Booking, PayOrder]:
    """A held booking of two hours for which a number was given, moved to a time that waits for a yes."""
    venue = make_venue(hour_fen=3000, needs_approval=True, most_minutes=240)
    made = changing.decide_booking(make_booking(venue, at(9), 2), "agree", actor=OFFICE, now=NOON)
    order = asked(made, number)
    moved = changing.move_booking(made, (at(14), at(14 + hours)), actor=NOBODY, now=NOON)
    return moved, order


def taken() -> list[tuple[str, str]]:
    """Take what was paid, while the payment system was told of no newer number yet."""
    payments.pull_payments(actor=LINKS, now=NOON)
    for notice_id in waiting_notices(50):
        online.take_notice(notice_id, actor=JOB, now=NOON)
    return sorted(PayNotice.objects.values_list("state", "fault"))


def follow(booking: Booking) -> None:
    online.follow_owed("booking", booking.pk, actor=JOB, now=NOON)


@pytest.mark.parametrize(("hours", "fen"), [(1, 3000), (2, 6000), (3, 9000)])
def test_the_number_follows_a_booking_that_is_moved_and_waits_and_stands_on_her_page(
    hours: int, fen: int
) -> None:
    moved, before = moved_and_waiting(hours)
    follow(moved)
    follow(moved)
    before.refresh_from_db()

    order = PayOrder.objects.get(state="open")
    assert (moved.state, order.amount_fen) == ("asked", fen)
    assert (before.state, order.pk == before.pk) == (
        ("open", True) if hours == 2 else ("renewed", False)
    )
    page = Client().get(f"/en/bookings/{moved.code}/").content.decode()
    assert order.number in page and "You need not pay before" in page
    assert "Get a number to pay by phone" not in page
    said = Client().get(f"/api/v1/bookings/{moved.code}/fee/").json()
    assert (said["order"]["number"], said["may_ask"], said["open_fen"]) == (order.number, False, 0)
    with pytest.raises(NotThatMuch):
        paying.ask_own_payment(moved, actor=NOBODY, now=NOON)
    assert told() == ([] if hours == 2 else ["activities.fee_renewed"])


@pytest.mark.parametrize("is_followed", [True, False])
@pytest.mark.parametrize(("hours", "open_fen", "back_fen"), [(1, 0, 3000), (3, 3000, 0)])
def test_what_is_paid_under_the_number_before_is_taken_and_the_rest_is_owed_or_goes_back(
    hours: int, open_fen: int, back_fen: int, is_followed: bool
) -> None:
    moved, before = moved_and_waiting(hours)
    if is_followed:
        follow(moved)
    pay("T1", before.number, before.amount_fen, NOON)

    assert taken() == [("taken", "")]
    agreed = changing.decide_booking(moved, "agree", actor=OFFICE, now=NOON)
    fee = fee_of(agreed)
    assert (fee.kept_fen, fee.open_fen, fee.back_fen) == (6000, open_fen, back_fen)
    still = PayOrder.objects.filter(about_id=moved.pk, state="open")
    assert [one.amount_fen for one in still] == ([3000] if hours == 3 and is_followed else [])
    renewed = ["activities.fee_renewed"] * (1 + len(still)) if is_followed else []
    assert [one for one in told() if one.endswith("renewed")] == renewed
    assert FeePayment.objects.count() == 1


def test_under_both_numbers_she_pays_once_and_what_comes_for_nothing_goes_back_by_itself() -> None:
    moved, before = moved_and_waiting(1)
    follow(moved)
    new = PayOrder.objects.get(state="open")
    PayOrder.objects.filter(pk=new.pk).update(number="JK-2026-0980")
    Letter.objects.filter(ref=new.number).update(ref="JK-2026-0980")
    pay("T2", "JK-2026-0980", 3000, NOON)
    taken()
    pay("T1", before.number, 6000, NOON)
    assert taken() == [("returned", ""), ("taken", "")]
    assert FeePayment.objects.get().amount_fen == 3000

    changing.decide_booking(moved, "refuse", reason="Full", actor=OFFICE, now=NOON)
    assert fee_of(Booking.objects.get()).back_fen == 3000


def test_while_a_payment_is_looked_at_the_number_stays_and_follows_once_it_is_decided() -> None:
    moved, before = moved_and_waiting(1)
    pay("T1", before.number, 5999, NOON)
    assert taken() == [("waiting", "wrong_amount")]
    follow(moved)
    before.refresh_from_db()
    assert (before.state, PayOrder.objects.count(), told()) == ("open", 1, [])

    keeper = make_actor("keeper", exchange.CONNECT, at="441900/")
    online.give_back(PayNotice.objects.get(), "Another sum", actor=keeper, now=NOON)
    jobs = ProcrastinateJob.objects.filter(task_name="exchange.close_orders").order_by("-pk")
    assert jobs[0].args == {"kind": "booking", "ids": [moved.pk]}
    follow(moved)
    assert PayOrder.objects.get(state="open").amount_fen == 3000
    assert told() == ["activities.fee_returned", "activities.fee_renewed"]


def test_for_a_number_that_ran_out_no_other_is_given_by_itself() -> None:
    moved, before = moved_and_waiting(1)
    PayOrder.objects.filter(pk=before.pk).update(last_day=NOON.date() - timedelta(days=1))

    follow(moved)

    before.refresh_from_db()
    assert (before.state, PayOrder.objects.count(), told()) == ("expired", 1, [])


@pytest.mark.django_db(transaction=True)
def test_paid_while_it_is_moved_it_comes_in_once_and_nothing_waits_for_a_person() -> None:
    moved, before = moved_and_waiting(1)
    pay("T1", before.number, before.amount_fen, NOON)
    payments.pull_payments(actor=LINKS, now=NOON)
    (notice,) = waiting_notices(5)

    at_once(
        lambda: follow(moved),
        lambda: online.take_notice(notice, actor=JOB, now=NOON),
        lambda: changing.move_booking(moved, (at(16), at(17)), actor=NOBODY, now=NOON),
    )

    follow(moved)
    assert FeePayment.objects.get().amount_fen == 6000
    assert not PayNotice.objects.exclude(state="taken").exists()
    assert not PayOrder.objects.filter(state="open").exists()


def test_the_office_alone_gives_and_withdraws_numbers_and_cash_renews_and_ends_one(
    settings: Any,
) -> None:
    booking = booking_with_fee()
    with pytest.raises(NotAllowed):
        paying.ask_payment(booking, actor=make_actor("stranger"), now=NOON)
    paying.ask_payment(booking, actor=OFFICE, now=NOON)
    with pytest.raises(NotAllowed):
        paying.withdraw_order(booking, actor=make_actor("stranger"), now=NOON)
    assert PayOrder.objects.get().state == "open"
    fees.take_payment(booking, 100, "cash", actor=OFFICE, now=NOON)
    known = PayOrder.objects.order_by("pk")
    assert list(known.values_list("state", "amount_fen")) == [("renewed", 6000), ("open", 5900)]
    fees.take_payment(booking, 5900, "cash", actor=OFFICE, now=NOON)
    assert list(known.values_list("state", flat=True)) == ["renewed", "closed"]
    with pytest.raises(NotFound):
        paying.withdraw_order(booking, actor=OFFICE, now=NOON)
    settings.LINLI_DEMO = False
    with pytest.raises(NotFound):
        paying.ask_payment(booking, actor=OFFICE, now=NOON)
    assert known.count() == 2


def test_whoever_has_the_code_gets_the_number_on_her_page_and_the_desk_sees_it() -> None:
    booking, family = booking_with_fee(), family_with_fee()
    own = {
        one: f"/en/{page}/{one.code}/"
        for one, page in ((booking, "bookings"), (family, "enrolments"))
    }
    assert "Get a number to pay by phone" in Client().get(own[booking]).content.decode()

    for one, page in own.items():
        sent = Client().post(f"/en/bookings/{one.code}/pay", {"key": str(uuid4())})
        assert (sent.status_code, sent["Location"]) == (303, page)
        assert (
            PayOrder.objects.get(about_id=one.pk, about_kind=page.split("/")[2][:-1]).number
            in Client().get(page).content.decode()
        )
    assert Client().post("/en/bookings/NOSUCHCODE/pay", {"key": str(uuid4())}).status_code == 404
    desk = f"/en/desk/venues/bookings/{booking.pk}/fee/"
    number = PayOrder.objects.get(about_kind="booking").number
    assert number in client_of(OFFICE).get(desk).content.decode()
    assert number in Client().get(f"{own[booking]}?paper=fee").content.decode()
    said = Client().get(f"/api/v1/bookings/{booking.code}/fee/").json()
    assert (said["order"]["number"], said["may_ask"], said["open_fen"]) == (number, True, 6000)
    asked_again = post_json(Client(), f"/api/v1/enrolments/{family.code}/fee/", {})
    assert asked_again.json()["order"]["state"] == "open" and PayOrder.objects.count() == 2
    client_of(OFFICE).post(desk, {"move": "withdraw", "key": str(uuid4())})
    assert PayOrder.objects.get(about_kind="booking").state == "closed"


@pytest.mark.django_db(transaction=True)
def test_asked_at_once_it_is_one_number() -> None:
    booking = booking_with_fee()

    at_once(
        lambda: paying.ask_own_payment(booking, actor=NOBODY, now=NOON),
        lambda: paying.ask_payment(booking, actor=OFFICE, now=NOON),
        lambda: paying.ask_own_payment(booking, actor=NOBODY, now=NOON),
    )

    assert PayOrder.objects.count() == 1
