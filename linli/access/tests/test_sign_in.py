"""Staff sign in with a password and a second factor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.models import Account, SignIn, TotpSecret
from linli.access.testing import (
    PASSWORD,
    make_account,
    make_staff,
    signed_in,
    totp_code,
)
from linli.trail.models import Entry

SIGN_IN, FACTOR, SECURITY = (
    "/en/access/sign-in/",
    "/en/access/sign-in/factor/",
    "/en/access/security/",
)


def first_step(account: Account, browser: Client | None = None, password: str = PASSWORD):
    browser = browser or Client()
    answer = browser.post(SIGN_IN, {"username": account.username, "password": password})
    return browser, answer


@pytest.mark.django_db
def test_password_and_code_open_a_session() -> None:
    clerk = make_staff()

    browser = signed_in(clerk)

    assert browser.get(SECURITY).status_code == 200
    session = SignIn.objects.get(account=clerk, ended_at=None)
    assert session.factor == "totp"
    assert "access.signed_in" in set(Entry.objects.values_list("verb", flat=True))


@pytest.mark.django_db
def test_the_password_alone_opens_nothing() -> None:
    browser, answer = first_step(make_staff())

    assert answer.status_code == 303
    assert answer["Location"] == FACTOR
    assert browser.get(SECURITY).status_code == 404


@pytest.mark.django_db
def test_a_code_is_good_once() -> None:
    clerk = make_staff()
    code = totp_code(clerk)
    signed_in(clerk)
    browser, _ = first_step(clerk)

    answer = browser.post(FACTOR, {"code": code})

    assert answer.status_code == 403
    assert browser.get(SECURITY).status_code == 404


@pytest.mark.load
@pytest.mark.django_db
def test_a_code_of_the_step_before_is_taken_and_an_older_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clerk = make_staff()
    # both codes are typed well inside one step of thirty seconds, whenever the test is run
    real = timezone.now()
    now = real + timedelta(seconds=10 - real.timestamp() % 30)
    monkeypatch.setattr(timezone, "now", lambda: now)
    browser, _ = first_step(clerk)

    old = browser.post(FACTOR, {"code": totp_code(clerk, now - timedelta(seconds=90))})
    late = browser.post(FACTOR, {"code": totp_code(clerk, now - timedelta(seconds=30))})

    assert (old.status_code, late.status_code) == (403, 303)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nobody.at.all", "staff-known", "13800138000"])
def test_a_wrong_name_and_a_wrong_password_look_the_same(name: str) -> None:
    make_account("staff-known")

    answer = Client().post(SIGN_IN, {"username": name, "password": "wrong-password-1"})

    assert answer.status_code == 403
    assert "The name and the password do not fit together." in answer.content.decode()


@pytest.mark.django_db
def test_five_wrong_passwords_close_signing_in_and_say_for_how_long() -> None:
    clerk, browser = make_staff(), Client()
    for _ in range(4):
        first_step(clerk, browser, "wrong-password-1")

    _, fifth = first_step(clerk, browser, "wrong-password-1")
    _, right = first_step(clerk, browser)

    assert fifth.status_code == 429
    assert right.status_code == 429
    assert "closed for 15 minutes" in right.content.decode()


@pytest.mark.django_db
def test_a_lock_out_of_one_name_does_not_close_the_others_of_the_office() -> None:
    clerk, colleague, browser = make_staff(), make_staff(), Client()
    for _ in range(5):
        first_step(clerk, browser, "wrong-password-1")

    _, answer = first_step(colleague, browser)

    assert answer.status_code == 303


@pytest.mark.django_db
def test_a_search_for_passwords_from_many_addresses_is_slowed_down() -> None:
    clerk = make_staff()
    answers = [
        Client(REMOTE_ADDR=f"10.0.{n}.1").post(
            SIGN_IN, {"username": clerk.username, "password": "wrong-password-1"}
        )
        for n in range(21)
    ]

    assert [a.status_code for a in answers[:20]] == [403] * 20
    assert answers[20].status_code == 429


@pytest.mark.django_db
def test_a_failed_sign_in_stands_in_the_trail_without_the_typed_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # other tests of this process may have used up what strangers get recorded in a minute
    monkeypatch.setattr("linli.trail.services.recording.strangers.MOST", 10**6)
    Client().post(SIGN_IN, {"username": "my-secret-typed-here", "password": "wrong-password-1"})

    entry = Entry.objects.filter(verb="access.sign_in_failed").latest("id")

    assert "my-secret-typed-here" not in str(vars(entry))


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["invited", "disabled"])
def test_only_open_accounts_sign_in(state: str) -> None:
    _, answer = first_step(make_account(state=state))

    assert answer.status_code == 403
    assert not SignIn.objects.filter(account__isnull=False).exists()


@pytest.mark.django_db
def test_staff_may_type_the_mobile_number_instead_of_the_name() -> None:
    clerk = make_account(phone="+8613800138001")

    answer = Client().post(SIGN_IN, {"username": "138 0013 8001", "password": PASSWORD})

    assert answer["Location"] == FACTOR
    assert clerk.phone_masked == "138****8001"


@pytest.mark.django_db
def test_without_a_second_factor_and_away_from_the_counter_nobody_gets_in() -> None:
    _, answer = first_step(make_account(with_totp=False))

    assert answer.status_code == 403
    assert "no second factor yet" in answer.content.decode()


@pytest.mark.django_db
def test_ten_wrong_codes_close_the_second_step_for_a_while() -> None:
    clerk = make_staff()
    browser, _ = first_step(clerk)
    answers = [browser.post(FACTOR, {"code": "000000"}).status_code for _ in range(11)]

    assert answers[:10] == [403] * 10
    assert answers[10] == 429


@pytest.mark.django_db
def test_a_session_of_the_staff_ends_when_it_rests_half_an_hour() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=31))

    assert browser.get(SECURITY).status_code == 404
    assert SignIn.objects.get(account=clerk).ended_at is not None


@pytest.mark.django_db
def test_the_key_of_a_session_is_not_readable_in_the_table() -> None:
    browser = signed_in(make_staff())
    key = browser.cookies["linli-session"].value

    row = SignIn.objects.get(account__isnull=False)

    assert key not in str(row.data)
    assert key.encode() != bytes(row.key_hash)


@pytest.mark.django_db
def test_the_secret_of_the_authenticator_app_is_sealed() -> None:
    clerk = make_staff()
    from linli.access.testing import totp_secret

    assert totp_secret(clerk).encode() not in bytes(TotpSecret.objects.get().secret_sealed)


@pytest.mark.django_db
def test_signing_out_asks_then_ends_the_session() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)

    asked = browser.get("/en/access/sign-out/")
    answer = browser.post("/en/access/sign-out/")

    assert asked.status_code == 200
    assert answer.status_code == 303
    assert browser.get(SECURITY).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_signing_out_stays_in_the_language_of_the_page(language: str) -> None:
    browser = signed_in(make_staff())

    answer = browser.post(
        f"/{language}/access/sign-out/", headers={"Accept-Language": "en, zh-CN;q=0.5"}
    )

    assert answer["Location"] == f"/{language}/"


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_after_signing_in_one_never_lands_on_another_site(to: str) -> None:
    clerk, browser = make_staff(), Client()
    browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD, "next": to})

    answer = browser.post(FACTOR, {"code": totp_code(clerk)})

    assert answer["Location"] == "/en/desk/"


@pytest.mark.django_db
def test_a_wrong_password_is_told_without_a_word_that_it_was_kept() -> None:
    clerk = make_staff()

    wrong = Client().post(SIGN_IN, {"username": clerk.username, "password": "wrong-password-1"})

    assert wrong.status_code == 403
    assert "Not signed in" in wrong.content.decode()
    assert "What you wrote is still here" not in wrong.content.decode()


@pytest.mark.django_db
def test_a_wrong_code_is_a_failed_sign_in_and_no_want_of_a_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("linli.trail.services.recording.strangers.MOST", 10**6)
    clerk, browser = make_staff(), Client()
    browser.post(SIGN_IN, {"username": clerk.username, "password": PASSWORD})
    browser.post(FACTOR, {"code": "000000"})

    assert list(Entry.objects.filter(outcome="refused").values_list("verb", flat=True)) == [
        "access.sign_in_failed"
    ]


@pytest.mark.django_db
def test_after_signing_in_one_comes_back_to_the_page() -> None:
    clerk, browser = make_staff(), Client()
    form = {"username": clerk.username, "password": PASSWORD, "next": SECURITY}
    browser.post(SIGN_IN, form)

    assert browser.post(FACTOR, {"code": totp_code(clerk)})["Location"] == SECURITY


@pytest.mark.django_db
def test_the_session_before_signing_in_is_not_the_one_after() -> None:
    """Whoever plants a session key in a browser must not be signed in by its user."""
    clerk = make_staff()
    browser, _ = first_step(clerk)
    before = browser.cookies["linli-session"].value

    browser.post(FACTOR, {"code": totp_code(clerk)})

    assert browser.cookies["linli-session"].value != before


@pytest.mark.django_db
def test_no_copy_of_a_page_of_access_stays_in_the_browser() -> None:
    browser = signed_in(make_staff())

    assert browser.get(SECURITY)["Cache-Control"] == "no-store"
    assert Client().get(SIGN_IN)["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_pages_hold_under_the_strict_policy() -> None:
    answer = Client().get(SIGN_IN)
    text = answer.content.decode()

    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
