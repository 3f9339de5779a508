"""Django's PostgreSQL engine, plus the settings of row security at the start of a transaction.

BEGIN, the three settings and savepoints go without a cursor and are not waited for (docs/adr/0018);
the settings are prepared at their first use on a connection, and spared where they would open nothing.
"""

from __future__ import annotations

import select
import sys
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, schema
from django.db.backends.utils import debug_transaction
from django.db.utils import DatabaseError
from psycopg import Error, pq

from linli.kernel import scope
from linli.kernel.db.checks import with_constants
from linli.kernel.db.reading import MomentLoader
from linli.kernel.db.sending import ListSender
from linli.kernel.ending import Ending
from linli.kernel.pipeline import Link, can_pipeline, let_go, part, put, settle
from linli.kernel.prepared import checked, prepare

# read and planned anew it costs the server more than all else that a transaction begins with
PREPARED = scope.SETTINGS.format("$1", "$2", "$3").encode()


@lru_cache(maxsize=1024)
def settings_for(seen: scope.Scope) -> tuple[bytes, ...]:
    """Return the values that say at the start of a transaction whose eyes these are."""
    values = seen.settings()
    assert not any("\0" in value for value in values), "a setting holds no zero byte"
    return tuple(value.encode() for value in values)


@lru_cache(maxsize=1024)
def _spelt(seen: scope.Scope) -> bytes:
    """Return them as a statement by itself, where none can be prepared."""
    settings_for(seen)
    return scope.SETTINGS.format(*map(_literal, seen.settings())).encode()


def _literal(value: str) -> str:
    # strings are standard-conforming: a backslash is a sign like any other
    return "'" + value.replace("'", "''") + "'"


class NothingKept(RuntimeError):
    """A block was left as if it had come to its end, and all of it was undone."""


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Makes no second index for LIKE beside that of a unique word (docs/adr/0019); spells checks quickly (0026)."""

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        return None

    def _check_sql(self, name: str, check: str) -> Any:
        return super()._check_sql(name, with_constants(check))  # type: ignore[misc]

    def _create_check_sql(self, model: Any, name: str, check: str) -> Any:
        return super()._create_check_sql(model, name, with_constants(check))  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets linli.scopes, linli.person and linli.system locally in each transaction of whoever sees anything."""

    SchemaEditorClass = SchemaEditor
    # why the running transaction can only be undone as a whole
    lost: DatabaseError | None = None
    is_debug = False
    # how many blocks are open where the next one sets no savepoint (kernel/sql/whole.py)
    whole_at: int | None = None
    # whether somebody waits for a COMMIT before the answer leaves, is to wait for the next one, and for which
    has_door, ends_at_door = False, False
    ending: Ending | None = None

    @property
    def queries_logged(self) -> bool:
        """As Django's, which looks into the settings at each statement."""
        return self.force_debug_cursor or self.is_debug

    def is_usable(self) -> bool:
        """Say whether the server is still there, without asking it: it would have hung up.

        Django asks before the first statement of each request; a statement for that is one too many.
        """
        link = self.connection
        if link is None or link.closed:
            return False
        try:
            # what waits to be read between two requests is the server's farewell, or a notice
            while select.select([link.fileno()], [], [], 0)[0]:
                link.pgconn.consume_input()
        except (OSError, ValueError, Error):
            return False
        return bool(link.pgconn.status == pq.ConnStatus.OK)

    def get_autocommit(self) -> bool:
        """As Django's, which asks at each block first whether a loop runs here."""
        if self.connection is None:
            self.ensure_connection()
        return self.autocommit

    def _set_autocommit(self, autocommit: bool) -> None:
        link = self.connection
        if link is not None and (
            link.is_apart or link.pgconn.transaction_status == pq.TransactionStatus.IDLE
        ):
            # as the driver does it, which first makes sure of what was just looked at
            link._autocommit = autocommit
        else:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors:
                self._begin_or_stay()

    def _begin_or_stay(self) -> None:
        """Begin, or leave the driver as it was: it would begin by itself what nobody ends."""
        is_begun = False
        try:
            self._begin()
            is_begun = True
        finally:
            if not is_begun and self.connection is not None:
                self.connection._autocommit = True

    def get_new_connection(self, conn_params: dict[str, Any]) -> Link:
        self.is_debug = settings.DEBUG
        # Django lets choose the class of cursors alone; ours waits for what is on the wire first
        link = Link.of(super().get_new_connection(conn_params))
        link.adapters.register_loader("timestamptz", MomentLoader)
        link.adapters.register_dumper(list, ListSender)
        return link

    def validate_no_broken_transaction(self) -> None:
        """Come before each statement of Django's cursors; those of the server's refuse a busy wire."""
        super().validate_no_broken_transaction()
        if self.connection is not None:
            with self.wrap_database_errors:
                settle(self.connection)

    def _begin(self) -> None:
        """Begin for the eyes of now: both statements are answered with the first one that follows.

        Whoever may see nothing that is guarded needs no settings: without them row security shows none of it.
        """
        assert self.connection is not None
        link, seen = self.connection, scope.current.get()
        if not can_pipeline(link):
            checked(link, link.pgconn.exec_, b"BEGIN; " + _spelt(seen))
        elif seen.sees_anything:
            name, values = prepare(link, PREPARED), settings_for(seen)
            self._put(b"BEGIN")
            put(link, link.pgconn.send_query_prepared, name, values, waits=True)
        else:
            self._put(b"BEGIN")

    def _commit(self) -> None:
        """Commit in one message with what is still on the wire."""
        is_awaited, self.ends_at_door = not self.ends_at_door, False
        if self.connection is not None:
            with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
                if self.connection.parts:
                    # what failed in a transaction apart would not keep this one from its COMMIT
                    settle(self.connection)
                if is_awaited or self.run_on_commit or not self.connection.is_busy:
                    self._ask(b"COMMIT")
                else:
                    self.ending = Ending()
                    self._put(b"COMMIT", self.ending)
                    part(self.connection)

    def _rollback(self) -> None:
        try:
            if self.connection is not None:
                let_go(self.connection)
        finally:
            # whoever reads an answer there may stop what is done, but not its end
            lost, self.lost = self.lost, None
            self.ends_at_door = False
            super()._rollback()  # type: ignore[misc]
        if lost is not None and sys.exc_info()[0] is None:
            # Django would end such a block without a word, and whoever left it would take it for done
            raise NothingKept from lost

    def savepoint(self) -> str | None:
        """As Django's; none where an error undoes the transaction as a whole."""
        sid: str | None = None
        if self.whole_at != len(self.savepoint_ids):
            sid = super().savepoint()
        return sid

    def _savepoint(self, sid: str) -> None:
        self._say(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        """End a block and go on: what is still on the wire was put there as nothing that can be refused."""
        self._say(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        assert self.connection is not None
        let_go(self.connection)
        try:
            self._say(self.ops.savepoint_rollback_sql(sid), is_awaited=True)
        except DatabaseError as error:
            # a write of an earlier block was refused on the way, and there is nothing to go back to
            self.lost = error
            raise

    def _say(self, statement: str, *, is_awaited: bool = False) -> None:
        """Send a statement without values, past the cursor that would bind and log it."""
        assert self.connection is not None
        if self.queries_logged:
            self.queries_log.append({"sql": statement, "time": "0"})
        with self.wrap_database_errors:
            if can_pipeline(self.connection) and not is_awaited:
                self._put(statement.encode())
            else:
                self._ask(statement.encode())

    def _put(self, statement: bytes, reader: Ending | None = None) -> None:
        assert self.connection is not None
        send = self.connection.pgconn.send_query_params
        put(self.connection, send, statement, None, reader=reader, waits=True)

    def _ask(self, statement: bytes) -> None:
        """Have a statement answered, with all that went before it."""
        assert self.connection is not None
        link = self.connection
        if link.is_busy:
            self._put(statement)
            settle(link)
        else:
            checked(link, link.pgconn.exec_, statement)
