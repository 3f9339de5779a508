"""Residents sign in with a code; nothing tells whether a number is known."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.errors import CodeRefused
from linli.access.models import Account, SignInCode
from linli.access.services import codes
from linli.access.testing import make_account
from linli.kernel.errors import TooMany
from linli.kernel.permits import NOBODY

PHONE = "+8613800138000"
ASK, CODE = "/en/access/sign-in/resident/", "/en/access/sign-in/code/"
SECURITY = "/en/access/security/"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the gateway, which is outside, was asked to send."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "linli.access.clients.messages.send_code",
        lambda phone, code, **_more: found.append((phone, code)),
    )
    return found


def ask(browser: Client, phone: str = "138 0013 8000"):
    return browser.post(ASK, {"phone": phone})


def ticket_in(answer) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())[1]


@pytest.mark.django_db
def test_a_new_number_gets_a_code_and_an_account(sent) -> None:
    browser = Client()
    asked = ask(browser)

    answer = browser.post(CODE, {"ticket": ticket_in(asked), "code": sent[0][1]})

    assert answer.status_code == 303
    assert sent[0][0] == PHONE
    account = Account.objects.get(kind="resident")
    assert account.display_name == "138****8000"
    assert b"13800138000" not in bytes(account.phone_sealed)
    assert browser.get(SECURITY).status_code == 200


@pytest.mark.django_db
def test_the_second_time_it_is_the_same_account(sent) -> None:
    known = make_account("r-known", kind="resident", phone=PHONE, display_name="李月")
    browser = Client()

    browser.post(CODE, {"ticket": ticket_in(ask(browser)), "code": sent[0][1]})

    assert Account.objects.filter(kind="resident").get() == known


@pytest.mark.django_db
def test_a_known_and_an_unknown_number_get_the_same_answer(sent) -> None:
    make_account("r-known", kind="resident", phone=PHONE)

    known, unknown = ask(Client()), ask(Client(), "13900139000")

    def bare(answer) -> str:
        text = re.sub(r'value="[^"]*"', "", answer.content.decode())
        return re.sub(r"13[89]\*{4}\d{4}", "", text)

    assert bare(known) == bare(unknown)
    assert len(sent) == 2


@pytest.mark.django_db
def test_a_closed_account_looks_like_a_wrong_code(sent) -> None:
    make_account("r-known", kind="resident", phone=PHONE, state="disabled")
    browser = Client()

    answer = browser.post(CODE, {"ticket": ticket_in(ask(browser)), "code": sent[0][1]})

    assert answer.status_code == 403
    assert "The code does not fit or has run out." in answer.content.decode()


@pytest.mark.django_db
def test_after_five_wrong_tries_the_right_code_does_not_help(sent) -> None:
    browser = Client()
    ticket = ticket_in(ask(browser))
    wrong = "000000" if sent[0][1] != "000000" else "111111"
    tries = [browser.post(CODE, {"ticket": ticket, "code": wrong}) for _ in range(5)]

    answer = browser.post(CODE, {"ticket": ticket, "code": sent[0][1]})

    assert [t.status_code for t in tries] == [403] * 5
    assert answer.status_code == 403
    assert not Account.objects.filter(kind="resident").exists()
    # who asks for it again is not told that the dead one is still good
    again = ask(browser)
    assert (again.status_code, len(sent)) == (429, 1)
    assert "It opens nothing any more." in again.content.decode()
    assert "is good for about" not in again.content.decode()


@pytest.mark.django_db
def test_a_code_runs_out_after_five_minutes(sent) -> None:
    browser = Client()
    ticket = ticket_in(ask(browser))
    SignInCode.objects.update(ends_at=timezone.now())

    assert browser.post(CODE, {"ticket": ticket, "code": sent[0][1]}).status_code == 403


@pytest.mark.django_db
def test_a_code_is_good_once(sent) -> None:
    ticket = ticket_in(ask(Client()))
    Client().post(CODE, {"ticket": ticket, "code": sent[0][1]})

    assert Client().post(CODE, {"ticket": ticket, "code": sent[0][1]}).status_code == 403


@pytest.mark.django_db
def test_the_code_is_not_readable_in_the_table(sent) -> None:
    ask(Client())
    row = SignInCode.objects.get()

    assert sent[0][1].encode() not in bytes(row.code_hash)
    assert b"138" not in bytes(row.phone_index)


@pytest.mark.django_db
def test_a_second_code_within_a_minute_is_refused_with_the_seconds_to_wait(sent) -> None:
    ask(Client())

    answer = ask(Client(REMOTE_ADDR="10.9.9.9"))

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert len(sent) == 1


@pytest.mark.django_db
def test_one_number_gets_five_codes_an_hour_and_ten_a_day(sent) -> None:
    start = timezone.now()

    def at(minutes: int) -> None:
        now = start + timedelta(minutes=minutes)
        codes.send_code(PHONE, address="10.0.0.1", language="en", actor=NOBODY, now=now)

    for minute in range(5):
        at(minute)
    with pytest.raises(TooMany):
        at(6)

    assert len(sent) == 5


@pytest.mark.django_db
def test_one_address_cannot_ask_for_the_whole_city(sent) -> None:
    now = timezone.now()
    for number in range(40):
        codes.send_code(
            f"+86138001{number:05}", address="10.0.0.1", language="en", actor=NOBODY, now=now
        )

    with pytest.raises(TooMany):
        codes.send_code(PHONE, address="10.0.0.1", language="en", actor=NOBODY, now=now)
    assert len(sent) == 40


@pytest.mark.django_db
def test_a_flood_writes_nothing_and_sends_nothing(sent) -> None:
    ask(Client())
    before = SignInCode.objects.count()

    flood = [ask(Client(REMOTE_ADDR=f"10.1.{n}.1")).status_code for n in range(30)]

    assert set(flood) == {429}
    assert SignInCode.objects.count() == before
    assert len(sent) == 1


@pytest.mark.django_db
def test_the_fixed_code_of_the_demo_opens_nothing_in_a_real_city(sent) -> None:
    make_account("r-demo", kind="resident", phone=PHONE, is_demo=True)
    now = timezone.now()
    codes.send_code(PHONE, address="10.0.0.1", language="en", actor=NOBODY, now=now)

    assert sent[0][1] != codes.DEMO_CODE
    with pytest.raises(CodeRefused):
        codes.take_code(PHONE, sent[0][1], address="10.0.0.1", actor=NOBODY, now=now)


@pytest.mark.django_db
def test_an_invented_ticket_leads_back_to_the_start() -> None:
    answer = Client().post(CODE, {"ticket": "made-up", "code": "123456"})

    assert answer.status_code == 302
    assert answer["Location"] == ASK


@pytest.mark.django_db
@pytest.mark.parametrize("phone", ["", "12345", "076912345678", "+1 202 555 0100", "abc"])
def test_what_is_no_mobile_number_is_told_beside_the_field(phone: str, sent) -> None:
    answer = ask(Client(), phone)

    assert answer.status_code == 422
    assert sent == []


@pytest.mark.django_db
def test_who_asks_again_too_soon_is_shown_where_to_type_the_code_that_is_on_its_way(sent) -> None:
    browser = Client()
    ask(browser)

    again = ask(browser)
    answer = browser.post(CODE, {"ticket": ticket_in(again), "code": sent[0][1]})

    told = again.content.decode()
    assert again.status_code == 429 and int(again["Retry-After"]) <= 60
    assert "A code is on its way already" in told and re.search("about [45] minutes more", told)
    assert len(sent) == 1
    assert answer.status_code == 303 and answer["Location"] == "/en/me/"


@pytest.mark.django_db
def test_after_too_many_codes_in_an_hour_the_number_is_asked_for_again(sent, monkeypatch) -> None:
    monkeypatch.setattr(codes, "LIMITS", codes.LIMITS[1:])
    for _number in range(5):
        ask(Client())

    answer = ask(Client())

    assert answer.status_code == 429 and "Retry-After" in answer
    assert 'name="phone"' in answer.content.decode()
    assert 'name="ticket"' not in answer.content.decode()
