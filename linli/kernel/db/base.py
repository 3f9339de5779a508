"""Django's PostgreSQL engine, plus the settings of row security at the start of a transaction."""

from __future__ import annotations

from django.db.backends.postgresql import base

from linli.kernel import scope


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets linli.scopes, linli.person and linli.system locally in every transaction."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit and self.connection is not None:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(scope.SET_LOCAL, scope.current.get().settings())
