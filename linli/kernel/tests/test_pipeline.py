"""Statements that are not waited for: in their order, refused where they belong, lost with nothing else."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.forms.models import model_to_dict
from django.utils import timezone

from linli.kernel import sql
from linli.kernel.db.base import NothingKept
from linli.runtime.models import LongJob
from linli.runtime.testing import Elsewhere

WRITE = "INSERT INTO auth_group (name) VALUES (%s)"


def names() -> list[str]:
    return sorted(Group.objects.values_list("name", flat=True))


def write(name: str) -> None:
    sql.later("test.write", WRITE, [name])


def is_busy() -> bool:
    return bool(connection.connection.is_busy)


@pytest.mark.django_db(transaction=True)
def test_a_write_is_sent_without_waiting_and_stands_before_what_is_asked_next() -> None:
    with transaction.atomic():
        write("甲")
        assert is_busy()
        assert sql.tuples("test.count", "SELECT name FROM auth_group") == [("甲",)]
        assert not is_busy()
        write("乙")
    assert not is_busy() and names() == ["乙", "甲"]


@pytest.mark.django_db(transaction=True)
def test_cursors_of_every_kind_wait_for_what_is_on_the_wire() -> None:
    with transaction.atomic():
        write("甲")
        assert names() == ["甲"]
        write("乙")
        assert len(list(Group.objects.iterator(chunk_size=1))) == 2
        found = Group.objects.order_by("name").iterator(chunk_size=1)
        first = next(found)
        write("丙")
        assert [first.name, *(one.name for one in found)] == ["乙", "甲"]
        write("丁")
        with connection.cursor() as cursor:
            cursor.executemany(WRITE, [["戊"], ["己"]])
        write("庚")
        with connection.cursor() as cursor, cursor.copy("COPY auth_group (name) FROM STDIN") as out:
            out.write_row(["辛"])
        write("壬")
        with sql.bare_link().cursor("test_named") as named:
            assert named.execute("SELECT count(*) FROM auth_group").fetchone() == (9,)
        write("癸")
    assert len(names()) == 10


@pytest.mark.django_db(transaction=True)
def test_a_refused_write_is_told_by_the_next_statement_and_undoes_the_transaction() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write("甲")
        write("甲")
        write("乙")
        sql.tuples("test.one", "SELECT 1")
    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_refused_write_is_told_by_commit_at_the_latest() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write("甲")
        write("甲")
    assert names() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_asked", [True, False])
def test_a_block_that_ends_is_not_waited_for_and_a_refused_write_of_it_undoes_everything(
    is_asked: bool,
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write("甲")
        with transaction.atomic():
            write("甲")
        assert is_busy()
        write("乙")
        if is_asked:
            with transaction.atomic():
                sql.tuples("test.one", "SELECT 1")
    assert names() == []
    with transaction.atomic():
        write("甲")
        with transaction.atomic():
            write("乙")
        assert is_busy()
    assert names() == ["乙", "甲"]


@pytest.mark.django_db(transaction=True)
def test_a_block_whose_earlier_write_was_refused_is_not_left_as_if_all_was_done() -> None:
    with pytest.raises(NothingKept), transaction.atomic():
        write("甲")
        with transaction.atomic():
            write("甲")
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    assert names() == []
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            write("甲")
            raise ZeroDivisionError
        write("乙")
    assert names() == ["乙"]


@pytest.mark.django_db(transaction=True)
def test_another_error_is_not_hidden_by_a_write_that_was_refused() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("甲")
        write("甲")
        raise ZeroDivisionError
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write("丙")
            write("丙")
            raise ZeroDivisionError
        write("乙")
    assert names() == ["乙"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_and_behind_a_pooler_a_write_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("甲")
    assert not is_busy() and names() == ["甲"]
    with pytest.raises(IntegrityError):
        write("甲")
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    with transaction.atomic():
        write("乙")
        assert not is_busy()
        with pytest.raises(IntegrityError), transaction.atomic():
            write("乙")
    assert names() == ["乙", "甲"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_asked", [True, False])
def test_a_connection_that_is_cut_with_writes_on_the_wire_keeps_none_of_them(
    is_asked: bool,
) -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        write("甲")
        sql.tuples("test.one", "SELECT 1")
        with psycopg.connect(
            connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
        ) as other:
            pid = connection.connection.info.backend_pid
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        write("乙")
        if is_asked:
            sql.tuples("test.one", "SELECT 1")
    connection.close()
    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_program_that_is_interrupted_while_it_waits_loses_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was left to read would else be taken for the answer to the next question."""

    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("linli.kernel.pipeline._answers", interrupted)
    connection.ensure_connection()
    link = connection.connection
    with pytest.raises((KeyboardInterrupt, DatabaseError)), transaction.atomic():
        write("甲")
    assert link.closed
    monkeypatch.undo()
    connection.close()
    assert names() == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3, sql.MOST_PREPARED + 1])
def test_rows_inserted_later_know_their_ids_at_once(count: int) -> None:
    rows = [Group(name=f"组 {n}") for n in range(count)]
    sql.insert_later(rows)

    kept = Group.objects.order_by("name")
    assert {(one.pk, one.name) for one in kept} == {(one.pk, one.name) for one in rows}
    for one in rows[:1]:
        one.name = "改"
        one.save()
    assert kept.count() == count


@pytest.mark.django_db
def test_a_row_told_later_has_what_is_told_and_what_its_fields_have_else() -> None:
    told = {"id": 77, "code": "甲", "kind": "test", "queued_at": timezone.now()}
    sql.insert_told_later(LongJob, told)

    kept, made = LongJob.objects.get(pk=77), LongJob(**told)
    assert model_to_dict(kept) == model_to_dict(made)
    with pytest.raises(AssertionError):
        sql.insert_told_later(LongJob, {**told, "id": 78, "name": "乙"})
    assert LongJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_row_lets_the_thread_go_on_that_holds_it() -> None:
    def rename() -> list[str]:
        with transaction.atomic():
            sql.later("test.rename", "UPDATE auth_group SET name = name || 'x'", [])
            return [name for (name,) in sql.tuples("test.count", "SELECT name FROM auth_group")]

    write("甲")
    with transaction.atomic():
        sql.tuples("test.hold", "SELECT 1 FROM auth_group FOR UPDATE")
        other = Elsewhere(rename)
        # as long as the other waits with Python's lock in its hand, nothing here goes on
        assert other.is_waiting()

    assert other.result() == ["甲x"]


@dataclass
class Number:
    n: int


@pytest.mark.django_db(transaction=True)
def test_reads_that_are_asked_together_come_back_each_to_its_own() -> None:
    first = sql.ask("test.first", "SELECT generate_series(1, %s) AS n", [3], Number)
    second = sql.ask("test.second", "SELECT 7 AS n WHERE %s", [False], Number)
    third = sql.ask("test.third", "SELECT 9 AS n", [], Number)
    assert is_busy()

    assert third.rows() == [Number(9)] and not is_busy()
    assert first.rows() == [Number(1), Number(2), Number(3)] and second.rows() == []
    assert first.rows() == first.rows()


@pytest.mark.django_db(transaction=True)
def test_a_cursor_between_asking_and_reading_takes_nothing_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = sql.ask("test.asked", "SELECT 5 AS n", [], Number)
    assert names() == []
    with transaction.atomic():
        write("甲")
        again = sql.ask("test.again", "SELECT count(*) AS n FROM auth_group", [], Number)
    assert asked.rows() == [Number(5)] and again.rows() == [Number(1)]
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    alone = sql.ask("test.alone", "SELECT 6 AS n", [], Number)
    assert not is_busy() and alone.rows() == [Number(6)]


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_alone_stands_whatever_becomes_of_a_block_behind_it() -> None:
    added = f"{WRITE} RETURNING 1 AS n"
    alone = sql.ask("test.apart", added, ["甲"], Number, is_apart=True)
    assert is_busy()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("乙")
        raise ZeroDivisionError
    assert alone.rows() == [Number(1)] and names() == ["甲"]


@pytest.mark.django_db(transaction=True)
def test_what_was_hurried_is_read_before_what_stands_behind_it() -> None:
    with transaction.atomic():
        first = sql.ask("test.hurried", "SELECT 1 AS n", [], Number, is_hurried=True)
        write("甲")
        second = sql.ask(
            "test.second", "SELECT count(*) AS n FROM auth_group", [], Number, is_hurried=True
        )
        write("乙")
        assert first.rows() == [Number(1)] and is_busy()
        assert second.rows() == [Number(1)] and is_busy()
        assert first.rows() == [Number(1)]
    assert not is_busy() and names() == ["乙", "甲"]


@pytest.mark.django_db(transaction=True)
def test_what_was_hurried_and_has_nothing_behind_it_leaves_the_wire_empty() -> None:
    with transaction.atomic():
        write("甲")
        assert sql.ask("test.hurried", "SELECT 2 AS n", [], Number, is_hurried=True).rows() == [
            Number(2)
        ]
        assert not is_busy()


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_the_next_message_is_answered_also_where_none_follows() -> None:
    with transaction.atomic():
        with sql.in_one_message():
            first = sql.ask("test.waiting", "SELECT 3 AS n", [], Number, is_hurried=True)
            assert first.rows() == [Number(3)]
            second = sql.ask("test.patient", "SELECT 4 AS n", [], Number)
            third = sql.ask("test.hurried", "SELECT 5 AS n", [], Number, is_hurried=True)
            assert third.rows() == [Number(5)] and second.rows() == [Number(4)]
        sql.insert_later([Group(name="甲")], waits=True)
    assert names() == ["甲"]


@pytest.mark.django_db(transaction=True)
def test_what_is_begun_in_one_message_outside_a_transaction_is_read_without_a_second_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sql.in_one_message():
        first = sql.ask("test.first", "SELECT 1 AS n", [], Number)
        second = sql.ask("test.second", "SELECT 2 AS n", [], Number)
    link = connection.connection
    assert (link.parts, link.is_apart) == (1, True)
    monkeypatch.setattr("linli.kernel.pipeline.part", lambda _link: pytest.fail("sent once more"))

    assert (second.rows(), first.rows()) == ([Number(2)], [Number(1)])
    assert not is_busy()


@pytest.mark.django_db(transaction=True)
def test_what_is_begun_in_one_message_goes_when_the_block_is_left_or_an_answer_is_wanted() -> None:
    with transaction.atomic():
        with sql.in_one_message():
            first = sql.ask("test.first", "SELECT 1 AS n", [], Number)
            with sql.in_one_message():
                write("甲")
            assert connection.connection.is_gathering, "the outer block goes on"
            assert first.rows() == [Number(1)]
            second = sql.ask("test.second", "SELECT count(*) AS n FROM auth_group", [], Number)
        assert not connection.connection.is_gathering and second.rows() == [Number(1)]
        with pytest.raises(ZeroDivisionError), sql.in_one_message():
            raise ZeroDivisionError
        assert not connection.connection.is_gathering
    assert names() == ["甲"]


@pytest.mark.django_db(transaction=True)
def test_a_refusal_before_what_was_hurried_is_raised_there_and_undoes_all() -> None:
    Group.objects.create(name="甲")
    broken = "SELECT 1 / %s::int AS n"
    for given in (1, 1, 1):
        assert sql.rows("test.broken", broken, [given], Number) == [Number(1)]

    with pytest.raises(IntegrityError), transaction.atomic():
        write("乙")
        write("甲")
        wanted = sql.ask("test.broken", broken, [1], Number, is_hurried=True)
        write("丙")
        wanted.rows()
    with pytest.raises(DatabaseError), transaction.atomic():
        write("乙")
        wanted = sql.ask("test.broken", broken, [0], Number, is_hurried=True)
        behind = sql.ask("test.broken", broken, [1], Number)
        wanted.rows()
    with pytest.raises(AssertionError):
        behind.rows()
    assert not is_busy() and names() == ["甲"]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_before_what_was_hurried_came_keeps_nothing(admin_db: Any) -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        ((pid,),) = sql.tuples("test.pid", "SELECT pg_backend_pid()")
        write("甲")
        admin_db.execute("SELECT pg_terminate_backend(%s, 9000)", [pid])
        wanted = sql.ask("test.hurried", "SELECT 3 AS n", [], Number, is_hurried=True)
        write("乙")
        wanted.rows()
    connection.close()
    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_read_that_is_refused_is_told_and_what_was_asked_beside_it_is_not_made_up() -> None:
    part = "SELECT 1 / %s::int AS n"
    # a statement that is new is prepared first, which reads what waits
    assert [sql.rows(f"test.{n}", part, [1], Number) for n in range(3)] == [[Number(1)]] * 3
    first, broken, after = (sql.ask(f"test.{n}", part, [int(n != 1)], Number) for n in range(3))

    with pytest.raises(DatabaseError):
        after.rows()
    with pytest.raises(DatabaseError):
        broken.rows()
    with pytest.raises(AssertionError):
        after.rows()
    assert first.rows() == [Number(1)]
    assert sql.tuples("test.one", "SELECT 1") == [(1,)]


@pytest.mark.django_db
def test_statements_go_over_the_connection_that_django_uses_here_also_where_a_loop_runs() -> None:
    async def inside() -> tuple[object, object]:
        return sql.own_connection(), connections["default"]

    def in_a_thread() -> None:
        plain.append(sql.own_connection())
        looped.extend(asyncio.run(inside()))

    plain: list[object] = []
    looped: list[object] = []
    other = Thread(target=in_a_thread)
    other.start()
    other.join()

    ours, django = looped
    assert ours is django and ours is not plain[0]
    assert sql.own_connection() is connections["default"] and plain[0] is not connections["default"]
