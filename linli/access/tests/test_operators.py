"""The first operator, the rights that kinds of posts begin with, and sign-ins of the demo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.access import permits
from linli.access.errors import DemoOnly, LastOperator, LinkDead, OperatorExists
from linli.access.models import Account, GivenRight
from linli.access.services import accounts, codes, demo, operators, passwords
from linli.access.templates_of_rights import KIND_RIGHTS
from linli.access.testing import TESTER, actor_for, make_account, make_right, make_staff
from linli.access.types import NewAccount
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, PERMITS
from linli.kernel.testing import CITY, VILLAGE

GOOD = "seven-tigers-9"


def now():
    return timezone.now()


@pytest.mark.django_db
def test_an_empty_city_begins_with_one_operator_and_one_link() -> None:
    account, link = operators.first_operator(CITY, actor=TESTER, now=now())
    passwords.use_link(link.secret, GOOD, actor=NOBODY, now=now())

    actor = actor_for(account)

    assert account.username == "operator"
    assert actor.may(permits.GRANT, at=CITY)
    assert actor.may(permits.MANAGE, at=VILLAGE)
    assert not actor.may(PERMITS["trail.read"], at=CITY)
    assert not actor.may(PERMITS["people.view"], at=VILLAGE)


@pytest.mark.django_db
def test_asked_again_before_it_was_used_the_old_link_dies() -> None:
    first, old = operators.first_operator(CITY, actor=TESTER, now=now())
    second, new = operators.first_operator(CITY, actor=TESTER, now=now())

    assert first == second
    with pytest.raises(LinkDead):
        passwords.use_link(old.secret, GOOD, actor=NOBODY, now=now())
    passwords.use_link(new.secret, GOOD, actor=NOBODY, now=now())
    with pytest.raises(OperatorExists):
        operators.first_operator(CITY, actor=TESTER, now=now())


@pytest.mark.django_db
def test_the_link_lasts_a_day() -> None:
    _, link = operators.first_operator(CITY, actor=TESTER, now=now() - timedelta(hours=25))

    with pytest.raises(LinkDead):
        passwords.use_link(link.secret, GOOD, actor=NOBODY, now=now())


@pytest.mark.django_db
def test_no_request_can_make_the_first_operator() -> None:
    with pytest.raises(NotAllowed):
        operators.first_operator(CITY, actor=actor_for(make_staff("clerk")), now=now())
    with pytest.raises(NotAllowed):
        operators.seed_kind_rights(CITY, actor=NOBODY, now=now())
    assert not Account.objects.filter(username="operator").exists()


@pytest.mark.django_db
def test_the_last_operator_is_not_closed() -> None:
    account = make_account(path=CITY)
    make_right("operator", path=CITY, account=account)

    with pytest.raises(LastOperator):
        accounts.disable_account(account, "left", actor=TESTER, now=now())

    make_right("operator", path=CITY, account=make_account(path=CITY))
    accounts.disable_account(account, "left", actor=TESTER, now=now())
    account.refresh_from_db()
    assert account.state == "disabled"


@pytest.mark.django_db
def test_kinds_of_posts_get_their_usual_rights_once_and_what_was_ended_stays_ended() -> None:
    made = operators.seed_kind_rights(CITY, actor=TESTER, now=now())
    GivenRight.objects.filter(post_kind="clerk").update(revoked_at=now())

    again = operators.seed_kind_rights(CITY, actor=TESTER, now=now())

    assert made == sum(map(len, KIND_RIGHTS.values()))
    assert again == 0


@pytest.mark.django_db
def test_demo_sign_ins_cannot_be_made_where_the_demo_was_not_asked_for() -> None:
    new = NewAccount("demo.clerk", "何伟明", VILLAGE)

    with pytest.raises(DemoOnly):
        demo.create_demo_account(new, post="文员", place="示范一村", actor=TESTER, now=now())
    with pytest.raises(DemoOnly):
        demo.create_demo_resident("+8613800138000", None, "李月", VILLAGE, actor=TESTER, now=now())
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_a_demo_account_that_slipped_in_cannot_sign_in() -> None:
    account = make_account("demo.clerk", is_demo=True)

    answer = Client().post(
        "/en/access/sign-in/", {"username": account.username, "password": "correct-horse-42"}
    )

    assert answer.status_code == 403


@pytest.mark.django_db
def test_in_the_demo_what_is_printed_signs_in(settings) -> None:
    settings.LINLI_DEMO = True
    new = NewAccount("demo.clerk", "何伟明", VILLAGE)
    first = demo.create_demo_account(new, post="文员", place="示范一村", actor=TESTER, now=now())
    again = demo.create_demo_account(new, post="文员", place="示范一村", actor=TESTER, now=now())
    browser = Client()

    from linli.access import rules

    browser.post("/en/access/sign-in/", {"username": first.username, "password": first.password})
    code = rules.totp(first.totp_secret, int(now().timestamp()) // 30)
    answer = browser.post("/en/access/sign-in/factor/", {"code": code})

    assert first == again
    assert answer.status_code == 303


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["+8613800138000", "13800138000"])
def test_in_the_demo_the_resident_signs_in_with_the_fixed_code(settings, given: str) -> None:
    settings.LINLI_DEMO = True
    _, code = demo.create_demo_resident(given, None, "李月", VILLAGE, actor=TESTER, now=now())
    phone = "+8613800138000"
    codes.send_code(phone, address="10.0.0.1", language="en", actor=NOBODY, now=now())

    account = codes.take_code(phone, code, address="10.0.0.1", actor=NOBODY, now=now())

    assert account.display_name == "李月"
