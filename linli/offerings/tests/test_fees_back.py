"""What was paid for an application that ended without a decision is to go back, and stands where it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.kernel.fees import Paid, PayWay
from linli.kernel.testing import OTHER_TOWN, client_of
from linli.offerings import desk, permits
from linli.offerings.queries.applications import application_of
from linli.offerings.queries.fees import fee_of, to_go_back
from linli.offerings.services import fees
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.offerings.types.applications import FEE_OVER
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, cases.SEE, cases.HANDLE, account_id=7)
FEE, TODAY = 4000, NOON.date()


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    make_village("441900005001")
    as_offered(monkeypatch, PERMIT)


def back_of(case_id: int) -> int:
    found = fee_of(application_of(case_id))
    assert found is not None
    return found.back_fen


@pytest.mark.parametrize("state", sorted(FEE_OVER))
def test_what_was_paid_is_to_go_back_once_it_ended_and_until_it_went_back(state: str) -> None:
    held = make_application(fee_fen=FEE).held
    paid = fees.take_payment(held.id, FEE, "cash", actor=CLERK, now=NOON)
    assert back_of(held.id) == 0 and not desk.fees_to_go_back(CLERK, TODAY, 9)

    Case.objects.filter(pk=held.id).update(state=state)

    (item,) = desk.fees_to_go_back(CLERK, TODAY, 9)
    assert back_of(held.id) == FEE and item.number == held.number
    assert not to_go_back(person(OTHER_TOWN, permits.RECEIVE)).exists()
    sheet = client_of(CLERK).get(f"/zh-hans/desk/cases/{held.number}/").content.decode()
    assert "应退还" in sheet
    told = client_of(CLERK).get(f"/api/v1/applications/{held.number}/fee/").json()
    assert (told["open_fen"], told["back_fen"]) == (0, FEE)

    fees.refund(paid, 1000, "先退一部分", actor=CLERK, now=NOON)
    assert back_of(held.id) == FEE - 1000 and desk.fees_to_go_back(CLERK, TODAY, 9)
    fees.refund(paid, FEE - 1000, "申请已结束", actor=CLERK, now=NOON + timedelta(days=1))
    assert back_of(held.id) == 0 and not desk.fees_to_go_back(CLERK, TODAY, 9)


def test_page_file_and_program_list_what_goes_back_and_no_more() -> None:
    held, running = make_application(fee_fen=FEE).held, make_application(fee_fen=FEE).held
    paid = fees.take_payment(held.id, FEE, "cash", actor=CLERK, now=NOON)
    other = fees.take_payment(running.id, FEE, "cash", actor=CLERK, now=NOON)
    Case.objects.filter(pk=held.id).update(state="withdrawn")
    page, api, client = "/en/window/fees/", "/api/v1/fees/back/", client_of(CLERK)

    for where in (page, f"{page}?q={paid.number}", f"{page}?format=csv"):
        shown = client.get(where).content.decode()
        assert paid.number in shown and other.number not in shown
    assert paid.number not in client.get(f"{page}?q={other.number}").content.decode()
    told = client.get(api).json()["items"]
    assert [(one["receipt"], one["left_fen"]) for one in told] == [(paid.number, FEE)]
    stranger = client_of(person(OTHER_TOWN, permits.RECEIVE))
    assert stranger.get(api).json()["items"] == []
    assert client_of(person(VILLAGE, permits.SEE)).get(api).status_code == 403
    assert client_of(person(VILLAGE, permits.SEE)).get(page).status_code == 404

    fees.refund(paid, FEE, "撤回申请", actor=CLERK, now=NOON)
    assert client.get(api).json()["items"] == []


def test_what_went_back_of_a_running_one_as_not_owed_leaves_nothing_more_to_go_back() -> None:
    held = make_application(fee_fen=FEE).held
    first = fees.take_payment(held.id, FEE, "cash", actor=CLERK, now=NOON)
    fees.refund(first, 1000, "低保户减免", is_waived=True, actor=CLERK, now=NOON)

    assert back_of(held.id) == 0


def test_what_came_in_twice_for_a_running_one_is_to_go_back_but_what_is_owed() -> None:
    held = make_application(fee_fen=FEE).held
    paid = Paid(FEE, PayWay.ONLINE, NOON)
    first, second = (
        fees.note_payment(application_of(held.id), paid, actor=CLERK, now=NOON) for _ in range(2)
    )
    assert back_of(held.id) == FEE

    fees.refund(first, 1000, "低保户减免", is_waived=True, actor=CLERK, now=NOON)
    assert back_of(held.id) == FEE
    fees.refund(second, FEE, "重复缴费", actor=CLERK, now=NOON)

    assert back_of(held.id) == 0


def test_who_gives_back_finds_the_sum_filled_in_and_nothing_asked_that_is_not_so() -> None:
    held, running = make_application(fee_fen=FEE).held, make_application(fee_fen=FEE).held
    paid = fees.take_payment(held.id, FEE, "cash", actor=CLERK, now=NOON)
    other = fees.take_payment(running.id, FEE, "cash", actor=CLERK, now=NOON)
    fees.refund(paid, 1000, "先退一部分", actor=CLERK, now=NOON)
    Case.objects.filter(pk=held.id).update(state="withdrawn")
    client = client_of(CLERK)

    def form(number: str, receipt: str) -> str:
        where = f"/zh-hans/applications/{number}/payments/{receipt}/refund/"
        return client.get(where).content.decode()

    over, going_on = form(held.number, paid.number), form(running.number, other.number)
    assert 'value="30.00"' in over and 'value="40.00"' in going_on
    assert "is_waived" not in over and "is_waived" in going_on
    listed = client.get("/zh-hans/window/fees/").content.decode()
    (item,) = desk.fees_to_go_back(CLERK, TODAY, 9)
    assert "退费" in over and "退费" in listed and "退回修改" not in listed
    assert item.step == "退费"


def test_a_receipt_that_went_back_whole_offers_no_more_to_give_back() -> None:
    held = make_application(fee_fen=FEE).held
    paid = fees.take_payment(held.id, FEE, "cash", actor=CLERK, now=NOON)
    sheet, client = f"/zh-hans/desk/cases/{held.number}/", client_of(CLERK)
    link = f"/payments/{paid.number}/refund/"
    assert link in client.get(sheet).content.decode()

    fees.refund(paid, FEE, "重复缴费", actor=CLERK, now=NOON)

    assert link not in client.get(sheet).content.decode()


def test_the_receipt_at_the_window_and_on_paper_names_what_is_still_to_be_paid() -> None:
    made = make_application(fee_fen=FEE)
    client, where = client_of(CLERK), f"/zh-hans/applications/receipt/{made.held.number}/"
    said = {"code": made.code, "at": "window"}
    for more in (said, {**said, "paper": "1"}):
        assert "40.00" in client.get(where, more).content.decode()

    fees.take_payment(made.held.id, FEE, "cash", actor=CLERK, now=NOON)

    shown = client.get(where, said).content.decode()
    assert "40.00" not in shown and "/pay/" not in shown
