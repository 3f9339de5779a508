"""At the update one open account of a person stays hers: that which she used last."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from linli.access.models import Account, OneTimeLink, SignIn
from linli.access.testing import NOON, make_account
from linli.kernel import sql
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
TABLES = ("access_account", "access_signin", "access_onetimelink", "access_apitoken")
# stands before the table of that name, and has no constraint yet
BEFORE = "CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"


def used(account: Account, at: datetime) -> SignIn:
    return SignIn.objects.create(
        key_hash=account.username.encode(), account=account, started_at=at, seen_at=at,
        expires_at=NOON + timedelta(days=1), idle_seconds=60, data={"a": 1},
    )  # fmt: skip


def test_that_which_she_used_last_stays_and_what_the_others_have_open_ends() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(BEFORE.format(table=table))
    person, other = make_person("莫文").pk, make_person("叶少芬", number="441900199002021238").pk
    invited, old, new, alone = (
        make_account(name, kind="resident", state=state)
        for name, state in (
            ("a", "invited"), ("b", "active"), ("c", "active"), ("d", "active"),
        )
    )  # fmt: skip
    staff = make_account("e", person_id=person)
    Account.objects.filter(pk=alone.pk).update(person=other)
    Account.objects.filter(pk__in=[invited.pk, old.pk, new.pk]).update(person=person)
    sessions = {one.pk: used(one, at) for one, at in (
        (invited, NOON), (old, NOON - timedelta(days=9)), (new, NOON), (alone, NOON), (staff, NOON),
    )}  # fmt: skip
    link = OneTimeLink.objects.create(
        account=invited, use="invite", token_hash=b"l", made_at=NOON, ends_at=NOON
    )

    sql.execute("test.update", import_module("linli.access.migrations.0008_one_of_person").UNTIE)

    tied = dict(Account.objects.values_list("pk", "person_id"))
    assert tied == {
        invited.pk: None, old.pk: None, new.pk: person, alone.pk: other, staff.pk: person
    }  # fmt: skip
    for session in sessions.values():
        session.refresh_from_db()
    out = {pk for pk, one in sessions.items() if one.ended_at is not None and one.data == {}}
    assert out == {invited.pk, old.pk}
    link.refresh_from_db()
    assert link.revoked_at is not None
