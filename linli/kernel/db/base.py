"""Django's PostgreSQL engine, plus the settings of row security at the start of a transaction.

BEGIN and the three settings travel in one message: a transaction costs no more than before.
Savepoints, of which every service has one, go without a cursor.
"""

from __future__ import annotations

import select
from functools import lru_cache

from django.db.backends.postgresql import base
from psycopg import Error, pq

from linli.kernel import scope
from linli.kernel.prepared import checked

BEGIN = (
    "BEGIN; SELECT set_config('linli.scopes', {}, true), set_config('linli.person', {}, true), "
    "set_config('linli.system', {}, true)"
)


@lru_cache(maxsize=1024)
def beginning(seen: scope.Scope) -> bytes:
    """Return the message that begins a transaction for these eyes."""
    return BEGIN.format(*map(_literal, seen.settings())).encode()


def _literal(value: str) -> str:
    # strings are standard-conforming: a backslash is a sign like any other
    assert "\0" not in value, "a setting holds no zero byte"
    return "'" + value.replace("'", "''") + "'"


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets linli.scopes, linli.person and linli.system locally in every transaction."""

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

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors:
                self._begin()

    def _begin(self) -> None:
        assert self.connection is not None
        link = self.connection
        checked(link, link.pgconn.exec_, beginning(scope.current.get()))

    def _savepoint(self, sid: str) -> None:
        self._say(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self._say(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self._say(self.ops.savepoint_rollback_sql(sid))

    def _say(self, statement: str) -> None:
        """Send a statement without values, past the cursor that would bind and log it."""
        assert self.connection is not None
        link = self.connection
        if self.queries_logged:
            self.queries_log.append({"sql": statement, "time": "0"})
        with self.wrap_database_errors:
            checked(link, link.pgconn.exec_, statement.encode())
