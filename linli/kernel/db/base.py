"""Django's PostgreSQL engine, plus the settings of row security at the start of a transaction.

BEGIN and the three settings travel in one message: a transaction costs no more than before.
"""

from __future__ import annotations

from django.db.backends.postgresql import base
from psycopg import errors, pq

from linli.kernel import scope


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets linli.scopes, linli.person and linli.system locally in every transaction."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors:
                self._begin()

    def _begin(self) -> None:
        assert self.connection is not None
        link = self.connection.pgconn
        quote = pq.Escaping(link).escape_literal
        values = [bytes(quote(value.encode())) for value in scope.current.get().settings()]
        result = link.exec_(BEGIN % tuple(values))
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise errors.error_from_result(result)


BEGIN = (
    b"BEGIN; SELECT set_config('linli.scopes', %s, true), set_config('linli.person', %s, true), "
    b"set_config('linli.system', %s, true)"
)
