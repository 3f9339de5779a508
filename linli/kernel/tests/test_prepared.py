"""Statements by name: bound, read and refused as through a cursor, and not kept for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from psycopg.types.json import Jsonb

from linli.kernel import prepared, sql

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
VALUES = [
    (7, "int"), (2**40, "bigint"), ("邻里 100%", "text"), (b"\0\xff", "bytea"), (None, "int"),
    (True, "boolean"), (NOON, "timestamptz"), (date(2026, 11, 24), "date"),
    (Decimal("1.50"), "numeric"), (timedelta(minutes=2), "interval"), ([1, 2], "int[]"),
    (["甲", "乙"], "text[]"), (UUID(int=5), "uuid"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_a_value_comes_back_as_it_was_sent(value: object, kind: str) -> None:
    for _ in range(2):
        assert sql.tuples("test.value", f"SELECT %s::{kind}", [value]) == [(value,)]


@pytest.mark.django_db
def test_an_object_goes_in_as_json() -> None:
    assert sql.tuples("test.json", "SELECT %s::jsonb ->> 'a'", [Jsonb({"a": "甲"})]) == [("甲",)]


@pytest.mark.django_db
def test_parameters_bear_names_or_come_in_a_row_and_a_percent_sign_is_written_twice() -> None:
    named = "SELECT %(a)s::int - %(b)s::int, %(a)s::int, '5 %%'"

    assert sql.tuples("test.named", named, {"b": 2, "a": 9, "unused": 1}) == [(7, 9, "5 %")]
    assert sql.tuples("test.row", "SELECT %s::int - %s::int", (9, 2)) == [(7,)]
    with pytest.raises(KeyError):
        sql.tuples("test.named", named, {"a": 9})


@pytest.mark.django_db
def test_what_is_planned_anew_leaves_no_plan_behind() -> None:
    for number in range(3):
        found = sql.tuples("test.anew", "SELECT %s::int", [number], anew=True)
        assert found == sql.tuples("test.kept", "SELECT %s::int", [number]) == [(number,)]

    kept = sql.tuples("test.names", "SELECT statement FROM pg_prepared_statements")
    assert not any("test.anew" in statement for (statement,) in kept)
    assert any("test.kept" in statement for (statement,) in kept)


@pytest.mark.django_db
def test_no_more_statements_are_kept_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_STATEMENTS", 3)
    connection.connection.__dict__.pop(prepared.KEPT, None)
    for number in [0, 1, 0, 2, 3]:
        assert sql.tuples("test.many", f"SELECT {number}") == [(number,)]

    kept = [text for text, _types in connection.connection.__dict__[prepared.KEPT]]
    assert [text[-1:] for text in kept] == [b"0", b"2", b"3"]
    names = sql.tuples("test.names", "SELECT statement FROM pg_prepared_statements")
    assert not any("test.many */ SELECT 1" in statement for (statement,) in names)


@pytest.mark.django_db
def test_a_statement_is_forgotten_where_the_client_cannot_close_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared, "MOST_STATEMENTS", 1)
    monkeypatch.setattr(prepared.capabilities, "has_send_close_prepared", lambda: False)
    connection.connection.__dict__.pop(prepared.KEPT, None)
    for number in range(3):
        assert sql.tuples("test.old", f"SELECT {number}") == [(number,)]

    kept = sql.tuples("test.names", "SELECT statement FROM pg_prepared_statements")
    assert not any("test.old" in statement for (statement,) in kept)


@pytest.mark.django_db
def test_behind_a_pooler_nothing_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    for value in (1, 2**40, None):
        assert sql.tuples("test.pooled", "SELECT %s::bigint", [value]) == [(value,)]
    assert (
        sql.execute("test.pooled_write", "SELECT set_config('linli.test', %(v)s, true)", {"v": "x"})
        == 1
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        sql.tuples("test.pooled", "SELECT 1 / %s::int", [0])

    kept = sql.tuples("test.names", "SELECT statement FROM pg_prepared_statements")
    assert not any("test.pooled" in statement for (statement,) in kept)


@pytest.mark.django_db
def test_what_the_server_refuses_is_an_error_of_django_and_a_savepoint_leads_back() -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql.tuples("test.wrong", "SELECT 1 / %s::int", [0])
        assert sql.tuples("test.wrong", "SELECT 1 / %s::int", [1]) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_is_told_and_the_next_one_works() -> None:
    assert sql.tuples("test.one", "SELECT 1") == [(1,)]
    with psycopg.connect(
        connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )

    for _ in range(2):
        with pytest.raises(OperationalError):
            sql.tuples("test.one", "SELECT 1")
    with pytest.raises(OperationalError), transaction.atomic():
        pass
    connection.close()
    assert sql.tuples("test.one", "SELECT 1") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hung_up_is_noticed_before_the_next_request_without_asking_it() -> None:
    """Django looks at the connection before the first statement of each request (`is_usable`)."""
    assert sql.tuples("test.one", "SELECT 1") == [(1,)] and connection.is_usable()
    with psycopg.connect(
        connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )

    assert not connection.is_usable()
    connection.close()
    assert not connection.is_usable() and sql.tuples("test.one", "SELECT 1") == [(1,)]
    assert connection.is_usable()
