"""A badge that the office tied opens nothing before its owner confirmed it, and never everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.access.errors import PinClosed
from linli.access.models import Account, SignIn
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
from linli.access.types import Factor, RightKind
from linli.kernel.errors import WrongState
from linli.kernel.permits import NOBODY, PROTECTED, VAULT
from linli.kernel.testing import VILLAGE, client_of, post_json
from linli.notify.models import Message

NUMBER = "0004711936"
COUNTER, ANSWER = "/en/access/counter/", "/en/access/security/badge"
pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def told() -> list[tuple[str, int | None]]:
    return list(Message.objects.order_by("pk").values_list("template", "account_id"))


def at_counter(chair: Account, owner: Account):
    """An enrolled computer on which the owner typed her password today."""
    issued = counter.enrol_device("Counter 2", VILLAGE, actor=actor_for(chair), now=now())
    device = counter.CounterDevice.objects.get(pk=issued.id)
    counter.note_presence(device, owner, actor=TESTER, now=now())
    return device, issued.secret


def test_a_badge_tied_by_the_chair_opens_nothing_until_its_owner_confirmed_it() -> None:
    chair, owner = make_staff("village_chair"), make_staff("clerk")
    device, _secret = at_counter(chair, owner)

    answer = client_of(actor_for(chair)).post(
        f"/en/access/accounts/{owner.pk}/badge", {"badge": NUMBER, "key": "1"}
    )
    with pytest.raises(PinClosed):
        counter.switch_by_badge(device, NUMBER, actor=NOBODY, now=now())
    assert answer.status_code == 303
    assert told() == [("access.badge_tied", owner.pk)]

    browser = signed_in(owner)
    assert "It is mine" in browser.get("/en/access/security/").content.decode()
    assert browser.post(ANSWER, {"keep": "1", "key": "2"}).status_code == 303
    assert counter.switch_by_badge(device, NUMBER, actor=NOBODY, now=now()) == owner


def test_the_owner_takes_a_strange_badge_off_and_hears_of_one_taken_off_by_others() -> None:
    chair, owner = make_staff("village_chair"), make_staff("clerk")
    badges.set_badge(owner, NUMBER, actor=actor_for(chair), now=now())
    hers = client_of(actor_for(owner))

    assert post_json(hers, "/api/v1/access/badge", {"keep": False}).json() == {"has_badge": False}
    badges.set_badge(owner, NUMBER, actor=actor_for(chair), now=now())
    badges.set_badge(owner, "", actor=actor_for(chair), now=now())
    badges.set_badge(owner, "", actor=actor_for(chair), now=now())

    owner.refresh_from_db()
    assert (owner.badge_index, owner.badge_waits) == (None, False)
    assert [one for one, _to in told()] == [
        "access.badge_tied", "access.badge_tied", "access.badge_taken_off",
    ]  # fmt: skip


def test_nobody_confirms_what_is_not_there_nor_the_badge_of_another() -> None:
    chair, owner = make_staff("village_chair"), make_staff("clerk")
    badges.set_badge(owner, NUMBER, actor=actor_for(chair), now=now())

    with pytest.raises(WrongState):
        badges.answer_badge(keep=True, actor=actor_for(chair), now=now())

    owner.refresh_from_db()
    assert owner.badge_waits


def test_the_same_number_once_more_leaves_a_confirmed_badge_at_work() -> None:
    owner = make_account()
    for _ in range(2):
        badges.set_badge(owner, NUMBER, actor=TESTER, now=now())
        owner.refresh_from_db()
        if owner.badge_waits:
            badges.answer_badge(keep=True, actor=actor_for(owner), now=now())

    owner.refresh_from_db()
    assert not owner.badge_waits
    assert len(told()) == 1


def test_a_badge_ends_below_party_pages_and_confirms_no_other_badge() -> None:
    chair, owner = make_staff("village_chair"), make_staff("clerk")
    make_right(
        "party_work", account=owner, ceiling=PROTECTED, kind=RightKind.SPECIAL, purpose="x",
        ends_at=now() + timedelta(days=1),
    )  # fmt: skip
    badges.set_badge(owner, NUMBER, actor=actor_for(chair), now=now())
    badges.answer_badge(keep=True, actor=actor_for(owner), now=now())
    _device, secret = at_counter(chair, owner)
    browser = signed_in(owner, password=PASSWORD)
    browser.cookies["linli-counter"] = secret

    assert browser.post(COUNTER, {"badge": NUMBER}).status_code == 303
    entered = SignIn.objects.get(account=owner, ended_at=None)
    shown = browser.get("/en/access/security/").wsgi_request.actor
    badges.set_badge(owner, "9904711936", actor=actor_for(chair), now=now())
    browser.post(ANSWER, {"keep": "1", "key": "2"})

    assert entered.factor == Factor.BADGE
    assert max(grant.ceiling for grant in actor_for(owner).grants) == PROTECTED
    assert max(grant.ceiling for grant in shown.grants) == VAULT
    owner.refresh_from_db()
    assert owner.badge_waits
