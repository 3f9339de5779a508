"""An erased person's account is closed and forgets her name and telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.kinds import phone_of_account
from linli.access.models import Account, DataRequest, Mandate, SignIn
from linli.access.services.accounts import disable_account
from linli.access.services.forgetting import forget_person
from linli.access.states import AccountState
from linli.access.testing import TESTER, make_account
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import system_actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.notify.models import ChannelChoice, EmailAddress
from linli.notify.queries import is_wanted
from linli.notify.testing import make_reaching, reaching_of
from linli.people.queries.gone import over
from linli.people.testing import make_number, make_person
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
JOB = system_actor("access.forget_person")


def resident(person: Any, **more: Any) -> Account:
    account = make_account("r-0001", kind="resident", **more)
    Account.objects.filter(pk=account.pk).update(
        person=person, display_name="李秀珍", phone_masked="138****0990", phone_index=b"x"
    )
    return account


def test_name_telephone_and_sessions_are_gone() -> None:
    account, now = resident(make_person("李秀珍")), timezone.now()
    person_id = Account.objects.get(pk=account.pk).person_id
    other = make_account()
    for one in (account, other):
        make_reaching(one.pk, now)

    assert forget_person(person_id, actor=JOB, now=now) == 1
    assert (reaching_of(account.pk), reaching_of(other.pk)) == ([], [None, None])
    assert forget_person(person_id, actor=JOB, now=now) == 0

    left = Account.objects.get(pk=account.pk)
    assert (left.display_name, left.phone_masked, left.phone_index) == ("", "", None)
    assert left.state == AccountState.DISABLED
    assert not SignIn.objects.filter(account=account, ended_at__isnull=True).exists()
    assert Entry.objects.filter(verb="access.forgotten").count() == 1


def test_an_account_that_is_closed_has_no_address_any_more() -> None:
    account, now = make_account("leaver"), timezone.now()
    make_reaching(account.pk, now)

    disable_account(account, "left", actor=TESTER, now=now)

    assert reaching_of(account.pk) == []


def test_what_its_owner_refused_stays_refused_while_an_account_keeps_its_number() -> None:
    account, now = make_account("leaver", phone="+8613800138000"), timezone.now()
    make_reaching(account.pk, now)
    ChannelChoice.objects.create(
        account_id=account.pk, purpose="notify.other", channel="sms", is_wanted=True, chosen_at=now
    )
    assert not is_wanted("notify.work", "sms", account.pk, None)

    disable_account(account, "left", actor=TESTER, now=now)

    assert not EmailAddress.objects.exists()
    assert not is_wanted("notify.work", "sms", account.pk, None)
    assert ChannelChoice.objects.count() == 1


def test_nothing_is_sent_to_the_number_of_somebody_who_died() -> None:
    account = make_account("r-1", kind="resident", phone="+8613800138000")
    assert phone_of_account(account.pk) == "+8613800138000"

    Account.objects.filter(pk=account.pk).update(
        state="disabled", disabled_at=timezone.now(), disabled_reason="people.died"
    )

    assert phone_of_account(account.pk) == ""


def test_a_post_of_the_same_person_is_not_touched() -> None:
    person = make_person("李秀珍")
    staff = make_account("li.xiuzhen", kind="staff")
    Account.objects.filter(pk=staff.pk).update(person=person)

    assert forget_person(person.pk, actor=JOB, now=timezone.now()) == 0
    assert Account.objects.get(pk=staff.pk).state == AccountState.ACTIVE


def test_whoever_still_uses_what_she_has_here_is_not_over_her_term() -> None:
    now, clerk = timezone.now(), make_account("clerk")
    signs_in, lets_act, asks, gone = (
        make_person("走远", until=date(now.year - 11, 1, 1), number=make_number())
        for _one in range(4)
    )
    account = resident(signs_in)
    mandate = Mandate.objects.create(
        principal=lets_act, agent=clerk, starts_at=now, ends_at=now + timedelta(days=9),
        basis="letter", recorded_by=clerk,
    )  # fmt: skip
    DataRequest.objects.create(
        number="PI-1", kind="copy", person=asks, path=VILLAGE, text="all", received_at=now,
        due_on=localdate(now),
    )  # fmt: skip

    assert list(over(now)) == [gone.pk]

    Account.objects.filter(pk=account.pk).update(state="disabled", disabled_at=now)
    Mandate.objects.filter(pk=mandate.pk).update(revoked_at=now)
    DataRequest.objects.update(state="withdrawn")
    assert list(over(now)) == [signs_in.pk, lets_act.pk, asks.pk, gone.pk]


def test_only_the_job_forgets() -> None:
    account = resident(make_person("李秀珍"))
    person_id = Account.objects.get(pk=account.pk).person_id

    with pytest.raises(NotAllowed):
        forget_person(person_id, actor=make_actor("people.erase"), now=timezone.now())
    assert Account.objects.get(pk=account.pk).display_name == "李秀珍"
