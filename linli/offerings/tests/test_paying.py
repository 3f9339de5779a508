"""Fees over the payment system: a number is asked for once, a payment becomes one receipt or waits for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.exchange import permits as exchange
from linli.exchange.clients.payments_simulator import pay
from linli.exchange.models import Comparison, Connection, Letter, PayNotice, PayOrder, Simulated
from linli.exchange.queries import connections
from linli.exchange.queries.payments import waiting_notices
from linli.exchange.rules.letters import PAUSES
from linli.exchange.services import comparing, letters, payments
from linli.exchange.services import paying as online
from linli.exchange.types.connections import System
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.fees import NotThatMuch
from linli.kernel.permits import system_actor
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.models import Payment, Refund
from linli.offerings.queries.applications import application_of, fee_open
from linli.offerings.services import fees, paying
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.offerings.types.applications import FEE_OVER
from linli.places.testing import make_village
from linli.runtime.services.numbers import next_value

pytestmark = pytest.mark.django_db
LINKS, JOB = system_actor("exchange.links"), system_actor("exchange.payments")
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, cases.SEE, cases.HANDLE, account_id=7)
CITY = make_actor("city", exchange.CONNECT, at="441900/")
OTHER = make_actor("other", exchange.CONNECT, at="441900/441900006/")
FEE = 4000


@pytest.fixture(autouse=True)
def city(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINLI_DEMO = True
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)


def ordered(habit: int = 1) -> PayOrder:
    """Give a number whose last figure says how the simulator misbehaves."""
    case_id = make_application(fee_fen=FEE).held.id
    if skipped := (habit - 1) % 10:
        with transaction.atomic():
            next_value("JK", "", localdate(NOON).year, now=NOON, count=skipped)
    return paying.ask_payment(case_id, actor=CLERK, now=NOON)


def round_of(now: Any = NOON) -> list[tuple[str, str]]:
    """Tell and ask the payment system once, as the jobs do; return (state, fault) of what came."""
    letters.send_due(System.PAYMENTS, actor=LINKS, now=now)
    payments.pull_payments(actor=LINKS, now=now)
    for notice_id in waiting_notices(500):
        online.take_notice(notice_id, actor=JOB, now=now)
    return list(PayNotice.objects.order_by("pk").values_list("state", "fault"))


def test_a_fee_is_asked_for_once_and_a_payment_becomes_one_receipt_however_often_it_comes() -> None:
    order = ordered(2)
    assert paying.ask_payment(order.case_id, actor=CLERK, now=NOON).pk == order.pk

    assert round_of() == [("taken", "")]
    Connection.objects.update(marks={})
    assert round_of() == [("taken", "")]
    online.take_notice(PayNotice.objects.get().pk, actor=JOB, now=NOON)

    paid = Payment.objects.get()
    assert (paid.amount_fen, paid.way) == (FEE, "online")
    assert PayNotice.objects.get().receipt == paid.number
    order.refresh_from_db()
    assert order.state == "paid" and Letter.objects.count() == 1
    with pytest.raises(NotThatMuch):
        paying.ask_payment(order.case_id, actor=CLERK, now=NOON)


@pytest.mark.parametrize(
    ("habit", "came"),
    [
        (3, [("waiting", "wrong_amount")]),
        (4, [("taken", ""), ("waiting", "paid_before")]),
        (7, [("waiting", "unreadable")]),
        (0, []),
    ],
)
def test_what_does_not_fit_waits_for_a_person(habit: int, came: list[tuple[str, str]]) -> None:
    ordered(habit)

    assert sorted(round_of()) == came
    assert Payment.objects.count() == sum(state == "taken" for state, _fault in came)
    assert connections.count_waiting(CITY) == sum(state == "waiting" for state, _fault in came)


def test_an_answer_that_nobody_signed_is_not_believed_and_asked_for_again() -> None:
    ordered(5)

    assert round_of() == [] and not Payment.objects.exists()
    assert Connection.objects.get().fault == "not_signed"
    assert round_of() == [("taken", "")]


def test_a_payment_after_the_fee_was_paid_in_cash_goes_back_once() -> None:
    order = ordered(6)
    assert round_of() == []
    with pytest.raises(Invalid):
        fees.take_payment(order.case_id, FEE, "online", actor=CLERK, now=NOON)
    fees.take_payment(order.case_id, FEE, "cash", actor=CLERK, now=NOON)

    assert round_of() == [("waiting", "too_late")]
    row = PayNotice.objects.get()
    for actor in (OTHER, make_actor("nobody", at="441900/")):
        with pytest.raises(NotAllowed):
            payments.return_payment(row, "已付现金", actor=actor, now=NOON)
    with pytest.raises(Invalid):
        payments.return_payment(row, " ", actor=CITY, now=NOON)
    with pytest.raises(Invalid):
        online.try_notice_again(row, actor=CITY, now=NOON)
    with pytest.raises(NotAllowed):
        online.try_notice_again(row, actor=OTHER, now=NOON)
    assert not Letter.objects.filter(kind="refund").exists()
    payments.return_payment(row, "已付现金", actor=CITY, now=NOON)
    for again in (payments.return_payment, payments.drop_payment):
        with pytest.raises(WrongState):
            again(row, "已付现金", actor=CITY, now=NOON)
    round_of()

    assert [one.body["amount_fen"] for one in Simulated.objects.filter(kind="refund")] == [FEE]
    assert Payment.objects.get().way == "cash"


def test_an_unknown_order_is_of_the_city_and_what_came_with_another_sum_is_looked_at() -> None:
    pay("T1", "JK-1999-0001", 500, NOON)
    ordered(1)
    assert sorted(round_of()) == [("taken", ""), ("waiting", "unknown_order")]
    assert connections.count_waiting(OTHER) == 0
    taken = PayNotice.objects.get(state="taken")
    pay(taken.trade, taken.order_number, FEE + 1, NOON)

    round_of()
    taken.refresh_from_db()
    assert (taken.state, taken.fault) == ("taken", "changed_after") and Payment.objects.count() == 1
    payments.look_at_payment(taken, actor=CITY, now=NOON)
    with pytest.raises(WrongState):
        payments.look_at_payment(taken, actor=CITY, now=NOON)
    payments.drop_payment(PayNotice.objects.get(trade="T1"), "已转他局", actor=CITY, now=NOON)


@pytest.mark.parametrize("habit", [1, 8])
def test_what_was_paid_over_the_system_goes_back_over_it_once(habit: int) -> None:
    ordered(habit)
    round_of()
    paid = Payment.objects.get()
    fees.refund(paid, FEE, "重复缴费", actor=CLERK, now=NOON)
    with pytest.raises(NotThatMuch):
        fees.refund(paid, FEE, "重复缴费", actor=CLERK, now=NOON)

    for at in (NOON, NOON + PAUSES[0], NOON + PAUSES[0] + PAUSES[1]):
        round_of(at)
    back = Simulated.objects.get(kind="refund")
    assert (back.body["amount_fen"], Refund.objects.count()) == (FEE, 1)
    assert "重复" not in str(back.body)
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_what_somebody_exempt_gets_back_is_not_owed_again() -> None:
    made = make_application(fee_fen=FEE).held
    paid = fees.take_payment(made.id, FEE, "cash", actor=CLERK, now=NOON)

    fees.refund(paid, 100, "输错金额", actor=CLERK, now=NOON)
    assert fee_open(application_of(made.id)) == 100
    fees.refund(paid, FEE - 100, "低保户免收", is_waived=True, actor=CLERK, now=NOON)

    assert fee_open(application_of(made.id)) == 100
    assert [one.is_waived for one in Refund.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("state", sorted(FEE_OVER))
def test_nothing_is_taken_for_what_owes_nothing(state: str) -> None:
    made = make_application(fee_fen=FEE).held
    Case.objects.filter(pk=made.id).update(state=state)

    with pytest.raises(NotThatMuch):
        fees.take_payment(made.id, FEE, "cash", actor=CLERK, now=NOON)

    assert not Payment.objects.exists() and fee_open(application_of(made.id)) == 0


def test_a_refund_that_the_system_will_not_make_waits_for_a_person() -> None:
    ordered(9)
    round_of()
    fees.refund(Payment.objects.get(), 100, "重复缴费", actor=CLERK, now=NOON)
    round_of()

    assert Letter.objects.get(kind="refund").fault == "says:settled_with_bank"
    assert connections.count_waiting(CITY) == 1


def test_an_ended_application_is_asked_for_nothing_and_a_payment_for_it_waits() -> None:
    order = ordered(1)
    Case.objects.filter(pk=order.case_id).update(state="withdrawn")

    with pytest.raises(WrongState):
        paying.ask_payment(order.case_id, actor=CLERK, now=NOON)
    assert round_of() == [("waiting", "ended")] and not Payment.objects.exists()
    Case.objects.filter(pk=order.case_id).update(state="accepted")
    taken = online.try_notice_again(PayNotice.objects.get(), actor=CITY, now=NOON)
    assert taken.receipt == Payment.objects.get().number


def test_each_day_is_compared_with_what_went_back() -> None:
    ordered(1)
    round_of()
    fees.refund(Payment.objects.get(), 100, "多收", actor=CLERK, now=NOON)
    round_of()
    later = NOON + timedelta(days=1)
    pay("T9", "JK-1999-0001", 500, NOON)
    comparing.compare_payments(actor=LINKS, now=later)
    found = Comparison.objects.get(on=localdate(NOON))
    assert found.differences == [["T9", "not_here", "500", ""]]
    day = f"/en/connections/days/payments/{localdate(NOON).isoformat()}/"
    assert "¥5.00" in client_of(CITY).get(day).content.decode()

    round_of(later)
    comparing.compare_payments(actor=LINKS, now=later)
    found = Comparison.objects.get(on=localdate(NOON))
    assert (found.theirs, found.ours, found.differences) == (3, 3, [])


def test_without_a_payment_system_nothing_is_asked(settings: Any) -> None:
    settings.LINLI_DEMO = False
    made = make_application(fee_fen=FEE).held

    with pytest.raises(NotFound):
        paying.ask_payment(made.id, actor=CLERK, now=NOON)
    page = client_of(CLERK).get(f"/en/desk/cases/{made.number}/").content.decode()
    assert "Note a payment" in page and "Give a number" not in page
    assert round_of() == [] and not Letter.objects.exists()


def test_the_desk_gives_a_number_and_decides_on_what_came() -> None:
    made = make_application(fee_fen=FEE).held
    sheet, one = f"/en/desk/cases/{made.number}/", f"/en/applications/{made.number}/pay"
    with transaction.atomic():
        next_value("JK", "", localdate().year, now=NOON, count=2)

    def post(where: str, who: Any = CLERK, **said: str) -> int:
        return int(client_of(who).post(where, {"key": str(uuid4()), **said}).status_code)

    assert post(f"{one}/ask", OTHER) == 404 and post(f"{one}/nosuch") == 404
    assert post(f"{one}/withdraw") == 404 and not PayOrder.objects.exists()
    assert post(f"{one}/ask") == 303
    number = PayOrder.objects.get().number
    assert number.endswith("3") and number in client_of(CLERK).get(sheet).content.decode()
    at = Letter.objects.get().due_at
    assert round_of(at) == [("waiting", "wrong_amount")]
    row = PayNotice.objects.get()
    there = "/en/connections/payments/"
    listed = client_of(CITY).get(f"{there}?view=look").content.decode()
    assert "another sum was paid than was asked for" in listed
    assert row.trade in client_of(CITY).get(f"{there}?format=csv").content.decode("utf-8-sig")
    assert client_of(CITY).get(f"{there}?view=nosuch").status_code == 422
    assert client_of(OTHER).get(f"{there}{row.pk}/").status_code == 404
    asked = client_of(CITY).get(f"{there}{row.pk}/").content.decode()
    assert "Why do you decide so?" in asked and "(optional)" not in asked, "both ways take a reason"
    assert post(f"{there}{row.pk}/", CITY, move="take") == 422
    assert post(f"{there}{row.pk}/", CITY, move="return", why="") == 422
    assert post(f"{there}{row.pk}/", CITY, move="return", why="金额不符") == 303
    assert "金额不符" in client_of(CITY).get(f"{there}{row.pk}/").content.decode()
    assert post(f"{one}/withdraw") == 303 and PayOrder.objects.get().state == "closed"
