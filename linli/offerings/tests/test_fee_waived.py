"""Somebody who need not pay is let off before she pays; nothing is handed over while a fee is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.offices import person
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.fees import NotThatMuch
from linli.kernel.permits import system_actor
from linli.kernel.testing import OTHER_TOWN, client_of, post_json
from linli.offerings import permits
from linli.offerings.models import Application, Payment, Waiver
from linli.offerings.queries.applications import application_of, fee_open
from linli.offerings.queries.fees import fee_of, waivers_of
from linli.offerings.retention import WAIVERS
from linli.offerings.services import fees
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.testing import make_application
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
CLERK = person(VILLAGE, permits.RECEIVE, permits.SEE, cases.SEE, account_id=1)
STRANGER = person(OTHER_TOWN, permits.RECEIVE, account_id=9)
FEE, WHY = 4000, "低保家庭免收"


def granted() -> Any:
    held = make_application(fee_fen=FEE).held
    Case.objects.filter(pk=held.id).update(state="granted")
    return held


def page(where: str, **said: str) -> Any:
    if not said:
        return client_of(CLERK).get(where).content.decode()
    return client_of(CLERK).post(where, {"key": str(uuid4()), **said})


def test_the_result_is_handed_over_once_the_fee_is_let_off_and_the_pages_say_so() -> None:
    held = granted()
    sheet, step = f"/en/desk/cases/{held.number}/", f"/en/applications/{held.number}/"
    assert "handed over once it is paid or let off" in page(sheet)
    assert "40" in page(f"{step}deliver/") and "paid or let off" in page(f"{step}deliver/")
    said = {"way": "counter", "proof": "本人签收"}
    refused = page(f"{step}deliver/", **said)
    assert refused.status_code == 422 and Case.objects.get().state == "granted"

    assert page(f"{step}waive/", amount="40", reason=WHY).status_code == 303

    assert fee_open(application_of(held.id)) == 0 and WHY in page(sheet)
    assert page(f"{step}deliver/", **said).status_code == 303
    assert Case.objects.get().state == "delivered" and not Payment.objects.exists()
    assert Entry.objects.get(verb="offerings.fee_waived").details == {"fen": FEE}


def test_a_part_is_let_off_the_rest_is_paid_and_nothing_goes_back() -> None:
    held = granted()
    fees.waive(held.id, 1000, WHY, actor=CLERK, now=NOON)
    fees.take_payment(held.id, 3000, "cash", actor=CLERK, now=NOON)

    found = fee_of(application_of(held.id))

    assert found is not None
    assert (found.fee_fen, found.waived_fen, found.open_fen, found.back_fen) == (FEE, 1000, 0, 0)


@pytest.mark.parametrize(
    ("fen", "why", "refusal"),
    [(FEE + 1, WHY, NotThatMuch), (0, WHY, NotThatMuch), (FEE, " ", Invalid)],
)
def test_more_than_is_open_or_without_a_reason_nothing_is_let_off(
    fen: int, why: str, refusal: type[Exception]
) -> None:
    held = granted()

    with pytest.raises(refusal):
        fees.waive(held.id, fen, why, actor=CLERK, now=NOON)
    with pytest.raises(NotAllowed):
        fees.waive(held.id, FEE, WHY, actor=STRANGER, now=NOON)

    assert Application.objects.get().waived_fen == 0 and not Waiver.objects.exists()


def test_a_program_lets_a_fee_off_once() -> None:
    where = f"/api/v1/applications/{granted().number}/fee/waive"
    said = {"amount_fen": FEE, "reason": WHY}

    assert post_json(client_of(STRANGER), where, said).status_code == 404
    made = post_json(client_of(CLERK), where, said)
    again = post_json(client_of(CLERK), where, said)

    assert made.status_code == 200 and made.json()["open_fen"] == 0, made.content
    assert again.status_code == 422 and Application.objects.get().waived_fen == FEE


def test_the_reason_goes_with_whoever_applied() -> None:
    held = make_application(fee_fen=FEE, person_id=77).held
    fees.waive(held.id, FEE, WHY, actor=CLERK, now=NOON)

    forget_applicant(77, actor=system_actor("offerings.forget"), now=NOON)

    assert (Application.objects.get().waived_fen, Waiver.objects.get().reason) == (FEE, "")


def test_each_waiver_keeps_its_reason_and_one_can_be_taken_back_with_its_own() -> None:
    held = granted()
    fees.waive(held.id, 1000, WHY, actor=CLERK, now=NOON)
    fees.waive(held.id, 3000, "误填", actor=CLERK, now=NOON)
    where = f"/en/applications/{held.number}/waive/back/"
    first, slip = waivers_of(held.id)
    assert page(where).count("<option") >= 2 and "误填" in page(where)

    answer = page(where, waiver=str(slip.pk), reason="只免一部分")

    assert answer.status_code == 303 and fee_open(application_of(held.id)) == 3000
    assert [(one.reason, one.is_back, one.back_why) for one in waivers_of(held.id)] == [
        (WHY, False, ""), ("误填", True, "只免一部分"),
    ]  # fmt: skip
    sheet = page(f"/en/desk/cases/{held.number}/")
    assert all(words in sheet for words in (WHY, "误填", "只免一部分"))
    assert Entry.objects.get(verb="offerings.fee_waiver_taken_back").details == {"fen": 3000}
    told = client_of(CLERK).get(f"/api/v1/applications/{held.number}/fee/").json()
    assert [(one["id"], one["is_back"]) for one in told["waivers"]] == [(first.pk, False), (slip.pk, True)]  # fmt: skip


def test_nothing_is_taken_back_twice_by_strangers_without_reason_or_after_the_end() -> None:
    held = granted()
    fees.waive(held.id, 1000, WHY, actor=CLERK, now=NOON)
    mine = waivers_of(held.id)[0].pk
    where, api = (f"/{part}applications/{held.number}/" for part in ("en/", "api/v1/"))

    def back(who: Any = CLERK, waiver: int = mine, reason: str = "只免一部分") -> int:
        said = {"waiver": waiver, "reason": reason}
        return post_json(client_of(who), f"{api}fee/waive/back", said).status_code

    assert (back(STRANGER), back(waiver=mine + 1), back(reason=" ")) == (404, 404, 422)
    assert page(f"{where}waive/back/", waiver=str(mine), reason="").status_code == 422
    Case.objects.filter(pk=held.id).update(is_open=False, closed_at=NOON)
    assert back() == 409
    assert Application.objects.get().waived_fen == 1000 and Waiver.objects.count() == 1
    Case.objects.filter(pk=held.id).update(is_open=True, closed_at=None)

    assert (back(), back()) == (200, 409)
    assert Application.objects.get().waived_fen == 0
    assert back(waiver=Waiver.objects.get(takes_back=mine).pk) == 404


def test_the_reason_goes_three_years_after_the_end_and_the_sum_stays() -> None:
    """PIPL art. 19: what was let off belongs to the accounts, why it was does not."""
    held = granted()
    fees.waive(held.id, 1000, WHY, actor=CLERK, now=NOON)
    Case.objects.filter(pk=held.id).update(is_open=False, closed_at=NOON, changed_at=NOON)

    gone = [WAIVERS.going.step(NOON + timedelta(days=days), 10) for days in (1000, 1200, 1300)]

    assert gone == [0, 1, 0]
    assert [(one.amount_fen, one.reason) for one in waivers_of(held.id)] == [(1000, "")]
