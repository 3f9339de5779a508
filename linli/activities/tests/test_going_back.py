"""What was paid and is not owed any more: on the desk of whoever gives it back, and on her page where and how."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.activities import desk, permits
from linli.activities.models import Booking, Enrolment, FeePayment
from linli.activities.queries.fees import fee_of
from linli.activities.services import changing, events, fees
from linli.activities.testing import NOON, at, page
from linli.activities.tests.test_fees import OFFICE, booking_with_fee, family_with_fee
from linli.activities.tests.test_paying import asked, round_of
from linli.exchange import desk as links
from linli.exchange import permits as exchange
from linli.exchange.clients.payments_simulator import pay
from linli.exchange.models import PayNotice, PayOrder
from linli.exchange.services import letters
from linli.exchange.services import paying as online
from linli.exchange.types.connections import System
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.offerings import permits as offerings

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
FAR = make_actor("far", permits.BOOKINGS, permits.EVENTS, at=OTHER_TOWN)
WINDOW = make_actor("window", permits.BOOKINGS, permits.EVENTS, offerings.RECEIVE)
KEEPER = make_actor("keeper", exchange.CONNECT, at="441900/")
JOB = system_actor("exchange.payments")


@pytest.fixture
def cancelled() -> tuple[Booking, Enrolment]:
    """A booking and a family, both paid at the office, both fallen out."""
    booking, family = booking_with_fee(), family_with_fee()
    for one, fen in ((booking, 6000), (family, 3000)):
        fees.take_payment(one, fen, "cash", actor=OFFICE, now=NOON)
    changing.cancel_booking(booking, actor=NOBODY, now=NOON)
    events.cancel_event(family.event, "Rain", actor=OFFICE, now=NOON)
    return Booking.objects.get(), Enrolment.objects.get()


def test_what_goes_back_is_on_the_desk_until_it_went_back(
    cancelled: tuple[Booking, Enrolment],
) -> None:
    booking, family = cancelled
    lists = (desk.due, desk.due_families)

    (one,), (other,) = (find(OFFICE, TODAY, 9) for find in lists)

    assert one.number == booking.code and one.url.endswith(f"/bookings/{booking.pk}/fee/")
    assert other.number == family.code and "¥30" in other.title
    assert [list(find(FAR, TODAY, 9)) for find in lists] == [[], []]
    assert "¥60.00 goes back" in page("desk/venues/bookings/", OFFICE)
    assert "?fee=back" in page("desk/venues/", OFFICE)
    for payer in cancelled:
        (paid,) = fee_of(payer).payments
        fees.give_back(payer, paid.number, paid.amount_fen, "Rain", actor=OFFICE, now=NOON)
    assert [list(find(OFFICE, TODAY, 9)) for find in lists] == [[], []]
    assert "goes back</span>" not in page("desk/venues/bookings/", OFFICE)
    assert "?fee=back" not in page("desk/venues/", OFFICE)


def test_what_was_moved_to_a_cheaper_time_is_on_the_desk_and_what_is_still_owed_is_not() -> None:
    booking = booking_with_fee()
    fees.take_payment(booking, 6000, "cash", actor=OFFICE, now=NOON)
    assert not desk.due(OFFICE, TODAY, 9)

    changing.move_booking(booking, (at(14), at(15)), actor=NOBODY, now=NOON)

    assert [one.title.split(" ")[0] for one in desk.due(OFFICE, TODAY, 9)] == ["¥30.00"]


def test_the_list_of_fees_that_go_back_leads_to_those_of_bookings_and_events(
    cancelled: tuple[Booking, Enrolment],
) -> None:
    shown, told = page("window/fees/", WINDOW), client_of(WINDOW).get("/api/v1/fees/back/").json()
    assert "desk/venues/bookings/?fee=back" in shown and "desk/events/fees/?fee=back" in shown
    assert ">Nothing is to go back" not in shown
    assert (told["bookings"], told["families"], told["items"]) == (1, 1, [])
    back, still = (
        client_of(OFFICE).get(f"/api/v1/desk/bookings/?fee={fee}").json()
        for fee in ("back", "open")
    )
    assert [one["code"] for one in back["items"]] == [cancelled[0].code] and not still["items"]

    receives_only = make_actor("window", offerings.RECEIVE)
    assert "?fee=back" not in page("window/fees/", receives_only)


def test_she_reads_what_goes_back_where_and_how(cancelled: tuple[Booking, Enrolment]) -> None:
    for kind, one in zip(("bookings", "enrolments"), cancelled, strict=True):
        shown = page(f"{kind}/{one.code}/")
        assert "What was paid at the office is given back there" in shown and "tel:" in shown
        assert "goes back over it to where it came from" not in shown
        assert "given back there" in page(f"{kind}/{one.code}/?paper=fee")
        assert client_of(NOBODY).get(f"/api/v1/{kind}/{one.code}/fee/").json()["back_ways"] == ["office"]  # fmt: skip
    FeePayment.objects.update(way="online")
    assert "goes back over it to where it came from" in page(f"bookings/{cancelled[0].code}/")


@pytest.mark.usefixtures("noon")
def test_who_cancels_or_withdraws_reads_at_once_that_money_goes_back() -> None:
    booking, family = booking_with_fee(), family_with_fee()
    for one in (booking, family):
        fees.take_payment(one, 2000, "cash", actor=OFFICE, now=NOON)
    acts = (f"bookings/{booking.code}/cancel", f"enrolments/{family.code}/withdraw")

    for act in acts:
        sent = Client().post(f"/en/{act}", {"key": str(uuid4())}, follow=True)

        assert "¥20.00 goes back to you" in sent.content.decode(), act


def test_no_number_is_given_until_after_the_time_it_is_for_and_it_follows_an_earlier_one(
    settings: Any,
) -> None:
    settings.LINLI_DEMO = True
    booking, family = booking_with_fee(), family_with_fee()
    assert {asked(one).last_day for one in (booking, family)} == {at(9).date()}
    changing.move_booking(booking, (at(9) + timedelta(days=2), at(11) + timedelta(days=2)), actor=NOBODY, now=NOON)  # fmt: skip
    online.follow_owed("booking", booking.pk, actor=JOB, now=NOON)
    first = PayOrder.objects.get(about_kind="booking")
    PayOrder.objects.filter(pk=first.pk).update(last_day=TODAY + timedelta(days=3))
    changing.move_booking(booking, (at(9), at(11)), actor=NOBODY, now=NOON)

    online.follow_owed("booking", booking.pk, actor=JOB, now=NOON)

    orders = PayOrder.objects.filter(about_kind="booking").order_by("pk")
    assert [one.state for one in orders] == ["renewed", "open"]
    assert orders[1].last_day == at(9).date() and orders[1].amount_fen == first.amount_fen
    # what is still owed after the time may be paid as long as everything else
    late = NOON + timedelta(days=3)
    assert asked(booking, now=late).last_day == TODAY + timedelta(days=10)


def test_money_that_comes_after_the_event_was_called_off_is_on_a_desk_and_on_her_page(
    settings: Any,
) -> None:
    settings.LINLI_DEMO = True
    family = family_with_fee()
    order = asked(family, "JK-2026-0980")
    events.cancel_event(family.event, "Rain", actor=OFFICE, now=NOON)
    online.follow_owed("enrolment", family.pk, actor=JOB, now=NOON)
    letters.send_due(System.PAYMENTS, actor=JOB, now=NOON)
    own, fee = f"enrolments/{family.code}/", f"desk/events/{family.event_id}/families/{family.code}/"  # fmt: skip
    api = f"/api/v1/enrolments/{family.code}/fee/"
    assert "A payment has come in" not in page(own) and not links.stuck(KEEPER, TODAY, 9)
    pay("T1", order.number, order.amount_fen, NOON)
    assert round_of() == [("waiting", "too_late")]

    (item,) = links.stuck(KEEPER, TODAY, 9)

    assert item.number == order.number and "¥30" in item.title
    assert order.number in page(item.url.removeprefix("/zh-hans/").removeprefix("/en/"), KEEPER)
    assert not links.stuck(make_actor("far", exchange.CONNECT, at=OTHER_TOWN), TODAY, 9)
    shown = page(own)
    assert "A payment has come in" in shown and "tel:" in shown and "Nothing was paid yet" not in shown  # fmt: skip
    assert "a payment is being looked at" in page(fee, OFFICE)
    assert client_of(NOBODY).get(api).json()["is_looked_at"] is True

    online.give_back(PayNotice.objects.get(), "Called off", actor=KEEPER, now=NOON)

    assert "it was sent back the way it came" in page(own) and not links.stuck(KEEPER, TODAY, 9)
    told = client_of(NOBODY).get(api).json()
    assert (told["is_looked_at"], told["sent_back_fen"]) == (False, 3000)


def test_the_letter_says_that_money_goes_back_and_only_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    booking, free, family = booking_with_fee(), booking_with_fee(hour=14), family_with_fee()
    fees.take_payment(booking, 6000, "cash", actor=OFFICE, now=NOON)
    fees.take_payment(family, 1000, "cash", actor=OFFICE, now=NOON)
    told: list[str] = []
    send = "linli.activities.engine.telling.notify.send"
    monkeypatch.setattr(send, lambda template, to, values, **_more: told.append(values["reason"]))

    for one in (booking, free):
        changing.cancel_booking(one, actor=NOBODY, now=NOON)
    events.cancel_event(family.event, "Rain", actor=OFFICE, now=NOON)

    assert told == ["¥60.00将退还给您。", "", "Rain ¥10.00将退还给您。"]
