"""A session ends in the middle of a form: what was typed comes back after signing in again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from linli.access.middleware import fields_of
from linli.access.models import DataRequest, KeptForm, SignIn
from linli.access.services import counter
from linli.access.services.kept_forms import kept_form
from linli.access.testing import PASSWORD, actor_for, make_staff, signed_in, totp_code
from linli.kernel import sealing
from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE

NEW, AGAIN = "/en/access/my-data/new/", "/en/access/sign-in/again/"
FORM = {"kind": "copy", "text": "everything about me", "place": "441900005001", "key": "once"}


def ended(browser) -> None:
    SignIn.objects.update(seen_at=timezone.now() - timedelta(hours=1))


def sign_in_again(browser, account):
    browser.post("/en/access/sign-in/", {"username": account.username, "password": PASSWORD})
    later = timezone.now() + timedelta(seconds=30)
    return browser.post("/en/access/sign-in/factor/", {"code": totp_code(account, later)})


@pytest.mark.django_db
def test_the_form_is_kept_sealed_and_sent_again_after_signing_in() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)

    lost = browser.post(NEW, FORM)
    kept = KeptForm.objects.get()
    answer = sign_in_again(browser, clerk)
    shown = browser.get(answer["Location"]).content.decode()
    sent = browser.post(NEW, {**FORM, "key": "twice", "kept_again": "1"})

    assert lost["Location"] == "/en/access/sign-in/"
    assert b"everything about me" not in bytes(kept.body_sealed)
    assert answer["Location"] == AGAIN
    assert 'name="text" value="everything about me"' in shown
    assert sent.status_code == 303
    assert DataRequest.objects.get().text == "everything about me"
    assert not KeptForm.objects.exists()


@pytest.mark.django_db
def test_the_sign_in_page_says_that_it_is_kept() -> None:
    browser = signed_in(make_staff("clerk"))
    ended(browser)
    browser.post(NEW, FORM)

    assert "What you typed is kept" in browser.get("/en/access/sign-in/").content.decode()


@pytest.mark.django_db
def test_nothing_is_done_as_nobody_meanwhile() -> None:
    browser = signed_in(make_staff("clerk"))
    ended(browser)

    browser.post(NEW, FORM)

    assert not DataRequest.objects.exists()


@pytest.mark.django_db
def test_another_person_on_the_same_computer_does_not_get_it() -> None:
    clerk, colleague = make_staff("clerk"), make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)
    browser.post(NEW, FORM)

    sign_in_again(browser, colleague)
    answer = browser.get(AGAIN)

    assert answer.status_code == 302
    assert "everything" not in answer.content.decode()


@pytest.mark.django_db
def test_after_half_an_hour_it_is_gone() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)
    browser.post(NEW, FORM)
    KeptForm.objects.update(ends_at=timezone.now())
    sign_in_again(browser, clerk)

    assert browser.get(AGAIN).status_code == 302


@pytest.mark.django_db
def test_passwords_are_never_kept() -> None:
    browser = signed_in(make_staff("clerk"))
    ended(browser)

    browser.post(
        "/en/access/security/password/",
        {"old_password": "secret-one", "new_password": "secret-two", "key": "1"},
    )

    secret = browser.cookies["linli-kept"].value
    kept = KeptForm.objects.get()
    found = kept_form(secret, kept.account_id, actor=NOBODY, now=timezone.now())
    assert found is not None and found[1] == []


@pytest.mark.parametrize(
    "name",
    ["password", "old_password", "new_password", "pin", "code", "badge", "recovery", "passkey",
     "ticket"],
)  # fmt: skip
def test_no_secret_by_which_somebody_enters_is_kept(name: str) -> None:
    request = RequestFactory().post("/", {name: "secret", "text": "kept"})

    assert fields_of(request) == [("text", "kept")]


@pytest.mark.django_db
def test_it_can_be_thrown_away() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)
    browser.post(NEW, FORM)
    sign_in_again(browser, clerk)

    browser.post(AGAIN, {"key": "2"})

    assert not KeptForm.objects.exists()
    assert VILLAGE


@pytest.mark.django_db
def test_a_form_whose_session_cookie_is_gone_is_kept_for_whose_browser_it_was() -> None:
    clerk, colleague = make_staff("clerk"), make_staff("clerk")
    browser = signed_in(clerk)
    del browser.cookies[settings.SESSION_COOKIE_NAME]

    lost = browser.post(NEW, FORM)
    kept = KeptForm.objects.get()
    elsewhere = Client().get(AGAIN)
    answer = sign_in_again(browser, clerk)
    shown = browser.get(answer["Location"]).content.decode()
    sign_in_again(browser, colleague)
    of_another = browser.get(AGAIN)

    assert lost["Location"] == "/en/access/sign-in/"
    assert kept.account_id == clerk.pk
    assert not DataRequest.objects.exists()
    assert elsewhere.status_code == 404
    assert answer["Location"] == AGAIN
    assert 'name="text" value="everything about me"' in shown
    assert KeptForm.objects.get().account == clerk
    assert of_another.status_code == 302


@pytest.mark.django_db
def test_who_signs_in_next_at_a_shared_computer_does_not_get_what_another_had_typed() -> None:
    clerk, colleague = make_staff("clerk"), make_staff("clerk")
    browser = signed_in(clerk)
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    browser.post(NEW, FORM)

    sign_in_again(browser, colleague)

    assert browser.get(AGAIN).status_code == 302
    assert KeptForm.objects.get().account == clerk


@pytest.mark.django_db
def test_a_browser_that_knows_nobody_keeps_for_who_signs_in_first() -> None:
    clerk, browser = make_staff("clerk"), Client()

    browser.post(NEW, FORM)
    kept = KeptForm.objects.get()
    answer = sign_in_again(browser, clerk)

    assert kept.account_id is None
    assert answer["Location"] == AGAIN
    assert "everything about me" in browser.get(AGAIN).content.decode()


@pytest.mark.django_db
def test_a_computer_of_a_counter_keeps_nothing_for_nobody() -> None:
    chair = make_staff("village_chair")
    issued = counter.enrol_device("Counter 2", VILLAGE, actor=actor_for(chair), now=timezone.now())
    browser = Client()
    browser.cookies["linli-counter"] = issued.secret

    answer = browser.post(NEW, FORM)

    assert answer.status_code == 404
    assert not KeptForm.objects.exists()
    assert "linli-kept" not in browser.cookies


@pytest.mark.django_db
def test_signing_out_throws_away_what_was_kept() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)
    browser.post(NEW, FORM)
    sign_in_again(browser, clerk)

    browser.post("/en/access/sign-out/", {})

    assert not KeptForm.objects.exists()
    assert browser.cookies["linli-kept"].value == ""


@pytest.mark.django_db
def test_a_kept_form_opens_with_the_secret_of_its_browser_alone() -> None:
    browser = Client()
    browser.post(NEW, FORM)

    kept = KeptForm.objects.get()
    ours = sealing.open_sealed(
        bytes(kept.body_sealed), table="access_keptform", column="body_sealed", row=kept.pk
    )

    assert "everything" not in ours and "everything" not in bytes.fromhex(ours).decode("latin-1")


@pytest.mark.django_db
def test_of_nobody_so_much_is_kept_and_not_more() -> None:
    browser = Client()
    too_long = browser.post(NEW, {**FORM, "text": "x" * 70_000})
    empty = browser.post(NEW, {"key": "k"})
    many = [Client().post(NEW, FORM).status_code for _number in range(62)]

    assert (too_long.status_code, empty.status_code) == (404, 404)
    assert "Sign in" in empty.content.decode()
    assert KeptForm.objects.count() == many.count(302) <= 60
    assert many[-1] == 404


@pytest.mark.django_db
def test_a_form_that_is_for_everybody_is_never_turned_into_a_sign_in() -> None:
    answer = Client().post("/en/follow/YJ-2026-0001/agree", {"key": "k", "code": "Z"})

    assert answer.status_code != 302 or "/sign-in/" not in answer["Location"]
    assert not KeptForm.objects.exists()


@pytest.mark.django_db
def test_the_kept_form_is_shown_under_its_labels_without_what_machines_wrote() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    ended(browser)
    browser.post(NEW, {**FORM, "expected_seq": "4", "something": "路灯不亮"})

    page = browser.get(sign_in_again(browser, clerk)["Location"]).content.decode()

    shown = page.partition("<dl")[2].partition("</dl>")[0]
    assert "<dt>text</dt>" not in shown
    assert "expected_seq" not in shown
    assert "once" not in shown
    assert "<dt>Also typed</dt><dd>路灯不亮</dd>" in shown
    assert "<dd>everything about me</dd>" in shown
    # all of it is sent again
    assert 'name="expected_seq" value="4"' in page
