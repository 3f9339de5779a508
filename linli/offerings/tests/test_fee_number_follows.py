"""A number to pay under follows what is done at the window: it asks for what is still open, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from linli.cases.models import Reporter
from linli.cases.testing import NOON
from linli.exchange.models import PayOrder
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.fees import NotThatMuch
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor
from linli.notify.models import Delivery
from linli.offerings.models import Payment, Waiver
from linli.offerings.queries.fees import waivers_of
from linli.offerings.services import fees, paying
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.offerings.tests.test_paying import CLERK, FEE, round_of
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
WHY = "低保家庭免收"


@pytest.fixture
def case_id(settings: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """An application whose applicant asked for a number to pay the whole fee under."""
    settings.LINLI_DEMO = True
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)
    made = make_application(fee_fen=FEE).held
    Reporter.objects.filter(pk=made.id).update(by_sms=True)
    paying.ask_own_payment(made.id, actor=NOBODY, now=NOON)
    return int(made.id)


def waive(case_id: int, fen: int) -> None:
    fees.waive(case_id, fen, WHY, actor=CLERK, now=NOON)


def pay_cash(case_id: int, fen: int) -> None:
    fees.take_payment(case_id, fen, "cash", actor=CLERK, now=NOON)


def orders() -> list[tuple[str, int]]:
    return list(PayOrder.objects.order_by("pk").values_list("state", "amount_fen"))


@pytest.mark.parametrize("act", [waive, pay_cash])
def test_a_part_done_at_the_window_renews_the_number_for_the_rest_and_she_is_told(
    case_id: int, act: Callable[[int, int], None]
) -> None:
    act(case_id, 1000)

    assert orders() == [("renewed", FEE), ("open", FEE - 1000)]
    assert [one.template for one in Delivery.objects.all()] == ["offerings.fee_renewed"]
    act(case_id, FEE - 1000)
    assert [state for state, _fen in orders()] == ["renewed", "closed"]
    assert Delivery.objects.count() == 1, "nothing is left to pay: no new number, no message"


def test_what_was_let_off_and_is_owed_after_all_is_asked_for_under_a_new_number(
    case_id: int,
) -> None:
    waive(case_id, 1000)
    first = waivers_of(case_id)[0].pk

    fees.take_waiver_back(case_id, first, "误填", actor=CLERK, now=NOON)

    assert orders() == [("renewed", FEE), ("renewed", FEE - 1000), ("open", FEE)]


def test_whoever_pays_under_the_new_number_pays_what_is_left(case_id: int) -> None:
    waive(case_id, 1000)

    round_of()
    paid = Payment.objects.get()

    assert (paid.amount_fen, paid.way) == (FEE - 1000, "online")
    assert PayOrder.objects.order_by("pk").last().state == "paid"


def test_without_a_number_given_before_none_is_made(settings: Any, case_id: int) -> None:
    paying.withdraw_order(case_id, actor=CLERK, now=NOON)

    waive(case_id, 1000)

    assert orders() == [("closed", FEE)] and not Delivery.objects.exists()


def test_what_is_refused_leaves_the_number_as_it_is(case_id: int) -> None:
    with pytest.raises(NotThatMuch):
        waive(case_id, FEE + 1)
    with pytest.raises(Invalid):
        fees.waive(case_id, 1000, " ", actor=CLERK, now=NOON)
    with pytest.raises(NotAllowed):
        fees.waive(case_id, 1000, WHY, actor=make_actor("stranger"), now=NOON)

    assert orders() == [("open", FEE)]
    assert not Waiver.objects.exists() and not Payment.objects.exists()
