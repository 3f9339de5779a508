"""Somebody who need not pay is let off before she pays; nothing is handed over while a fee is open."""

from __future__ import annotations

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
from linli.offerings.models import Application, Payment
from linli.offerings.queries.applications import application_of, fee_open
from linli.offerings.queries.fees import fee_of
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

    kept = Application.objects.get()
    assert (kept.waived_fen, kept.waived_why) == (0, "")


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

    kept = Application.objects.get()
    assert (kept.waived_fen, kept.waived_why) == (FEE, "")
