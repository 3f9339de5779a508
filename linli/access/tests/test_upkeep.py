"""What runs out goes; what hangs on a place or a person follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.utils import timezone

from linli.access.kinds import faults, phone_of_account
from linli.access.models import Account, GivenRight, KeptForm, SignIn, SignInCode
from linli.access.services import moving, tidying
from linli.access.testing import (
    NOON,
    TESTER,
    actor_for,
    make_account,
    make_right,
    make_staff,
    signed_in,
)
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY
from linli.kernel.registries import RETENTION
from linli.kernel.retention import Rows, ago
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.people.testing import make_person
from linli.places import permits
from linli.places import services as places
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_group, make_town

NEW = "441900/441900006/441900005001/"
LEAD = make_actor("city lead", permits.CHANGE, at="441900/")


def now():
    return timezone.now()


@pytest.mark.django_db
def test_ended_sessions_codes_and_forms_go_and_open_ones_stay() -> None:
    browser = signed_in(make_staff())
    old = now() - timedelta(days=3)
    SignIn.objects.create(
        key_hash=b"old", started_at=old, seen_at=old, idle_seconds=60, expires_at=old
    )
    SignInCode.objects.create(phone_index=b"x", code_hash=b"x", made_at=old, ends_at=old)
    KeptForm.objects.create(
        token_hash=b"x", account=make_account(), address="/", body_sealed=b"", made_at=old,
        ends_at=old,
    )  # fmt: skip

    gone = tidying.forget_old(actor=TESTER, now=now())

    assert (gone["sessions"], gone["codes"], gone["forms"]) == (1, 1, 1)
    assert browser.get("/en/access/security/").status_code == 200


@pytest.mark.django_db
def test_the_job_keeps_what_the_declared_term_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    old = now() - timedelta(days=3)
    for name in (b"x", b"y"):
        SignInCode.objects.create(phone_index=name, code_hash=name, made_at=old, ends_at=old)
    longer = Rows("access_signincode", "ends_at < %(before)s", ago(timedelta(days=9)))
    entry = RETENTION.get("access.codes")
    assert entry is not None
    monkeypatch.setitem(RETENTION._items, "access.codes", replace(entry, going=longer))

    gone = tidying.forget_old(actor=TESTER, now=now())

    assert gone["codes"] == 0
    monkeypatch.undo()
    monkeypatch.setattr(tidying, "A_STEP", 1)
    assert tidying.forget_old(actor=TESTER, now=now())["codes"] == 2
    assert not SignInCode.objects.exists()


@pytest.mark.django_db
def test_only_a_job_tidies_and_moves() -> None:
    with pytest.raises(NotAllowed):
        tidying.forget_old(actor=NOBODY, now=now())
    with pytest.raises(NotAllowed):
        moving.rehouse(VILLAGE, NEW, actor=NOBODY, now=now())


@pytest.mark.django_db
def test_accounts_and_rights_follow_a_place_in_the_transaction_that_moves_it() -> None:
    new = make_town("441900006")
    make_town()
    village = Place.objects.get(path=VILLAGE)
    account = make_account()
    make_right("clerk", account=account)
    make_right("clerk", path=TOWN, account=account)
    decree = Decree("示民发〔2026〕1号", date(2026, 11, 1))

    places.move_place(village, under=new, decree=decree, version=1, actor=LEAD, now=NOON)

    here = f"{new.path}{village.code}/"
    assert Account.objects.get(pk=account.pk).path == here
    assert set(GivenRight.objects.values_list("path", flat=True)) == {here, TOWN}


@pytest.mark.django_db
def test_accounts_and_rights_of_merged_places_are_the_new_ones_at_once() -> None:
    make_town()
    olds = list(Place.objects.filter(level="village").order_by("code"))
    account = make_account()
    make_right("clerk", account=account)
    make_right("clerk", path=f"{VILLAGE}441900005001g1/", account=account)
    make_group(olds[0])
    into = NewPlace("441900005900", "新村", "New", "新村")
    decree = Decree("示民发〔2026〕1号", date(2026, 11, 1))

    new = places.merge_places(olds, into=into, decree=decree, actor=LEAD, now=NOON)

    assert Account.objects.get(pk=account.pk).path == new.path
    assert set(GivenRight.objects.values_list("path", flat=True)) == {
        new.path, f"{new.path}441900005001g1/"
    }  # fmt: skip


@pytest.mark.django_db
def test_a_person_joined_to_another_entry_keeps_account_posts_and_residence() -> None:
    kept, gone = make_person("李月"), make_person("李玥")
    account = make_account("r-1", kind="resident", person_id=gone.pk)
    apps.get_model("people", "Person").objects.filter(pk=gone.pk).update(merged_into=kept)
    apps.get_model("people", "Residency").objects.filter(person=gone).update(is_shadowed=True)

    actor = actor_for(account)

    assert actor.person_id == kept.pk
    assert [grant.path for grant in actor.grants] == [VILLAGE]


@pytest.mark.django_db
def test_notify_reaches_an_account_by_its_sealed_number() -> None:
    account = make_account(phone="+8613800138000")

    assert phone_of_account(account.pk) == "+8613800138000"
    assert phone_of_account(make_account().pk) == ""


@pytest.mark.django_db
def test_doctor_says_when_nobody_runs_the_system_and_when_the_first_set_up_is_still_open() -> None:
    empty = [what for what, _ in faults()]
    operator = make_account(path="441900/")
    make_right("operator", path="441900/", account=operator)
    make_right("starter", path="441900/", account=operator)

    assert empty == ["nobody runs this installation"]
    assert [what for what, _ in faults()] == [
        "the first operator still holds the rights of the first set-up"
    ]


@pytest.mark.django_db
def test_failed_tries_of_a_clock_that_ran_ahead_lock_nobody_out() -> None:
    wrong, right = now() + timedelta(days=400), now()
    for number in range(2):
        AccessAttempt.objects.create(
            username=("he.weiming", "ye.shaofen")[number], ip_address="10.0.0.1",
            failures_since_start=5,
        )  # fmt: skip
    AccessAttempt.objects.filter(username="he.weiming").update(attempt_time=wrong)

    tidying.forget_old(actor=TESTER, now=right)

    assert [one.username for one in AccessAttempt.objects.all()] == ["ye.shaofen"]
