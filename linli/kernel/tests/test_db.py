"""Transactions begin with the settings of row security, and statements are prepared."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from linli.kernel import scope, sql
from linli.kernel.db.base import settings_for
from linli.kernel.permits import system_actor
from linli.kernel.scope import Scope
from linli.kernel.testing import TOWN, VILLAGE

SETTINGS = (
    "SELECT current_setting('linli.scopes', true), current_setting('linli.person', true), "
    "current_setting('linli.system', true)"
)


def settings_now() -> tuple[str, ...]:
    return sql.tuples("test.settings", SETTINGS)[0]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_the_eyes_of_the_actor() -> None:
    token = scope.current.set(Scope((TOWN, VILLAGE), "12", ""))
    with transaction.atomic():
        seen = settings_now()
    scope.current.reset(token)

    with transaction.atomic():
        assert not any(settings_now()), "who sees nothing has no settings"
    assert seen == (f'{{"{TOWN}","{VILLAGE}"}}', "12", "")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_settings_stays_behind_a_transaction() -> None:
    with scope.acting(system_actor("test")), transaction.atomic():
        assert settings_now()[2] == "on"

    assert settings_now() == ("", "", "")


@pytest.mark.django_db(transaction=True)
def test_what_failed_is_rolled_back_and_the_connection_goes_on() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql.execute("test.make", "CREATE TEMP TABLE t (n int)")
        with transaction.atomic():
            sql.execute("test.fill", "INSERT INTO t VALUES (1)")
        sql.execute("test.fail", "SELECT 1 / 0")

    assert sql.tuples("test.gone", "SELECT to_regclass('t')") == [(None,)]


@pytest.mark.django_db(transaction=True)
def test_a_scope_cannot_break_out_of_its_quotes() -> None:
    token = scope.current.set(Scope(("x'); SELECT 1/0; --",), "o'k", ""))
    with transaction.atomic():
        seen = settings_now()
    scope.current.reset(token)

    assert seen[:2] == ('{"x\'); SELECT 1/0; --"}', "o'k")


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_an_error_of_the_database() -> None:
    connection.ensure_connection()
    connection.connection.pgconn.finish()

    with pytest.raises((OperationalError, InterfaceError)), transaction.atomic():
        pass

    connection.close()
    with transaction.atomic():
        assert not any(settings_now())


@pytest.mark.django_db(transaction=True)
def test_what_fails_before_a_transaction_begins_leaves_none_open() -> None:
    connection.close()
    asked = sql.ask("test.refused", "SELECT 1 / %s::int", [0], tuple, is_apart=True)
    with (
        scope.acting(system_actor("test")),
        pytest.raises(DatabaseError, match="zero"),
        transaction.atomic(),
    ):
        pytest.fail("it does not begin")

    with pytest.raises(DatabaseError):
        asked.rows()
    assert connection.connection.autocommit is True
    Group.objects.bulk_create([Group(name="kept")])
    connection.close()
    assert Group.objects.filter(name="kept").exists(), "what stands alone is kept at once"
    with scope.acting(system_actor("test")), transaction.atomic():
        assert settings_now()[2] == "on"


@pytest.mark.django_db
def test_named_reads_are_prepared_once() -> None:
    sql.tuples("test.prepared", "SELECT %s::int", [1])
    sql.tuples("test.prepared", "SELECT %s::int", [2])

    held = sql.tuples(
        "test.held", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
        ["%test.prepared%"],
    )  # fmt: skip
    assert held == [(1,)]


def test_statements_that_open_a_transaction_are_written_once() -> None:
    assert settings_for(Scope()) is settings_for(Scope())


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, sql.MOST_PREPARED + 1])
def test_new_rows_are_inserted_with_one_statement_and_get_their_ids(
    count: int, django_assert_num_queries
) -> None:
    rows = [Group(name=f"组 {n}") for n in range(count)]
    with django_assert_num_queries(1):
        sql.insert(rows)

    kept = Group.objects.order_by("pk")
    assert [(one.pk, one.name) for one in kept] == [(one.pk, one.name) for one in rows]
    rows[0].name = "改"
    rows[0].save()
    assert kept.count() == count


@pytest.mark.django_db
def test_no_rows_are_no_statement(django_assert_num_queries) -> None:
    before = set(Group.objects.values_list("pk", flat=True))
    with django_assert_num_queries(0):
        sql.insert([])

    assert set(Group.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["2026-11-30 07:00:00+00", "2026-11-30 15:00:00.1+08", "2026-11-30 07:00:00.12345+00",
     "0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00"],
)  # fmt: skip
def test_moments_are_read_in_utc_by_every_way(text: str) -> None:
    wanted = datetime.fromisoformat(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        ((plain,),) = cursor.fetchall()
    ((hot,),) = sql.tuples("test.moment", "SELECT %s::timestamptz", [text])

    assert plain == hot == wanted
    assert {plain.tzinfo, hot.tzinfo} == {UTC}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["infinity", "-infinity", "0044-03-15 00:00:00+00 BC"])
def test_a_moment_that_python_does_not_know_is_refused(text: str) -> None:
    with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
        sql.tuples("test.moment", "SELECT %s::timestamptz", [text])
    assert sql.tuples("test.one", "SELECT 1") == [(1,)]
