"""A database that is filled beside the old one and takes its name when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from linli.cli.embedded import roles
from linli.config.env_values import Database


def is_filled(app: Database) -> bool:
    """Say whether a database holds a city already."""
    with roles.connect(app) as link:
        found = link.execute("SELECT to_regclass('public.places_place')").fetchone()
        if not found or found[0] is None:
            return False
        return link.execute("SELECT 1 FROM places_place LIMIT 1").fetchone() is not None


@contextmanager
def fresh_database(admin: Database, name: str, owner: str) -> Iterator[str]:
    """Fill a database beside the old one and swap names at the end: all or nothing."""
    fresh, old = f"{name}_restoring", f"{name}_before"
    with roles.connect(admin, "postgres") as link:  # nobody renames the database he is in
        for statement in (
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(fresh)),
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(fresh), sql.Identifier(owner)
            ),
        ):
            link.execute(statement)
        yield fresh
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with link.transaction():  # both names change at once, or neither
            link.execute(rename.format(sql.Identifier(name), sql.Identifier(old)))
            link.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
        link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
