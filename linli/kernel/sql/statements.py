"""Statements prepared on the server, run, sent ahead or asked side by side."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from linli.kernel.pipeline import Link, can_pipeline, part, settle
from linli.kernel.prepared import Params, Result, run, send
from linli.kernel.sql.shaping import shaped

if TYPE_CHECKING:
    from linli.kernel.db.base import DatabaseWrapper

R = TypeVar("R")
T = TypeVar("T")
UNHURRIED = """
SELECT set_config('statement_timeout', '2min', true)
  FROM current_setting('statement_timeout') has WHERE has <> '0' AND has::interval < '2min'::interval
"""


class _Thread(threading.local):
    db: DatabaseWrapper | None = None


_thread = _Thread()


def own_connection() -> DatabaseWrapper:
    """Return the thread's connection as Django keeps it; it finds it anew at each look, for fifty looks a request.

    Where a loop runs in the thread, Django keeps one for each chain of calls.
    """
    if asyncio._get_running_loop() is not None:
        return _of_django()
    if _thread.db is None:
        _thread.db = _of_django()
    return _thread.db


def _of_django() -> DatabaseWrapper:
    kept: Any = connections[DEFAULT_DB_ALIAS]
    db: DatabaseWrapper = kept
    return db


def in_transaction() -> bool:
    """Say whether a transaction runs in this thread."""
    return own_connection().in_atomic_block


def live_connection() -> DatabaseWrapper:
    """Return the thread's connection with a link to the server, as Django's cursors make sure of it."""
    db = _thread.db
    if db is None or asyncio._get_running_loop() is not None:
        db = own_connection()
    if not db.in_atomic_block:
        # a server that was started anew has hung up
        db.close_if_health_check_failed()
    if db.connection is None:
        db.ensure_connection()
    return db


@lru_cache(maxsize=2048)
def _named(name: str, sql: str) -> str:
    """Return a statement as the log shows it, each time the same text: what was kept for it is found at once."""
    return f"/* {name} */ {sql}"


def _ready(name: str, sql: str) -> tuple[DatabaseWrapper, str]:
    """Return the thread's connection, fit for use, and the statement as the log shows it."""
    db = live_connection()
    if db.needs_rollback:
        raise transaction.TransactionManagementError("the transaction is broken")
    statement = _named(name, sql)
    # as `queries_logged` says, which is a call for each statement
    if db.force_debug_cursor or db.is_debug:
        db.queries_log.append({"sql": statement, "time": "0"})
    return db, statement


def _in_django_words(db: DatabaseWrapper, act: Callable[..., T], *given: Any, **named: Any) -> T:
    """Act on the connection; what the driver refuses is raised as Django's error."""
    try:
        return act(db.connection, *given, **named)
    except psycopg.Error:
        # a block around each statement would cost more than most of what it guards
        with db.wrap_database_errors:
            raise


def _run(name: str, sql: str, params: Params, *, anew: bool = False) -> Result:
    db, statement = _ready(name, sql)
    return _in_django_words(db, run, statement, params, anew=anew)


def rows(name: str, sql: str, params: Params, into: type[R], *, anew: bool = False) -> list[R]:
    """Return rows as instances of `into`, whose fields bear the names of the columns.

    `anew` plans for these values: after some runs PostgreSQL else plans once for all values, and what
    finds many rows for one and none for another is read in the wrong way for one of them.
    """
    return shaped(_run(name, sql, params, anew=anew), into)


def tuples(
    name: str, sql: str, params: Params = (), *, anew: bool = False
) -> list[tuple[Any, ...]]:
    """Return rows as plain tuples; `anew` as in `rows`."""
    return _run(name, sql, params, anew=anew).rows


def execute(name: str, sql: str, params: Params = ()) -> int:
    """Run one writing statement, prepared, and return the number of rows that it touched."""
    return _run(name, sql, params).count


def later(name: str, sql: str, params: Params = (), *, waits: bool = False) -> None:
    """Send a writing statement of a transaction and go on: for writes that nothing legal can refuse.

    It stands before everything that is asked after it. Should it be refused, the error is raised by
    a later statement, by COMMIT at the latest, and the transaction is undone as for any error.
    One that is written last, when the server has enough to do, `waits` for the message after it.
    """
    db, statement = _ready(name, sql)
    link = db.connection
    # where something waits on the wire more may, which is seen without a call
    if db.in_atomic_block and (link.is_busy or can_pipeline(link)):
        _in_django_words(db, send, statement, params, waits=waits)
    else:
        _in_django_words(db, run, statement, params)


def is_pipelined() -> bool:
    """Say whether what is asked here comes back in one message with what is asked beside it."""
    return can_pipeline(live_connection().connection)


@contextmanager
def in_one_message() -> Iterator[None]:
    """Let what several parts of the program begin go to the server together, once the block is left.

    Each message by itself is a call of the system. Whoever waits for an answer inside sends them, too.
    Outside a transaction they are a part of their own: whoever reads them later has nothing more to send.
    """
    db = live_connection()
    link = db.connection
    assert isinstance(link, Link)
    before, link.is_gathering = link.is_gathering, True
    try:
        yield
    finally:
        link.is_gathering = before
        if link.is_busy and not before and not link.closed:
            _in_django_words(db, _off if db.in_atomic_block or link.is_apart else part)


def _off(link: Link) -> None:
    """Send what was gathered."""
    link.pgconn.flush()


@contextmanager
def unhurried() -> Iterator[None]:
    """Let a file over a whole city take longer than a page may; jobs and commands have longer (config/patience.py)."""
    with transaction.atomic():
        tuples("sql.unhurried", UNHURRIED)
        yield


def bare_link() -> Link:
    """Return the driver's connection for cursors of its own, with nothing waiting on the wire."""
    db = live_connection()
    _in_django_words(db, settle)
    link = db.connection
    assert isinstance(link, Link)
    return link
