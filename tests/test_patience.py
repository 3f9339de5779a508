"""Limits on work and waiting in the database: pages have them, jobs longer ones, commands none; a word when they end it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from linli.cases.models import Case
from linli.cli import doctor, owner
from linli.cli.embedded import roles
from linli.cli.embedded.cluster import Cluster
from linli.config import patience, settings
from linli.config.env import read_env
from linli.config.test_home import HOME
from linli.config.tracebacks import FailedPages
from linli.kernel import errors, sql
from linli.kernel.locks import hold, key_of
from linli.places.api import tree
from linli.places.testing import make_town
from linli.portal import services as portal
from linli.runtime.services import long_jobs, running
from linli.runtime.testing import make_long_job
from linli.runtime.types import JOB_KINDS, JobKind, JobRun

HELD = "tests.held"


def shown(link: Any) -> tuple[str, ...]:
    return tuple(link.execute(f"SHOW {name}").fetchone()[0] for name in patience.NAMES)


@pytest.mark.django_db
def test_pages_have_the_limits_of_their_role_and_commands_none(admin_db: Any) -> None:
    name = admin_db.info.dbname
    with roles.connect(Cluster(HOME).database("app", name)) as link:
        assert shown(link) == ("15s", "5s", "1min")
    with connection.cursor() as cursor:
        assert shown(cursor) == ("0", "0", "0")
    assert roles.without_limits(Cluster(HOME).database("app", name)) == []
    assert len(roles.without_limits(Cluster(HOME).database("super", name))) == 3


@pytest.mark.parametrize(
    ("role", "process", "said"),
    [
        ("app", "web", None),
        ("app", "worker", "-c statement_timeout=15min -c lock_timeout=60s"),
        ("app", "", "-c statement_timeout=0 -c lock_timeout=0"),
        ("owner", "web", "-c statement_timeout=0 -c lock_timeout=3s"),
    ],
)
def test_each_kind_of_process_says_its_limits_as_it_connects(
    monkeypatch: Any, role: str, process: str, said: str | None
) -> None:
    monkeypatch.setenv("LINLI_DB_ROLE", role)
    monkeypatch.setenv(patience.PROCESS, process)
    db = read_env({"DATABASE_URL": "postgresql://a@b/c?options=-c%20jit%3Doff"}).database
    assert db is not None

    asked: Any = settings._connection(db)["OPTIONS"]
    monkeypatch.setattr(settings, "ENV", read_env({"LINLI_PREPARE": "0"}))
    pooled: Any = settings._connection(db)["OPTIONS"]

    # what the address says comes last, so it holds
    assert asked["options"].endswith("-c jit=off")
    assert asked["options"].startswith(said or "-c jit=off")
    assert pooled["options"] == (
        "-c jit=off" if role == "app" and not process else asked["options"]
    )


def test_the_administrator_is_told_what_the_role_needs() -> None:
    env = read_env({"DATABASE_URL": "postgresql://city_app:x@b/c"})

    said = doctor.sql_for_administrator(env)

    assert "ALTER ROLE city_app SET lock_timeout = '5s';" in said
    assert len(re.findall("ALTER ROLE city_app SET", said)) == 3


@pytest.fixture
def held(admin_db: Any) -> Callable[..., None]:
    """Wait, within a service, for what another connection holds, as long as a page would."""
    admin_db.execute("SELECT pg_advisory_lock(%s)", [key_of(HELD)])

    def wait(*args: Any, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20ms'")
        hold(HELD)

    return wait


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["SELECT pg_sleep(9)", "lock"])
def test_what_the_database_gave_up_is_a_word_and_no_failure(
    held: Callable[..., None], statement: str
) -> None:
    with pytest.raises(OperationalError) as raised, transaction.atomic():
        if statement == "lock":
            held()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'")
            cursor.execute(statement)

    assert isinstance(errors.refusal_in(raised.value), errors.Busy)
    assert errors.refusal_in(OperationalError("connection refused")) is None
    deadlock = OperationalError()
    deadlock.__cause__ = psycopg.errors.DeadlockDetected()
    assert isinstance(errors.refusal_in(deadlock), errors.Busy)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "word"),
    [("/zh-hans/feedback/", "请过几秒再试"), ("/en/feedback/", "Try again in a few seconds")],
)
def test_a_form_that_waits_too_long_is_told_so_and_is_taken_when_sent_again(
    held: Callable[..., None], monkeypatch: Any, address: str, word: str
) -> None:
    make_town()
    whole = portal.give_feedback

    def half(*args: Any, **kwargs: Any) -> Any:
        whole(*args, **kwargs)
        held()

    monkeypatch.setattr(portal, "give_feedback", half)
    client = Client(raise_request_exception=False)
    form = {"text": "灯坏了", "key": "held-1"}

    answer = client.post(address, form)

    assert answer.status_code == 503
    assert word in answer.content.decode()
    assert not Case.objects.exists()
    monkeypatch.setattr(portal, "give_feedback", whole)
    assert client.post(address, form).status_code in (200, 303)
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_call_that_only_reads_is_told_so_too(held: Callable[..., None], monkeypatch: Any) -> None:
    def wait(*args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            held()

    monkeypatch.setattr(tree, "page_of", wait)
    client = Client(raise_request_exception=False)

    answer = client.get("/api/v1/places/?level=village")

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")


def test_the_log_keeps_where_it_happened() -> None:
    error = OperationalError()
    error.__cause__ = psycopg.errors.LockNotAvailable()
    record = logging.makeLogRecord(
        {"msg": "", "args": ("x",), "exc_info": (type(error), error, None)}
    )

    FailedPages().filter(record)

    assert record.exc_info is not None


@pytest.mark.django_db
def test_a_long_job_that_found_something_held_goes_on_where_it_stopped(
    held: Callable[..., None], monkeypatch: Any
) -> None:
    def work(run: JobRun) -> None:
        run.progress(1, 4, checkpoint={"row": 1})
        with transaction.atomic():
            held()

    job = make_long_job(now=timezone.now())
    monkeypatch.setitem(JOB_KINDS._items, job.kind, JobKind(job.kind, "Counting", work))

    running.run_job(job.pk, job.attempt, clock=timezone.now)
    job.refresh_from_db()
    stood = (job.state, job.checkpoint)
    again = long_jobs.requeue_stale(now=timezone.now() + timezone.timedelta(hours=1))

    assert stood == ("running", {"row": 1})
    assert again == [job.pk]


def test_migrations_come_again_where_a_table_is_in_use(monkeypatch: Any) -> None:
    monkeypatch.setattr(owner, "PAUSE", 0)
    tried: list[int] = []
    held = OperationalError()
    held.__cause__ = psycopg.errors.LockNotAvailable()

    def migrate() -> None:
        tried.append(1)
        if len(tried) < 3:
            raise held

    owner.patiently(migrate)
    assert len(tried) == 3

    def never() -> None:
        tried.append(1)
        raise held if len(tried) % 2 else OperationalError("gone")

    with pytest.raises(OperationalError, match="gone"), suppress(ZeroDivisionError):
        owner.patiently(never)
    assert len(tried) == 4


@pytest.mark.django_db
def test_a_file_over_a_whole_city_may_take_longer_than_a_page() -> None:
    def limit() -> str:
        ((told,),) = sql.tuples("test.limit", "SELECT current_setting('statement_timeout')")
        return str(told)

    for has, gets in (("15s", "2min"), ("15min", "15min"), ("0", "0")):
        sql.execute("test.has", f"SET statement_timeout = '{has}'")
        with sql.unhurried():
            assert limit() == gets
