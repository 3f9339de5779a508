"""Django's PostgreSQL engine, plus the settings of row security at the start of a transaction.

BEGIN and the three settings travel in one message: a transaction costs no more than before.
"""

from __future__ import annotations

from functools import lru_cache

from django.db.backends.postgresql import base
from psycopg import errors, pq

from linli.kernel import scope

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

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors:
                self._begin()

    def _begin(self) -> None:
        assert self.connection is not None
        result = self.connection.pgconn.exec_(beginning(scope.current.get()))
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise errors.error_from_result(result)
