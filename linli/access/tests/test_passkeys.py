"""Passkeys: made, proved and refused, with an authenticator in software."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client

from linli.access.models import SignIn
from linli.access.testing import PASSWORD, Authenticator, make_staff, signed_in

SIGN_IN, FACTOR = "/en/access/sign-in/", "/en/access/sign-in/factor/"
NEW, ALONE = "/en/access/security/passkey/", "/en/access/sign-in/passkey/"
SECURITY = "/en/access/security/"


def asked(answer) -> tuple[dict, str]:
    """Return what the page asks the device, and its ticket."""
    text = answer.content.decode()
    options = json.loads(unescape(re.search(r'data-options="([^"]+)"', text)[1]))
    return options["publicKey"], re.search(r'name="ticket" value="([^"]+)"', text)[1]


def with_passkey(clerk) -> tuple[Client, Authenticator]:
    browser, device = signed_in(clerk), Authenticator()
    options, ticket = asked(browser.get(NEW))
    answer = browser.post(NEW, {"ticket": ticket, "passkey": device.make(options), "name": "Phone"})
    assert answer.status_code == 200, answer.content.decode()
    return browser, device


@pytest.mark.django_db
def test_a_passkey_is_made_and_listed() -> None:
    browser, _ = with_passkey(make_staff())

    assert "Phone" in browser.get(SECURITY).content.decode()


@pytest.mark.django_db
def test_a_passkey_is_the_second_step_after_the_password() -> None:
    clerk = make_staff()
    _, device = with_passkey(clerk)
    browser = Client()
    browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
    options, ticket = asked(browser.get(FACTOR))

    answer = browser.post(FACTOR, {"ticket": ticket, "passkey": device.prove(options)})

    assert answer.status_code == 303
    assert SignIn.objects.filter(account=clerk, factor="passkey").count() == 1


@pytest.mark.django_db
def test_a_passkey_alone_signs_in() -> None:
    clerk = make_staff()
    _, device = with_passkey(clerk)
    browser = Client()
    options, ticket = asked(browser.get(SIGN_IN))

    answer = browser.post(ALONE, {"ticket": ticket, "passkey": device.prove(options)})

    assert answer.status_code == 303
    assert clerk.display_name in browser.get(SECURITY).content.decode()


@pytest.mark.django_db
def test_an_answer_is_good_once() -> None:
    clerk = make_staff()
    _, device = with_passkey(clerk)
    options, ticket = asked(Client().get(SIGN_IN))
    form = {"ticket": ticket, "passkey": device.prove(options)}
    Client().post(ALONE, form)

    again = Client()

    assert again.post(ALONE, form).status_code == 429
    assert again.get(SECURITY).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["challenge", "origin", "key", "unverified"])
def test_a_forged_answer_opens_nothing(fault: str) -> None:
    clerk = make_staff()
    _, device = with_passkey(clerk)
    browser = Client()
    options, ticket = asked(browser.get(SIGN_IN))

    answer = browser.post(ALONE, {"ticket": ticket, "passkey": device.prove(options, fault=fault)})

    assert answer.status_code == 403
    assert browser.get(SECURITY).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"response": {"userHandle": "x"}}'])
def test_nonsense_is_refused_and_breaks_nothing(answer: str) -> None:
    browser = Client()
    _, ticket = asked(browser.get(SIGN_IN))

    assert browser.post(ALONE, {"ticket": ticket, "passkey": answer}).status_code == 403


@pytest.mark.django_db
def test_the_last_second_step_cannot_be_removed() -> None:
    clerk = make_staff()
    browser, _ = with_passkey(clerk)
    rows = re.findall(r"/factors/(\d+)/remove", browser.get(SECURITY).content.decode())

    first = browser.post(f"/en/access/security/factors/{rows[0]}/remove", {"key": "1"})
    second = browser.post(f"/en/access/security/factors/{rows[1]}/remove", {"key": "2"})

    assert first.status_code == 303
    assert second.status_code == 409


@pytest.mark.django_db
def test_recovery_codes_work_once_instead_of_the_phone() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)
    shown = browser.post("/en/access/security/recovery/", {}).content.decode()
    code = re.search(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", shown)[1]

    def enter() -> int:
        other = Client()
        other.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
        return other.post(FACTOR, {"recovery": code.lower().replace("-", " ")}).status_code

    assert [enter(), enter()] == [303, 403]
