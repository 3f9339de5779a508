"""Nobody alone closes the account of who runs the system, gives rights or checks, nor changes its way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.access.desk import ENTRIES
from linli.access.errors import NotForYourself, TwoPeopleNeeded
from linli.access.models import Account, GivenRight, OneTimeLink, ResetRequest
from linli.access.queries.approvers import approvers_of, has_approver
from linli.access.services import accounts, resets, rights, two_people
from linli.access.services.accounts import disable_account
from linli.access.testing import (
    TESTER,
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
)
from linli.access.types import NewAccount
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import Actor
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, client_of, post_json
from linli.notify.models import Message
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def auditor(**fields: object) -> Account:
    """Somebody who checks the trail of a town."""
    account = make_account(path=TOWN, display_name="审计员", **fields)
    make_right("auditor", account=account, path=TOWN)
    return account


def lead() -> Actor:
    """Somebody who looks after the accounts of the town and approves."""
    return actor_for(make_staff("town_lead", path=TOWN))


def giver() -> Actor:
    """Somebody who gives rights in the town and looks after its accounts."""
    account = make_account(path=TOWN)
    make_right("security", account=account, path=TOWN)
    return actor_for(account)


def numbered(account: Account) -> NewAccount:
    return NewAccount(account.username, "审计员", TOWN, phone="13800138009")


def test_one_alone_does_none_of_it() -> None:
    used, fresh, alone = auditor(), auditor(state="invited"), lead()
    Account.objects.filter(pk=fresh.pk).update(password_set_at=None)

    for act in (
        lambda: disable_account(used, "left", actor=alone, now=now()),
        lambda: accounts.change_account(used, numbered(used), actor=alone, now=now()),
        lambda: accounts.send_new_link(fresh, actor=alone, now=now()),
    ):
        with pytest.raises(TwoPeopleNeeded):
            act()

    used.refresh_from_db()
    assert (used.state, used.phone_masked) == ("active", "")
    assert not OneTimeLink.objects.exists()


def test_one_alone_takes_none_of_the_three_duties_back_gb_22239() -> None:
    account, one, two = auditor(), giver(), lead()
    right = GivenRight.objects.get(account=account)

    with pytest.raises(TwoPeopleNeeded):
        rights.end_right(right, actor=one, now=now())
    right.refresh_from_db()
    assert right.revoked_at is None

    asked = two_people.ask_act(account, "right", "she goes elsewhere", actor=one, now=now())
    here, browser = f"/en/access/accounts/{account.pk}/", client_of(one)
    assert "Take back: " not in browser.get(here).content.decode()
    resets.approve_reset(asked, actor=two, now=now())
    assert "Take back: Audit administrator" in browser.get(here).content.decode()
    answer = browser.post(f"/en/access/rights/{right.pk}/end", {"back": here, "key": "1"})

    assert (answer.status_code, answer["Location"]) == (303, here)
    right.refresh_from_db()
    assert right.revoked_at is not None
    asked.refresh_from_db()
    assert asked.state == "used"


def test_a_duty_that_a_post_brings_takes_two_as_well_a_clerks_right_and_a_first_set_up_one() -> (
    None
):
    account, one = make_account(path=TOWN), giver()
    post = make_post("clerk", path=TOWN)
    duty = make_right("auditor", path=TOWN, post_id=post.pk)
    rights.end_right(duty, actor=one, now=now())
    duty = make_right("auditor", path=TOWN, post_id=post.pk)
    make_holding(post, account)
    clerk = make_right("clerk", account=make_account(path=TOWN), path=TOWN)

    # nobody else could approve
    rights.end_right(duty, actor=one, now=now())
    duty = make_right("auditor", path=TOWN, post_id=post.pk)
    lead()
    with pytest.raises(TwoPeopleNeeded):
        rights.end_right(duty, actor=one, now=now())
    refused = post_json(client_of(one), f"/api/v1/access/rights/{duty.pk}/end", {})

    assert (refused.status_code, refused.json()["code"]) == (403, "two_people_needed")
    rights.end_right(clerk, actor=one, now=now())
    ends = dict(GivenRight.objects.values_list("pk", "revoked_at"))
    assert ends[duty.pk] is None and ends[clerk.pk] is not None


def test_the_head_of_another_town_is_no_second_person_here() -> None:
    account, one = auditor(), giver()
    right = GivenRight.objects.get(account=account)
    make_right("town_lead", path=CITY, post_kind="head")
    elsewhere = make_account(path=OTHER_TOWN)
    make_holding(make_post("head", path=OTHER_TOWN), elsewhere)

    assert not has_approver(account, but=one.account_id or 0, now=now())
    rights.end_right(right, actor=one, now=now())
    right.refresh_from_db()
    assert right.revoked_at is not None

    right = make_right("auditor", account=account, path=TOWN)
    make_holding(make_post("head", path=TOWN), make_account(path=TOWN, display_name="镇长"))
    assert approvers_of(account, but=one.account_id or 0, now=now()) == ["镇长"]
    with pytest.raises(TwoPeopleNeeded):
        rights.end_right(right, actor=one, now=now())
    right.refresh_from_db()
    assert right.revoked_at is None


def test_whoever_gives_no_rights_is_offered_nothing_that_would_be_refused_in_the_end() -> None:
    account, one = auditor(), lead()
    here, root = f"/en/access/accounts/{account.pk}/", f"/api/v1/access/accounts/{account.pk}"

    offered = [client_of(who).get(here).content.decode() for who in (one, giver())]
    assert ["Take the special duty back" in page for page in offered] == [False, True]
    given = {"what": "right", "reason": "she goes elsewhere"}
    page = client_of(one).post(f"{here}ask", {**given, "key": "1"})
    told = post_json(client_of(one), f"{root}/ask", given)

    assert (page.status_code, told.status_code) == (422, 403)
    assert not ResetRequest.objects.exists()


def test_a_closed_one_that_was_never_used_is_opened_by_two() -> None:
    account = auditor(state="invited")
    Account.objects.filter(pk=account.pk).update(password_set_at=None)
    disable_account(account, "by mistake", actor=TESTER, now=now())

    with pytest.raises(TwoPeopleNeeded):
        resets.enable_account(account, actor=lead(), now=now())

    account.refresh_from_db()
    assert account.state == "disabled"


def test_whoever_asks_does_it_once_another_approved() -> None:
    account, one, two = auditor(), lead(), lead()
    asked = two_people.ask_act(account, "close", "she left", actor=one, now=now())
    assert two_people.ask_act(account, "close", "again", actor=one, now=now()) == asked
    with pytest.raises(NotForYourself):
        resets.approve_reset(asked, actor=one, now=now())
    with pytest.raises(TwoPeopleNeeded):
        disable_account(account, "left", actor=one, now=now())

    asked, link = resets.approve_reset(asked, actor=two, now=now())

    assert (asked.state, link) == ("approved", None)
    with pytest.raises(TwoPeopleNeeded):
        disable_account(account, "left", actor=two, now=now())
    with pytest.raises(TwoPeopleNeeded):
        accounts.change_account(account, numbered(account), actor=one, now=now())
    with pytest.raises(TwoPeopleNeeded):
        disable_account(account, "left", actor=one, now=now() + timedelta(hours=25))
    assert disable_account(account, "left", actor=one, now=now()).state == "disabled"
    assert ResetRequest.objects.get().state == "used"
    assert Message.objects.filter(template="access.act_asked", account_id=account.pk).count() == 1
    assert Entry.objects.get(verb="access.act_asked").details["what"] == "close"


def test_her_own_a_clerks_and_what_is_refused_take_no_second_person() -> None:
    one, two, account = lead(), lead(), auditor()
    mine = Account.objects.get(pk=one.account_id)
    with pytest.raises(NotForYourself):
        two_people.ask_act(mine, "close", "", actor=one, now=now())
    with pytest.raises(Invalid):
        two_people.ask_act(make_staff(path=TOWN), "close", "", actor=one, now=now())
    asked = two_people.ask_act(account, "number", "lost", actor=one, now=now())
    resets.refuse_reset(asked, "not she", actor=two, now=now())

    with pytest.raises(WrongState):
        resets.approve_reset(asked, actor=two, now=now())
    told = Message.objects.get(template="access.act_refused")
    assert told.account_id == one.account_id


def test_what_was_asked_on_the_sign_in_page_stands_in_nobodys_way() -> None:
    account, one = auditor(), lead()
    resets.ask_reset(account.username, "forgot", actor=TESTER, now=now())

    asked = two_people.ask_act(account, "close", "stolen", actor=one, now=now())

    assert asked.what == "close" and ResetRequest.objects.count() == 2


def test_by_pages_and_from_the_desk() -> None:
    account, one, two = auditor(), lead(), lead()
    here, browser, other = f"/en/access/accounts/{account.pk}/", client_of(one), client_of(two)
    page = browser.get(here).content.decode()
    assert "Ask a second person" in page and "Close the account?" not in page
    assert "takes a second person" in browser.get(f"{here}edit/").content.decode()

    asking = {"what": "number", "reason": "new telephone", "key": "1"}
    assert browser.post(f"{here}ask", {**asking, "what": "x"}).status_code == 422
    assert browser.post(f"{here}ask", {**asking, "key": "2"}).status_code == 303
    (item,) = ENTRIES[1].items(two, timezone.localdate(), 10)
    assert item.title == "Another telephone number: 审计员" and item.step == "Approve"
    assert list(ENTRIES[1].items(one, timezone.localdate(), 10)) == []
    asked = ResetRequest.objects.get()
    assert "Another telephone number" in other.get("/en/access/resets/").content.decode()
    other.post(f"/en/access/resets/{asked.pk}/approve", {"key": "3"})

    (item,) = ENTRIES[1].items(one, timezone.localdate(), 10)
    assert (item.step, item.url) == ("Do what was approved", here)
    assert "takes a second person" not in browser.get(f"{here}edit/").content.decode()
    given = {"display_name": "审计员", "username": account.username, "unit": "", "language": "en"}
    answer = browser.post(
        f"{here}edit/", {**given, "place": TOWN, "phone": "13800138009", "key": "4"}
    )
    assert answer.status_code == 303
    account.refresh_from_db()
    assert account.phone_masked


def test_the_list_shows_each_act_and_each_state_to_all_of_them_in_both_languages() -> None:
    account, asks, first, second = auditor(), lead(), lead(), lead()
    clerk = make_staff(path=TOWN, display_name="文员")
    readers = [client_of(actor) for actor in (asks, first, second)]

    def pages(said: str, in_chinese: str) -> None:
        for browser in readers:
            assert said in browser.get("/en/access/resets/").content.decode()
            assert in_chinese in browser.get("/zh-hans/access/resets/").content.decode()

    reset = resets.ask_reset_for(clerk, "new phone", actor=asks, now=now())
    pages("no approval yet", "文员")
    resets.approve_reset(reset, actor=first, now=now())
    pages("one approval", "一人已批准")
    resets.approve_reset(reset, actor=second, now=now())
    acts = [
        two_people.ask_act(account, what, "she left", actor=asks, now=now())
        for what in ("close", "number", "link")
    ]
    pages("Another telephone number", "停用账号")
    for act in acts:
        resets.approve_reset(act, actor=second, now=now())
    pages("Whoever asked does it until", "前办理")


def test_the_pages_name_who_asked_who_approved_and_who_may() -> None:
    account, asks, second = auditor(), lead(), lead()
    make_staff("clerk", path=TOWN, display_name="文员")
    make_staff("town_lead", path=OTHER_TOWN, display_name="别镇")
    Account.objects.filter(pk=asks.account_id).update(display_name="申请的人")
    Account.objects.filter(pk=second.account_id).update(display_name="批准的人")
    here, browser = f"/zh-hans/access/accounts/{account.pk}/", client_of(asks)
    page = browser.get(here).content.decode()
    assert "可由以下人员批准：批准的人。" in page and "由申请的人申请" not in page

    asked = two_people.ask_act(account, "close", "left", actor=asks, now=now())

    page, listed = (browser.get(url).content.decode() for url in (here, "/zh-hans/access/resets/"))
    assert "由申请的人申请，须另一人在" in page and "一人已批准" not in page + listed
    assert "等待另一人批准" in page and "等待另一人批准" in listed
    resets.approve_reset(asked, actor=second, now=now())
    page, listed = (browser.get(url).content.decode() for url in (here, "/zh-hans/access/resets/"))
    assert "批准的人已批准，由申请的人在" in page and "两人已批准" not in page
    assert "另一人已批准" in listed and "批准的人" in listed


def test_where_nobody_else_may_approve_the_page_says_so() -> None:
    account, alone = auditor(), lead()
    page = client_of(alone).get(f"/en/access/accounts/{account.pk}/").content.decode()
    assert "Nobody else may approve yet." in page


def test_by_program() -> None:
    account, one, two = auditor(), lead(), lead()
    browser, root = client_of(one), "/api/v1/access"

    refused = post_json(browser, f"{root}/accounts/{account.pk}/disable", {"reason": "left"})
    asked = post_json(
        browser, f"{root}/accounts/{account.pk}/ask", {"what": "close", "reason": "left"}
    ).json()
    approved = post_json(client_of(two), f"{root}/resets/{asked['id']}/approve", {}).json()
    closed = post_json(browser, f"{root}/accounts/{account.pk}/disable", {"reason": "left"})

    assert (refused.status_code, refused.json()["code"]) == (403, "two_people_needed")
    assert (asked["what"], asked["state"]) == ("close", "seconded")
    assert (approved["state"], approved["link"]) == ("approved", None)
    assert closed.json()["state"] == "disabled"
