"""The applicant asks for her number to pay under herself; it runs out, and nobody ever pays twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.cases.models import Case, Reporter
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.exchange.clients.payments_simulator import pay
from linli.exchange.models import Letter, PayNotice, PayOrder
from linli.exchange.services import paying as online
from linli.exchange.types.payments import APPLICATION
from linli.kernel.fees import PaidAlready
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery
from linli.offerings import permits
from linli.offerings.models import Payment
from linli.offerings.services import fees, paying
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.offerings.tests.test_paying import CLERK, FEE, JOB, round_of
from linli.places.testing import make_village
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=8)


@pytest.fixture(autouse=True)
def city(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINLI_DEMO = True
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)


def asked(number: str = "", *, by_sms: bool = True, now: Any = NOON) -> PayOrder:
    """Let the applicant ask for a number; nobody pays under one that ends in 0."""
    made = make_application(fee_fen=FEE).held
    Reporter.objects.filter(pk=made.id).update(by_sms=by_sms)
    order = paying.ask_own_payment(made.id, actor=NOBODY, now=now)
    if number:
        PayOrder.objects.filter(pk=order.pk).update(number=number)
        Letter.objects.filter(ref=order.number).update(ref=number)
        order.refresh_from_db()
    return order


def told() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("template", flat=True))


def test_she_asks_pays_and_is_told_and_nobody_is_named_in_the_trail() -> None:
    order = asked()
    assert order.last_day == localdate(NOON) + timedelta(days=7)
    assert paying.ask_own_payment(order.case_id, actor=NOBODY, now=NOON).pk == order.pk

    assert round_of() == [("taken", "")]
    assert told() == ["offerings.fee_paid"]
    made = Entry.objects.get(verb="exchange.pay_order_made")
    assert made.account_id is None and Letter.objects.get().body["last_day"] == str(order.last_day)


def test_whoever_wants_no_message_gets_none() -> None:
    asked(by_sms=False)
    round_of()

    assert Payment.objects.count() == 1 and told() == []


def test_a_number_runs_out_after_its_last_day_and_she_is_told_once() -> None:
    order = asked("JK-2026-0990")
    last = NOON + DAYS - timedelta(days=1)
    assert online.expire_due(actor=JOB, now=last) == 0

    assert online.expire_due(actor=JOB, now=NOON + DAYS) == 1
    assert online.expire_due(actor=JOB, now=NOON + DAYS) == 0
    order.refresh_from_db()
    assert order.state == "expired" and told() == ["offerings.fee_expired"]
    assert [one.kind for one in Letter.objects.order_by("seq")] == ["order", "close"]
    # a new one is another number
    fresh = paying.ask_own_payment(order.case_id, actor=NOBODY, now=NOON + DAYS)
    assert fresh.pk != order.pk


def test_what_is_paid_late_is_taken_while_it_is_owed_and_the_newer_number_closed() -> None:
    order = asked("JK-2026-0990")
    late = NOON + DAYS
    online.expire_due(actor=JOB, now=late)
    fresh = paying.ask_own_payment(order.case_id, actor=NOBODY, now=late)
    PayOrder.objects.filter(pk=fresh.pk).update(number="JK-2026-0980")
    Letter.objects.filter(ref=fresh.number).update(ref="JK-2026-0980")
    pay("T1", order.number, FEE, late)

    assert round_of(late) == [("taken", "")]
    order.refresh_from_db()
    fresh.refresh_from_db()
    assert (order.state, fresh.state, Payment.objects.count()) == ("paid", "closed", 1)
    # the newer one was paid as well, by somebody of the family: a person gives it back
    pay("T2", "JK-2026-0980", FEE, late)
    assert round_of(late)[1] == ("waiting", "too_late") and Payment.objects.count() == 1


def test_what_is_paid_late_and_not_owed_goes_back_by_itself_once() -> None:
    order = asked("JK-2026-0990")
    late = NOON + DAYS
    online.expire_due(actor=JOB, now=late)
    fees.take_payment(order.case_id, FEE, "cash", actor=CLERK, now=late)
    pay("T1", order.number, FEE, late)

    assert round_of(late) == [("returned", "")]
    online.take_notice(PayNotice.objects.get().pk, actor=JOB, now=late)
    back = [one.body for one in Letter.objects.filter(kind="refund")]
    assert [(one["trade"], one["amount_fen"]) for one in back] == [("T1", FEE)]
    assert Payment.objects.get().way == "cash" and told()[-1] == "offerings.fee_returned"


def test_while_a_payment_is_looked_at_nobody_gets_another_number() -> None:
    order = asked("JK-2026-0993")

    assert round_of() == [("waiting", "wrong_amount")]
    for ask, actor in ((paying.ask_own_payment, NOBODY), (paying.ask_payment, CLERK)):
        with pytest.raises(PaidAlready):
            ask(order.case_id, actor=actor, now=NOON)
    assert PayOrder.objects.count() == 1
    # one that ran out meanwhile asks her for nothing
    assert online.expire_due(actor=JOB, now=NOON + DAYS) == 1 and told() == []


def test_for_an_application_that_ended_nothing_can_be_paid() -> None:
    order = asked("JK-2026-0990")
    online.follow_owed(APPLICATION, order.case_id, actor=JOB, now=NOON)
    order.refresh_from_db()
    assert order.state == "open"
    Case.objects.filter(pk=order.case_id).update(state="withdrawn")

    online.follow_owed(APPLICATION, order.case_id, actor=JOB, now=NOON)
    order.refresh_from_db()
    assert order.state == "closed" and told() == []


def test_she_asks_where_she_follows_it_and_prints_it_with_her_code_alone() -> None:
    made = make_application(fee_fen=FEE)
    number, code = made.held.number, made.code
    client, where = client_of(NOBODY), f"/en/applications/{number}/fee/"
    follow = f"/en/follow/{number}/?code={code}"
    stranger = client_of(make_actor("stranger", permits.RECEIVE, at="441900/441900006/"))
    assert "Get a number to pay by phone" in client.get(follow).content.decode()

    for who, said in ((client, "WRONGWRONG"), (stranger, "")):
        assert who.post(where, {"code": said, "key": str(uuid4())}).status_code == 404
        assert who.get(f"{where}?code={said}").status_code == 404
    assert not PayOrder.objects.exists()
    assert client.post(where, {"code": code, "key": str(uuid4())}).status_code == 303
    order = PayOrder.objects.get()

    page = client.get(follow).content.decode()
    assert order.number in page and "¥40.00" in page and "It can be paid until" in page
    paper = client.get(f"{where}?code={code}").content.decode()
    assert order.number in paper and "Nothing was paid yet" in paper
    round_of(Letter.objects.get().due_at)
    receipt = Payment.objects.get().number
    assert receipt in client.get(follow).content.decode()
    assert receipt in client_of(CLERK).get(where).content.decode()
    asked_again = client.post(where, {"code": code, "key": str(uuid4())})
    assert asked_again.status_code == 303 and PayOrder.objects.count() == 1


def test_programs_read_and_ask_with_the_code_or_a_right() -> None:
    made = make_application(fee_fen=FEE)
    where = f"/api/v1/applications/{made.held.number}/fee/"
    reader = person(VILLAGE, permits.SEE, account_id=9)
    nobody, mine = client_of(NOBODY), {"Follow-Code": made.code}

    assert nobody.get(where).status_code == 404 and post_json(nobody, where).status_code == 404
    assert post_json(client_of(reader), where).status_code == 404 and not PayOrder.objects.exists()
    assert client_of(reader).get(where).json()["open_fen"] == FEE
    made_order = post_json(client_of(CLERK), where).json()["order"]
    assert (made_order["amount_fen"], made_order["is_known"]) == (FEE, False)
    again = nobody.post(where, headers={**mine, "Idempotency-Key": "a"})
    assert again.status_code == 201 and again.json()["order"]["number"] == made_order["number"]
    round_of(Letter.objects.get().due_at)
    found = nobody.get(where, headers=mine).json()
    assert (found["open_fen"], found["may_ask"]) == (0, False)
    assert [(one["amount_fen"], one["way"]) for one in found["payments"]] == [(FEE, "online")]


def test_whoever_guesses_the_code_meets_the_same_wall_on_every_paper_and_over_programs() -> None:
    made = make_application(fee_fen=FEE)
    number, nobody = made.held.number, client_of(NOBODY)
    ones = (f"{number}/fee/", f"receipt/{number}/", f"{number}/supply/", f"{number}/sealed/A.pdf")
    pages = [f"/en/applications/{one}" for one in ones]
    programs = [f"/api/v1/applications/{number}/", f"/api/v1/applications/{number}/fee/"]

    for n in range(12):
        nobody.get(pages[n % 4], {"code": f"GUESS{n:05d}"})
    walls = [nobody.get(one, {"code": "WRONG"}).status_code for one in pages]
    walls += [nobody.get(one, headers={"Follow-Code": "WRONG"}).status_code for one in programs]

    assert walls == [429] * 6
    assert nobody.get(pages[0], {"code": made.code}).status_code == 200
    assert nobody.get(programs[0], headers={"Follow-Code": made.code}).status_code == 200


def test_a_program_of_the_window_withdraws_the_number_and_nobody_else() -> None:
    made = make_application(fee_fen=FEE)
    where = f"/api/v1/applications/{made.held.number}/fee/withdraw"
    clerk, reader = client_of(CLERK), client_of(person(VILLAGE, permits.SEE, account_id=9))
    assert post_json(clerk, where).status_code == 404, "none was given yet"
    paying.ask_payment(made.held.id, actor=CLERK, now=timezone.now())

    refused = client_of(NOBODY).post(
        where, headers={"Follow-Code": made.code, "Idempotency-Key": "b"}
    )
    assert {refused.status_code, post_json(reader, where).status_code} <= {401, 403, 404}
    assert PayOrder.objects.get().state == "open"
    told = post_json(clerk, where).json()
    assert (told["order"]["state"], told["open_fen"], told["may_ask"]) == ("closed", FEE, True)
    assert PayOrder.objects.get().state == "closed"


@pytest.mark.django_db(transaction=True)
def test_asked_for_at_once_by_her_and_at_the_window_it_is_one_number() -> None:
    case_id = make_application(fee_fen=FEE).held.id

    told_them = at_once(
        lambda: paying.ask_own_payment(case_id, actor=NOBODY, now=NOON),
        lambda: paying.ask_payment(case_id, actor=CLERK, now=NOON),
        lambda: paying.ask_own_payment(case_id, actor=NOBODY, now=NOON),
    )

    assert told_them == ["", "", ""] and PayOrder.objects.count() == 1
    assert Letter.objects.count() == 1
