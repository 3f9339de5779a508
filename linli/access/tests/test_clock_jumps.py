"""The wall clock jumps back or ahead by a day: nobody stays in who should be out, nobody is kept out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.access import rules
from linli.access.entering import COUNTER_COOKIE
from linli.access.errors import CodeRefused, PinClosed
from linli.access.models import CounterDevice, SignIn, SignInCode, TotpSecret
from linli.access.secrets import hash_code
from linli.access.services import codes, counter, factors
from linli.access.testing import (
    PASSWORD,
    TESTER,
    actor_for,
    make_account,
    make_staff,
    signed_in,
    totp_code,
)
from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ME = "/api/v1/access/me/"
PHONE, PIN = "+8613800138000", "482915"
Jump = Callable[[timedelta], datetime]


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Jump:
    """Set the clock so far from where it was at first; return what it shows."""
    start = timezone.now()

    def set_to(by: timedelta) -> datetime:
        monkeypatch.setattr("django.utils.timezone.now", lambda: start + by)
        return start + by

    return set_to


def status(browser: Client) -> int:
    return browser.get(ME).status_code


def test_a_session_of_staff_does_not_outlive_a_jump_back(jump: Jump) -> None:
    browser = signed_in(make_staff("clerk"))

    jump(-DAY)

    assert status(browser) == 401
    jump(timedelta(0))
    assert status(browser) == 401, "it has ended for good"


def test_a_session_of_staff_ends_in_a_jump_ahead_and_one_signs_in_again(jump: Jump) -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)

    jump(DAY)
    ahead = status(browser)
    jump(timedelta(0))

    assert (ahead, status(browser)) == (401, 401)


@pytest.mark.parametrize("by", [-MINUTE / 2, -20 * MINUTE, 20 * MINUTE])
def test_a_clock_that_is_set_right_by_a_little_signs_nobody_out(jump: Jump, by: timedelta) -> None:
    browser = signed_in(make_staff("clerk"))

    now = jump(by)

    assert status(browser) == 200
    row = SignIn.objects.get(account__isnull=False)
    assert abs(row.seen_at - now) <= rules.SEEN_EVERY


def test_rest_is_counted_anew_from_the_moment_after_a_small_jump_back(jump: Jump) -> None:
    browser = signed_in(make_staff("clerk"))
    jump(-20 * MINUTE)
    status(browser)

    jump(-20 * MINUTE + rules.idle_after("staff", None) + MINUTE)

    assert status(browser) == 401


def test_a_resident_stays_signed_in_and_her_session_does_not_grow(jump: Jump) -> None:
    resident = make_account("r-1", kind="resident", with_totp=False)
    browser, now = Client(), timezone.now()
    browser.force_login(resident, backend="allauth.account.auth_backends.AuthenticationBackend")
    SignIn.objects.update(
        expires_at=now + rules.session_life("resident"), seen_at=now,
        idle_seconds=int(rules.session_life("resident").total_seconds()),
    )  # fmt: skip

    before = jump(-DAY)

    assert status(browser) == 200
    assert SignIn.objects.get(account=resident).expires_at == before + rules.session_life(
        "resident"
    )


def test_a_right_password_is_not_remembered_over_a_jump_back(jump: Jump) -> None:
    clerk = make_staff("clerk")
    browser = Client()
    browser.post("/en/access/sign-in/", {"username": clerk.username, "password": PASSWORD})

    now = jump(-DAY)
    answer = browser.post("/en/access/sign-in/factor/", {"code": totp_code(clerk, now)})

    assert status(browser) == 401
    assert answer.status_code != 303 or "sign-in" in answer["Location"]


def test_a_password_typed_in_the_future_is_not_fresh(jump: Jump) -> None:
    browser = signed_in(make_staff("village_chair"))

    jump(-2 * MINUTE)
    answer = browser.get("/en/access/devices/new/")

    assert (answer.status_code, "confirm" in answer.headers.get("Location", "")) == (302, True)


def test_a_code_of_a_message_does_not_come_to_life_again(jump: Jump) -> None:
    now = timezone.now()
    codes.send_code(PHONE, address="1.2.3.4", language="en", actor=NOBODY, now=now)
    SignInCode.objects.update(code_hash=hash_code(PHONE, "111222", now))

    with pytest.raises(CodeRefused):
        codes.take_code(PHONE, "111222", address="1.2.3.4", actor=NOBODY, now=now - DAY)

    codes.send_code(PHONE, address="1.2.3.4", language="en", actor=NOBODY, now=now - DAY)
    made = SignInCode.objects.get(used_at__isnull=True)
    SignInCode.objects.filter(pk=made.pk).update(code_hash=hash_code(PHONE, "333444", made.made_at))
    taken = codes.take_code(PHONE, "333444", address="1.2.3.4", actor=NOBODY, now=now - DAY)
    assert taken.kind == "resident"


def test_a_code_is_asked_for_again_after_a_jump_ahead_and_back(jump: Jump) -> None:
    now = timezone.now()

    for moment in (now + DAY, now, now + HOUR):
        codes.send_code(PHONE, address="1.2.3.4", language="en", actor=NOBODY, now=moment)

    assert SignInCode.objects.filter(used_at__isnull=True).count() == 1


def test_an_authenticator_used_while_the_clock_ran_ahead_still_works(jump: Jump) -> None:
    clerk, now = make_account(), timezone.now()
    ahead = factors.check_totp(clerk, totp_code(clerk, now + DAY), actor=TESTER, now=now + DAY)

    back = factors.check_totp(clerk, totp_code(clerk, now), actor=TESTER, now=now)
    again = factors.check_totp(clerk, totp_code(clerk, now), actor=TESTER, now=now)

    assert (ahead, back, again) == (True, True, False)
    assert TotpSecret.objects.get().counter == int(now.timestamp()) // 30


def morning() -> tuple[CounterDevice, Any, datetime]:
    """A counter computer on which a clerk typed her password this morning."""
    clerk, now = make_staff("clerk"), timezone.now()
    counter.set_pin(clerk, PIN, actor=actor_for(clerk), now=now)
    chair = make_staff("village_chair")
    issued = counter.enrol_device("1", VILLAGE, actor=actor_for(chair), now=now)
    device = CounterDevice.objects.get(pk=issued.id)
    counter.note_presence(device, clerk, actor=actor_for(clerk), now=now)
    return device, clerk, now


@pytest.mark.parametrize("by", [-DAY, DAY])
def test_a_morning_at_the_counter_is_over_whichever_way_the_clock_jumped(by: timedelta) -> None:
    device, clerk, now = morning()
    switch = {"actor": NOBODY, "device": device, "account_id": clerk.pk, "pin": PIN}

    assert counter.switch_by_pin(**switch, now=now) == clerk
    with pytest.raises(PinClosed):
        counter.switch_by_pin(**switch, now=now + by)


def test_nobody_is_listed_at_a_counter_of_another_day(jump: Jump) -> None:
    device, clerk, _now = morning()
    browser = Client()
    # the secret itself is kept as a hash: a new computer in its place
    issued = counter.enrol_device(
        "2", VILLAGE, actor=actor_for(make_staff("village_chair")), now=timezone.now()
    )
    counter.note_presence(
        CounterDevice.objects.get(pk=issued.id), clerk, actor=actor_for(clerk), now=timezone.now()
    )
    browser.cookies[COUNTER_COOKIE] = issued.secret

    today = browser.get("/en/access/counter/").content.decode()
    jump(-DAY)
    yesterday = browser.get("/en/access/counter/").content.decode()

    assert clerk.display_name in today
    assert clerk.display_name not in yesterday


def test_acting_for_a_resident_does_not_last_a_day_longer(jump: Jump) -> None:
    person = make_person("李月")
    browser = signed_in(make_staff("clerk"))
    form = {"person": person.pk, "reason": "asked me", "key": "1"}
    browser.post("/en/access/posts/act", form)
    SignIn.objects.update(idle_seconds=3 * 24 * 3600)

    here = browser.get(ME).json()["acting_for"]
    jump(-2 * HOUR)

    assert (here, browser.get(ME).json()["acting_for"]) == (person.pk, None)
