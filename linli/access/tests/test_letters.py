"""Who is told what about accounts and rights: the one it concerns, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from linli.access import entering
from linli.access.clients.messages import tell
from linli.access.models import Account, ResetRequest, SignIn
from linli.access.services import requests, resets, rights
from linli.access.services.accounts import disable_account
from linli.access.testing import TESTER, actor_for, make_account, make_staff
from linli.access.types import Factor, NewRight
from linli.kernel.testing import VILLAGE
from linli.notify.models import Delivery, Message

pytestmark = pytest.mark.django_db
HUAWEI = "Mozilla/5.0 (Linux; Android 12) HuaweiBrowser/15 Chrome/114 Safari/537"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36"


def told(template: str) -> list[int | None]:
    return list(Message.objects.filter(template=template).values_list("account_id", flat=True))


def now():
    return timezone.now()


def enter(account, agent: str) -> None:
    browser = Client(headers={"user-agent": agent})
    request = RequestFactory(headers={"user-agent": agent}).get("/")
    request.session = browser.session
    request.actor = TESTER
    entering.enter(request, account, factor=Factor.TOTP)
    request.session.save()


def test_the_first_sign_in_and_a_known_device_are_no_news_a_new_one_is() -> None:
    clerk = make_staff("clerk")

    enter(clerk, WINDOWS)
    enter(clerk, WINDOWS.replace("120", "131"))
    assert told("access.new_device") == []
    enter(clerk, HUAWEI)

    assert told("access.new_device") == [clerk.pk]
    assert "Huawei · Android" in Message.objects.get().body


def test_a_new_device_is_told_also_when_the_sessions_before_are_long_forgotten() -> None:
    clerk = make_staff("clerk")
    enter(clerk, WINDOWS)
    SignIn.objects.all().delete()

    enter(clerk, WINDOWS)
    assert told("access.new_device") == []
    enter(clerk, HUAWEI)
    enter(clerk, WINDOWS)

    assert told("access.new_device") == [clerk.pk]


def test_so_many_devices_are_known_and_the_one_used_longest_ago_is_forgotten_first() -> None:
    clerk = make_staff("clerk")
    known = [f"browser {number}" for number in range(20)]
    Account.objects.filter(pk=clerk.pk).update(known_agents=known)

    enter(clerk, HUAWEI)

    clerk.refresh_from_db()
    assert clerk.known_agents[:-1] == known[1:]
    assert "Huawei" in clerk.known_agents[-1]
    disable_account(clerk, "left", actor=TESTER, now=now())
    clerk.refresh_from_db()
    assert clerk.known_agents == []


def test_a_reset_is_told_to_its_owner_when_asked_and_when_refused() -> None:
    clerk = make_staff("clerk")

    resets.ask_reset(clerk.username, "forgot", actor=TESTER, now=now())
    resets.refuse_reset(ResetRequest.objects.get(), "not she", actor=TESTER, now=now())

    assert told("access.reset_asked") == told("access.reset_refused") == [clerk.pk]
    resets.ask_reset("nobody.known", "forgot", actor=TESTER, now=now())
    assert len(told("access.reset_asked")) == 1


@pytest.mark.parametrize(
    "template", ["access.new_device", "access.password_set", "access.reset_asked"]
)
def test_a_warning_goes_out_at_once_also_at_night(template: str) -> None:
    clerk = make_staff("clerk")

    tell(template, clerk, {"when": "1", "device": "x"}, actor=TESTER, now=now())
    tell("access.reset_refused", clerk, {"reason": "x"}, actor=TESTER, now=now())

    assert {d.is_urgent for d in Delivery.objects.filter(template=template)} == {True}
    assert Message.objects.get(template=template).is_urgent
    assert not Message.objects.get(template="access.reset_refused").is_urgent


def test_a_right_is_told_when_given_and_when_it_ends() -> None:
    clerk = make_staff("clerk")
    new = NewRight(path=VILLAGE, ceiling=3, account_id=clerk.pk, permit="people.view")

    right = rights.give_right(new, actor=TESTER, now=now())
    rights.end_right(right, actor=TESTER, now=now())

    assert told("access.right_given") == told("access.right_ended") == [clerk.pk]


def test_an_answer_about_ones_data_is_told() -> None:
    resident = make_account(kind="resident")
    asked = requests.file_request(
        "copy", "all of it", path=VILLAGE, actor=actor_for(resident), now=now()
    )

    requests.take_request(asked, actor=TESTER, now=now())
    requests.answer_request(asked, "here it is", is_refused=False, actor=TESTER, now=now())

    assert told("access.data_request_received") == [resident.pk]
    assert told("access.data_request_answered") == [resident.pk]
    assert "here it is" not in Message.objects.get(template="access.data_request_answered").body
