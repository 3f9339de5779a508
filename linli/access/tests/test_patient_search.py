"""Whoever tries passwords on one name all day, from many addresses: stopped, and told to whose name it is."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from linli.access.entering import passwords
from linli.access.entering.passwords import DAY_RATE, NAME_RATE, OWN_BUCKETS
from linli.access.models import Account
from linli.access.testing import PASSWORD, make_staff, signed_in
from linli.kernel.errors import TooMany
from linli.notify.models import Message

SIGN_IN = "/en/access/sign-in/"
pytestmark = pytest.mark.django_db


def tried(account: Account, hours: int, *, is_hers: bool = False) -> int:
    """Try once a minute for the last hours, and return how many tries were let through."""
    now, through = timezone.now() - timedelta(hours=hours), 0
    for minute in range(60 * hours):
        try:
            passwords._count_try(
                account.username, is_hers=is_hers, now=now + timedelta(minutes=minute)
            )
        except TooMany:
            continue
        through += 1
    return through


def test_one_a_minute_gets_through_for_an_hour_and_then_the_holder_is_told_once() -> None:
    clerk = make_staff()

    through = tried(clerk, 2)

    assert through <= 50 + 2 * 100 / 24 + 1
    assert DAY_RATE.count * 10 < NAME_RATE.count * 24
    told = Message.objects.filter(template="access.many_tries")
    assert [one.account_id for one in told] == [clerk.pk]


def test_in_her_own_browser_she_comes_in_as_ever() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)
    tried(clerk, 2)
    with suppress(TooMany):
        for _ in range(3):
            passwords._count_try(clerk.username, is_hers=False, now=timezone.now())

    strange = Client().post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
    browser.post("/en/access/sign-out/")
    hers = browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})

    assert strange.status_code == 429
    assert hers.status_code == 303
    # her own tries are bounded, too
    with pytest.raises(TooMany) as refused:
        for _ in range(60):
            passwords._count_try(clerk.username, is_hers=True, now=timezone.now())
    assert refused.value.details["bucket"] in OWN_BUCKETS


def test_no_name_that_a_stranger_types_uses_her_own_tries_up() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)
    browser.post("/en/access/sign-out/")
    for name in (f"{clerk.username} in her own browser", clerk.username):
        with suppress(TooMany):
            for _ in range(60):
                passwords._count_try(name, is_hers=False, now=timezone.now())

    hers = browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})

    assert hers.status_code == 303


def test_a_browser_of_somebody_else_is_not_hers() -> None:
    clerk, other = make_staff(), make_staff()
    browser = signed_in(other)
    request = RequestFactory().post(SIGN_IN)
    request.COOKIES = {name: one.value for name, one in browser.cookies.items()}

    assert passwords._is_her_browser(request, other.username)  # type: ignore[arg-type]
    assert not passwords._is_her_browser(request, clerk.username)  # type: ignore[arg-type]


def test_of_a_name_that_nobody_has_nothing_is_told() -> None:
    passwords._warn("nobody-of-that-name", timezone.now())

    assert not Message.objects.filter(template="access.many_tries").exists()
