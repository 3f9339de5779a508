"""Counter computers: enrolled once, then a password in the morning and a PIN or badge all day."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.access import rules
from linli.access.errors import PinClosed, PinRefused
from linli.access.models import CounterDevice, CounterPresence, SignIn
from linli.access.secrets import hash_secret
from linli.access.services import badges, counter
from linli.access.testing import (
    PASSWORD,
    TESTER,
    actor_for,
    make_account,
    make_right,
    make_staff,
    signed_in,
)
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE

PIN = "482915"
SIGN_IN, COUNTER, SECURITY = "/en/access/sign-in/", "/en/access/counter/", "/en/access/security/"
OTHER_VILLAGE = f"{OTHER_TOWN}441900006001/"


def now():
    return timezone.now()


def enrolled(path: str = VILLAGE) -> tuple[CounterDevice, Client]:
    chair = make_staff("village_chair")
    issued = counter.enrol_device("Counter 2", VILLAGE, actor=actor_for(chair), now=now())
    CounterDevice.objects.filter(pk=issued.id).update(path=path)
    browser = Client()
    browser.cookies["linli-counter"] = issued.secret
    return CounterDevice.objects.get(pk=issued.id), browser


def clerk_with_pin(**fields):
    clerk = make_staff("clerk", with_totp=False, **fields)
    counter.set_pin(clerk, PIN, actor=actor_for(clerk), now=now())
    return clerk


def morning(browser: Client, clerk) -> None:
    browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})


@pytest.mark.django_db
def test_on_an_enrolled_computer_the_password_is_enough() -> None:
    _, browser = enrolled()
    clerk = clerk_with_pin()

    morning(browser, clerk)

    assert browser.get(SECURITY).status_code == 200
    assert SignIn.objects.get(account=clerk).factor == "counter"


@pytest.mark.django_db
def test_the_computer_of_another_town_is_no_second_factor() -> None:
    _, browser = enrolled(OTHER_VILLAGE)
    clerk = clerk_with_pin()

    morning(browser, clerk)

    assert browser.get(SECURITY).status_code == 404


@pytest.mark.django_db
def test_a_computer_taken_out_of_service_is_no_second_factor_and_its_sessions_end() -> None:
    device, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)

    counter.revoke_device(device, actor=TESTER, now=now())

    assert browser.get(SECURITY).status_code == 404
    morning(browser, clerk)
    assert browser.get(SECURITY).status_code == 404


@pytest.mark.django_db
def test_the_secret_of_the_cookie_is_kept_as_a_hash() -> None:
    device, browser = enrolled()
    secret = browser.cookies["linli-counter"].value

    assert bytes(device.token_hash) == hash_secret("counter", secret)


@pytest.mark.django_db
def test_after_the_morning_a_pin_switches_within_three_seconds() -> None:
    _, browser = enrolled()
    first, second = clerk_with_pin(), clerk_with_pin()
    morning(browser, first)
    morning(browser, second)

    begun = time.monotonic()
    shown = browser.get(COUNTER)
    answer = browser.post(COUNTER, {"account": first.pk, "pin": PIN})
    page = browser.get(SECURITY)

    assert time.monotonic() - begun < 3
    assert second.display_name in shown.content.decode()
    assert answer.status_code == 303
    assert first.display_name in page.content.decode()


@pytest.mark.django_db
def test_a_scanned_badge_switches_and_the_other_session_is_gone() -> None:
    _, browser = enrolled()
    first, second = clerk_with_pin(), clerk_with_pin()
    badges.set_badge(first, ";0004711936?", actor=TESTER, now=now())
    badges.answer_badge(keep=True, actor=actor_for(first), now=now())
    morning(browser, first)
    morning(browser, second)

    answer = browser.post(COUNTER, {"badge": "0004711936"})

    assert answer.status_code == 303
    assert list(SignIn.objects.filter(ended_at=None).values_list("account", flat=True)) == [
        first.pk
    ]


@pytest.mark.django_db
def test_without_the_password_of_the_morning_neither_pin_nor_badge_opens() -> None:
    device, _ = enrolled()
    clerk = clerk_with_pin()
    badges.set_badge(clerk, "0004711936", actor=TESTER, now=now())

    with pytest.raises(PinClosed):
        counter.switch_by_pin(device, clerk.pk, PIN, actor=NOBODY, now=now())
    with pytest.raises(PinClosed):
        counter.switch_by_badge(device, "0004711936", actor=NOBODY, now=now())


@pytest.mark.django_db
def test_the_morning_ends_at_midnight() -> None:
    device, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)

    with pytest.raises(PinClosed):
        tomorrow = now() + timedelta(days=1)
        counter.switch_by_pin(device, clerk.pk, PIN, actor=NOBODY, now=tomorrow)


@pytest.mark.django_db
def test_five_wrong_pins_close_the_pin_until_the_next_password() -> None:
    device, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)
    for _ in range(4):
        with pytest.raises(PinRefused):
            counter.switch_by_pin(device, clerk.pk, "159753", actor=NOBODY, now=now())
    last = browser.post(COUNTER, {"account": clerk.pk, "pin": "159753"}).content.decode()

    assert "it was the last try" in last and "After 0 more" not in last
    # “account” is a field of other forms too: theirs label nothing here
    assert "Who stands in" not in last
    with pytest.raises(PinClosed):
        counter.switch_by_pin(device, clerk.pk, PIN, actor=NOBODY, now=now())
    assert CounterPresence.objects.get(account=clerk).pin_tries == 5

    morning(browser, clerk)
    assert counter.switch_by_pin(device, clerk.pk, PIN, actor=NOBODY, now=now()) == clerk


@pytest.mark.django_db
def test_a_wrong_pin_says_how_many_tries_are_left() -> None:
    _, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)

    answer = browser.post(COUNTER, {"account": clerk.pk, "pin": "159753"})

    assert answer.status_code == 403
    assert "After 4 more" in answer.content.decode()


@pytest.mark.django_db
def test_a_counter_that_rests_locks_and_the_same_pin_goes_on() -> None:
    _, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)
    SignIn.objects.filter(account=clerk).update(seen_at=now() - timedelta(minutes=6))

    locked = browser.get(SECURITY)
    browser.post(COUNTER, {"account": clerk.pk, "pin": PIN, "next": SECURITY})

    assert locked.status_code == 302
    assert locked["Location"].startswith(COUNTER)
    assert browser.get(SECURITY).status_code == 200


@pytest.mark.django_db
def test_the_clerk_locks_the_counter_when_she_leaves() -> None:
    _, browser = enrolled()
    morning(browser, clerk_with_pin())

    browser.get("/en/access/counter/lock/")

    assert browser.get(SECURITY).status_code == 302


@pytest.mark.django_db
def test_what_was_typed_when_the_counter_locked_is_given_back_to_its_writer() -> None:
    _, browser = enrolled()
    first, second = clerk_with_pin(), clerk_with_pin()
    morning(browser, second)
    morning(browser, first)
    SignIn.objects.filter(account=first).update(seen_at=now() - timedelta(minutes=6))

    form = {"kind": "copy", "text": "long text of the clerk", "key": "1"}
    browser.post("/en/access/my-data/new/", form)
    browser.post(COUNTER, {"account": second.pk, "pin": PIN})
    theirs = browser.get("/en/access/sign-in/again/")
    answer = browser.post(COUNTER, {"account": first.pk, "pin": PIN})
    mine = browser.get(answer["Location"])

    assert theirs.status_code == 302
    assert answer["Location"] == "/en/access/sign-in/again/"
    assert "long text of the clerk" in mine.content.decode()


@pytest.mark.django_db
def test_only_who_may_enrols_and_only_at_her_place() -> None:
    with pytest.raises(NotAllowed):
        counter.enrol_device("x", VILLAGE, actor=actor_for(make_staff("clerk")), now=now())
    with pytest.raises(NotAllowed):
        chair = actor_for(make_staff("village_chair"))
        counter.enrol_device("x", OTHER_VILLAGE, actor=chair, now=now())
    assert not CounterDevice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pin", ["123456", "654321", "111111", "121212", "123123", "12345", "abcdef"]
)
def test_weak_pins_are_refused(pin: str) -> None:
    clerk = make_staff()

    with pytest.raises(Invalid):
        counter.set_pin(clerk, pin, actor=actor_for(clerk), now=now())
    clerk.refresh_from_db()
    assert clerk.pin_hash == ""


@pytest.mark.django_db
def test_a_badge_belongs_to_one_person() -> None:
    first, second = make_account(), make_account()
    badges.set_badge(first, "0004711936", actor=TESTER, now=now())

    with pytest.raises(Invalid):
        badges.set_badge(second, "0004711936", actor=TESTER, now=now())
    badges.set_badge(first, "", actor=TESTER, now=now())
    badges.set_badge(second, "0004711936", actor=TESTER, now=now())

    assert second.badge_index is None
    second.refresh_from_db()
    assert second.badge_index is not None


@pytest.mark.django_db
def test_enrolling_on_the_page_asks_for_the_password_and_sets_the_cookie() -> None:
    browser = signed_in(make_staff("village_chair"))

    answer = browser.post(
        "/en/access/devices/new/",
        {"name": "Counter 2", "place": VILLAGE, "idle": "5", "key": "1"},
    )
    listed = browser.get("/en/access/devices/").content.decode()

    assert answer.status_code == 303
    assert answer.cookies["linli-counter"]["httponly"]
    assert re.search(r"Counter 2</b> <small>this computer", listed)


TOWN_RIGHT = ("town_official", "", TOWN)


@pytest.mark.parametrize(
    ("home", "posts", "rights", "counts"),
    [
        (VILLAGE, [VILLAGE], [("clerk", "", VILLAGE)], True),
        (VILLAGE, [], [], True),
        # whoever lives elsewhere may see what residents there see: that is no work
        (VILLAGE, [VILLAGE], [("resident", "", OTHER_VILLAGE)], True),
        (TOWN, [VILLAGE], [("clerk", "", VILLAGE)], True),
        (TOWN, [], [], False),
        (TOWN, [TOWN], [TOWN_RIGHT], False),
        (VILLAGE, [VILLAGE], [TOWN_RIGHT], False),
        (VILLAGE, [VILLAGE, TOWN], [], False),
        (VILLAGE, [OTHER_VILLAGE], [], False),
        (VILLAGE, [VILLAGE], [("security", "", VILLAGE)], False),
        (VILLAGE, [VILLAGE], [("auditor", "", VILLAGE)], False),
        (VILLAGE, [VILLAGE], [("operator", "", VILLAGE)], False),
        (VILLAGE, [VILLAGE], [("starter", "", VILLAGE)], False),
        (VILLAGE, [VILLAGE], [("", "access.grant", VILLAGE)], False),
    ],
)
def test_a_counter_is_the_second_factor_only_of_those_whose_work_is_there(
    home: str, posts: list[str], rights: list[tuple[str, str, str]], counts: bool
) -> None:
    assert rules.counts_at_counter(VILLAGE, home, posts, rights) is counts


@pytest.mark.django_db
@pytest.mark.parametrize("duty", ["security", "operator", "auditor", "city_lead", "town_lead"])
def test_by_the_computer_of_a_village_nobody_from_above_signs_in_with_a_password_alone(
    duty: str,
) -> None:
    _, browser = enrolled()
    account = make_account(path=TOWN if duty == "town_lead" else "441900/")
    make_right(duty, path=account.path, account=account)

    answer = browser.post(SIGN_IN, {"username": account.username, "password": PASSWORD})

    assert answer["Location"] == "/en/access/sign-in/factor/"
    assert not SignIn.objects.filter(account=account).exists()
    assert not CounterPresence.objects.exists()


@pytest.mark.django_db
def test_rights_that_come_during_the_day_end_the_session_and_close_the_pin() -> None:
    device, browser = enrolled()
    clerk = clerk_with_pin()
    morning(browser, clerk)
    make_right("security", path="441900/", account=clerk)

    assert browser.get(SECURITY).status_code == 404
    with pytest.raises(PinClosed):
        counter.switch_by_pin(device, clerk.pk, PIN, actor=NOBODY, now=now())
