"""One-time links, setting up the second factor, and resets approved by two people."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.forms import PasswordInput
from django.test import Client
from django.utils import timezone

from linli.access import forms, rules
from linli.access.errors import (
    LinkDead,
    NameTaken,
    NotForYourself,
    SecondPersonNeeded,
)
from linli.access.models import Account, OneTimeLink, ResetRequest, SignIn
from linli.access.services import accounts, passwords, resets
from linli.access.testing import (
    PASSWORD,
    TESTER,
    actor_for,
    make_account,
    make_right,
    make_staff,
    signed_in,
    totp_code,
)
from linli.access.types import NewAccount
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, VILLAGE, client_of
from linli.kernel.texts import is_kept_as_typed
from linli.ui.forms import Form

NEW = NewAccount("ye.shaofen", "叶少芬", VILLAGE, phone="13800138000")
GOOD = "seven-tigers-9"


def now():
    return timezone.now()


def _first_code(browser: Client) -> str:
    offer = browser.get("/en/access/set-up/").content.decode()
    secret = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", offer)[1].split())
    return rules.totp(secret, int(now().timestamp()) // 30)


@pytest.mark.django_db
def test_somebody_invited_sets_password_and_second_step_and_is_in() -> None:
    account, link = accounts.invite_account(NEW, actor=TESTER, now=now())
    browser = Client()
    address = f"/en/access/link/{link.secret}/"

    shown = browser.get(address)
    first = browser.post(address, {"password": GOOD})
    second = browser.post("/en/access/set-up/", {"code": _first_code(browser)})

    assert "叶少芬" in shown.content.decode()
    assert first["Location"] == "/en/access/set-up/"
    assert (
        len(re.findall(r"<li><code>[A-Z2-9]{5}-[A-Z2-9]{5}</code>", second.content.decode())) == 10
    )
    assert browser.get("/en/access/security/").status_code == 200
    account.refresh_from_db()
    assert account.state == "active"


@pytest.mark.django_db
def test_a_link_is_used_up_when_its_owner_is_in_and_runs_out() -> None:
    account, link = accounts.invite_account(NEW, actor=TESTER, now=now())
    account, _use = passwords.use_link(link.secret, GOOD, actor=NOBODY, now=now())
    passwords.close_links(account, actor=NOBODY, now=now())

    with pytest.raises(LinkDead):
        passwords.use_link(link.secret, "another-tiger-9", actor=NOBODY, now=now())
    assert Client().get(f"/en/access/link/{link.secret}/").status_code == 410

    other = NewAccount("he.weiming", "何伟明", VILLAGE)
    _, late = accounts.invite_account(other, actor=TESTER, now=now() - timedelta(days=15))
    with pytest.raises(LinkDead):
        passwords.use_link(late.secret, GOOD, actor=NOBODY, now=now())


@pytest.mark.django_db
def test_a_new_link_kills_the_older_one() -> None:
    account, old = accounts.invite_account(NEW, actor=TESTER, now=now())
    accounts.send_new_link(account, actor=TESTER, now=now())

    with pytest.raises(LinkDead):
        passwords.use_link(old.secret, GOOD, actor=NOBODY, now=now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["short-1", "password1234", "onlyletters", "12345678901", "ye.shaofen1"]
)
def test_weak_passwords_are_told_beside_the_field_and_nothing_is_used_up(password: str) -> None:
    account, link = accounts.invite_account(NEW, actor=TESTER, now=now())

    answer = Client().post(f"/en/access/link/{link.secret}/", {"password": password})

    account.refresh_from_db()
    assert answer.status_code == 422
    assert account.state == "invited"
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.django_db
def test_an_account_is_invited_only_where_one_looks_after_accounts() -> None:
    chair = actor_for(make_staff("village_chair"))

    accounts.invite_account(NEW, actor=chair, now=now())

    there = NewAccount("he.weiming", "何伟明", OTHER_TOWN)
    with pytest.raises(NotAllowed):
        accounts.invite_account(there, actor=chair, now=now())
    assert not Account.objects.filter(username="he.weiming").exists()


@pytest.mark.django_db
def test_no_two_accounts_share_a_name_or_a_number() -> None:
    accounts.invite_account(NEW, actor=TESTER, now=now())

    with pytest.raises(NameTaken):
        accounts.invite_account(NEW, actor=TESTER, now=now())
    with pytest.raises(Invalid):
        twin = NewAccount("twin", "双", VILLAGE, phone="+86 138-0013-8000")
        accounts.invite_account(twin, actor=TESTER, now=now())
    assert not Account.objects.filter(username="twin").exists()


@pytest.mark.django_db
def test_closing_an_account_ends_its_session_at_the_next_click() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)

    accounts.disable_account(clerk, "left", actor=TESTER, now=now())

    assert browser.get("/en/access/security/").status_code == 404
    assert not SignIn.objects.filter(account=clerk, ended_at=None).exists()


@pytest.mark.django_db
def test_who_closes_and_opens_an_account_gets_no_link_to_what_somebody_used() -> None:
    clerk, security = make_staff(password_set_at=now()), make_account(path="441900/")
    make_right("security", path="441900/", account=security)
    actor = actor_for(security)
    accounts.disable_account(clerk, "left", actor=actor, now=now())

    link = resets.enable_account(clerk, actor=actor, now=now())

    clerk.refresh_from_db()
    assert link is None and clerk.state == "invited" and not clerk.has_usable_password()
    with pytest.raises(WrongState):
        accounts.send_new_link(clerk, actor=actor, now=now())
    assert not OneTimeLink.objects.filter(account=clerk).exists()
    assert ResetRequest.objects.get(account=clerk).state == "asked"
    page = client_of(actor).get(f"/en/access/accounts/{clerk.pk}/").content.decode()
    assert "New first link" not in page and "Reset the sign-in" in page


@pytest.mark.django_db
def test_an_account_that_nobody_used_is_opened_with_a_new_first_link() -> None:
    clerk = make_account(state="disabled")

    link = resets.enable_account(clerk, actor=TESTER, now=now())

    assert link is not None and not ResetRequest.objects.exists()


@pytest.mark.django_db
def test_nobody_closes_her_own_account() -> None:
    chair = make_staff("village_chair")

    with pytest.raises(NotForYourself):
        accounts.disable_account(chair, "tired", actor=actor_for(chair), now=now())


def approvers() -> tuple:
    return tuple(actor_for(make_staff("village_chair")) for _ in range(2))


@pytest.mark.django_db
def test_a_reset_takes_two_different_people_and_starts_anew() -> None:
    clerk = make_staff()
    browser = signed_in(clerk)
    one, two = approvers()
    asks = actor_for(make_staff("village_chair"))
    request = resets.ask_reset_for(clerk, "new phone", actor=asks, now=now())

    with pytest.raises(NotForYourself):
        resets.approve_reset(request, actor=asks, now=now())
    request, nothing = resets.approve_reset(request, actor=one, now=now())
    request, link = resets.approve_reset(request, actor=two, now=now())
    passwords.use_link(link.secret, GOOD, actor=NOBODY, now=now())

    clerk.refresh_from_db()
    request.refresh_from_db()
    assert nothing is None
    assert clerk.check_password(GOOD)
    assert not clerk.check_password(PASSWORD)
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert browser.get("/en/access/security/").status_code == 404
    assert request.state == "used"


@pytest.mark.django_db
def test_the_same_person_cannot_approve_twice_nor_her_own_reset() -> None:
    one, two = approvers()
    request = resets.ask_reset_for(make_staff(), "", actor=two, now=now())
    resets.approve_reset(request, actor=one, now=now())

    with pytest.raises(SecondPersonNeeded):
        resets.approve_reset(request, actor=one, now=now())

    own = Account.objects.get(pk=two.account_id)
    mine = resets.ask_reset_for(own, "", actor=one, now=now())
    with pytest.raises(NotForYourself):
        resets.approve_reset(mine, actor=two, now=now())
    assert not OneTimeLink.objects.exists()


@pytest.mark.django_db
def test_a_clerk_cannot_approve() -> None:
    one, _ = approvers()
    request = resets.ask_reset_for(make_staff(), "", actor=one, now=now())

    with pytest.raises(NotAllowed):
        resets.approve_reset(request, actor=actor_for(make_staff("clerk")), now=now())


@pytest.mark.django_db
def test_a_reset_runs_out_after_three_days() -> None:
    one, _ = approvers()
    early = now() - timedelta(days=4)
    request = resets.ask_reset_for(make_staff(), "", actor=one, now=early)

    with pytest.raises(WrongState):
        resets.approve_reset(request, actor=one, now=now())


@pytest.mark.django_db
def test_asking_on_the_sign_in_page_tells_nothing_either_way() -> None:
    clerk = make_staff()

    known = Client().post("/en/access/sign-in/forgot/", {"username": clerk.username})
    unknown = Client().post("/en/access/sign-in/forgot/", {"username": "nobody"})

    assert known.content == unknown.content
    assert ResetRequest.objects.get().account == clerk


@pytest.mark.django_db
def test_asking_twice_keeps_one_request() -> None:
    clerk = make_staff()
    for _ in range(2):
        resets.ask_reset(clerk.username, "", actor=NOBODY, now=now())

    assert ResetRequest.objects.count() == 1


@pytest.mark.django_db
def test_approving_on_the_pages_shows_the_link_to_the_second_person_alone() -> None:
    clerk = make_staff()
    resets.ask_reset(clerk.username, "", actor=NOBODY, now=now())
    request = ResetRequest.objects.get()
    address = f"/en/access/resets/{request.pk}/approve"
    one, two = (signed_in(make_staff("village_chair")) for _ in range(2))

    first = one.post(address, {"key": "a"})
    second = two.post(address, {"key": "b"})

    assert first.status_code == 303
    assert "/en/access/link/" in second.content.decode()


@pytest.mark.django_db
def test_a_password_is_changed_with_the_old_one_and_other_sessions_end() -> None:
    clerk = make_staff()
    here = signed_in(clerk)
    there = Client()
    there.post("/en/access/sign-in/", {"username": clerk.username, "password": PASSWORD})
    SignIn.objects.filter(account=clerk).update()

    page, typed = "/en/access/security/password/", {"new_password": GOOD}
    wrong = here.post(page, {**typed, "old_password": "no", "key": "1"})
    right = here.post(page, {**typed, "old_password": PASSWORD, "key": "2"})

    clerk.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert clerk.check_password(GOOD)
    assert here.get("/en/access/security/").status_code == 200


@pytest.mark.django_db
def test_a_password_with_a_sign_that_nobody_sees_is_the_same_when_changed_and_at_sign_in() -> None:
    clerk, unseen = make_staff(), GOOD + "\u200bx"
    new = {"old_password": PASSWORD, "new_password": unseen, "key": "1"}

    signed_in(clerk).post("/en/access/security/password/", new)
    entered = Client().post("/en/access/sign-in/", {"username": clerk.username, "password": unseen})

    clerk.refresh_from_db()
    assert clerk.check_password(unseen)
    assert entered.status_code in {302, 303}


def test_every_field_in_which_a_password_is_typed_is_taken_as_it_is() -> None:
    ours = [one for one in vars(forms).values() if isinstance(one, type)]
    secret = {
        f"{one.__name__}.{name}": is_kept_as_typed(name)
        for one in ours
        if issubclass(one, Form)
        for name, field in one.base_fields.items()
        if isinstance(field.widget, PasswordInput) and name != "pin"
    }

    assert len(secret) >= 5
    assert all(secret.values()), secret


@pytest.mark.django_db
def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once() -> None:
    clerk = make_staff()
    here = signed_in(clerk)
    other = Client()
    other.post("/en/access/sign-in/", {"username": clerk.username, "password": PASSWORD})
    later = now() + timedelta(seconds=30)
    other.post("/en/access/sign-in/factor/", {"code": totp_code(clerk, later)})
    there = SignIn.objects.filter(account=clerk).latest("id")

    assert SignIn.objects.filter(account=clerk, ended_at=None).count() == 2
    here.post(f"/en/access/security/sessions/{there.pk}/end", {"key": "1"})

    assert other.get("/en/access/security/").status_code == 404
    assert here.get("/en/access/security/").status_code == 200


@pytest.mark.django_db
def test_nobody_ends_the_session_of_somebody_else() -> None:
    signed_in(make_staff())
    theirs = SignIn.objects.get(account__isnull=False)
    here = signed_in(make_staff())

    answer = here.post(f"/en/access/security/sessions/{theirs.pk}/end", {"key": "1"})

    assert answer.status_code == 404
    assert SignIn.objects.get(pk=theirs.pk).ended_at is None


@pytest.mark.django_db
def test_whoever_stops_before_the_second_step_begins_again_with_the_same_link() -> None:
    account, link = accounts.invite_account(NEW, actor=TESTER, now=now())
    address = f"/en/access/link/{link.secret}/"
    first, again = Client(), Client()

    first.post(address, {"password": GOOD})
    assert again.post(address, {"password": f"{GOOD}2"}).status_code == 303
    # the way in by the earlier password is closed: only one of two who hold the link comes in
    assert first.get("/en/access/set-up/").status_code == 302
    again.post("/en/access/set-up/", {"code": _first_code(again)})

    account.refresh_from_db()
    assert account.check_password(f"{GOOD}2")
    assert Client().get(address).status_code == 410
