"""A program opens how a reporter is reached as its page does: with a reason, on record, refused alike."""

from __future__ import annotations

from typing import Any

import pytest

from linli.access.testing import make_account
from linli.cases import permits
from linli.cases.models import Case
from linli.cases.testing import VILLAGE, make_report
from linli.cases.types.filing import Contact, Naming
from linli.kernel.permits import PERSONAL, VAULT
from linli.kernel.testing import client_of, make_actor
from linli.runtime.models import IdempotencyKey
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
PHONE = "+8613800001234"


def who(*more: Any, ceiling: int = VAULT, at: str = VILLAGE) -> Any:
    return make_actor("clerk", permits.SEE, *more, ceiling=ceiling, at=at)


def asked(actor: Any, number: str, **body: str) -> Any:
    return client_of(actor).post(
        f"/api/v1/cases/{number}/contact", body, content_type="application/json"
    )


def readings() -> list[str]:
    return [one.details["reason"] for one in Entry.objects.filter(verb="read")]


def filed(naming: Naming = Naming.NAMED) -> str:
    return make_report(contact=Contact("陈小姐", "13800001234"), naming=naming).number


def test_it_is_told_once_with_the_reason_on_record_and_kept_nowhere() -> None:
    number = filed()

    got = asked(who(permits.CONTACT), number, reason="to ask for the house number")

    assert got.status_code == 200 and "no-store" in got["Cache-Control"]
    assert got.json() == {
        "number": number, "name": "陈小姐", "phone": PHONE, "answers": [], "files": [],
    }  # fmt: skip
    assert readings() == ["to ask for the house number"]
    assert PHONE not in str(list(IdempotencyKey.objects.values()))


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (who(), 404),
        (who(permits.CONTACT, ceiling=PERSONAL), 404),
        (who(permits.CONTACT, at="441900/441900006/"), 404),
        (make_actor("blind", permits.CONTACT, ceiling=VAULT), 404),
    ],
)
def test_whoever_may_not_open_the_page_is_refused_alike(actor: Any, status: int) -> None:
    number = filed()

    page = client_of(actor).post(f"/en/report/contact/{number}/", {"reason": "curious"})
    got = asked(actor, number, reason="curious")

    assert (got.status_code, page.status_code) == (status, status)
    assert readings() == [] and PHONE not in got.content.decode()


@pytest.mark.parametrize("reason", ["", " ", "x", "x" * 201])
def test_without_a_reason_that_can_be_read_nothing_is_told_or_recorded(reason: str) -> None:
    got = asked(who(permits.CONTACT), filed(), reason=reason)

    assert got.status_code == 422 and readings() == []


def test_who_asked_not_to_be_known_is_shown_to_a_supervisor_who_does_not_handle_it() -> None:
    number = filed(Naming.WITHHELD)

    handler = asked(who(permits.CONTACT, permits.HANDLE), number, reason="to call")
    chief = asked(who(permits.CONTACT, permits.SUPERVISE), number, reason="to call")

    assert (handler.status_code, chief.status_code) == (404, 200)
    assert readings() == ["to call"]


def test_a_file_that_is_not_under_this_seal_is_not_there() -> None:
    number = filed()

    got = asked(who(permits.CONTACT), number, reason="to look", file="F0000001")

    assert got.status_code == 404
    assert Case.objects.get().number == number


def test_a_number_left_out_of_a_report_is_not_looked_up() -> None:
    sender = make_account(phone="13800005678")
    mine = make_actor("resident", account_id=sender.pk)
    held = make_report(contact=Contact("陈小姐"), naming=Naming.NAMED, is_mine=True, actor=mine)

    got = asked(who(permits.CONTACT), held.number, reason="to ask for the house number")

    assert got.json()["name"] == "陈小姐" and got.json()["phone"] == ""
