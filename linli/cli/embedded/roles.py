"""Roles and databases of the embedded cluster, and the rights on tables.

linli_owner owns the tables and runs migrations; linli_app serves, with SELECT, INSERT, UPDATE;
linli_retention may delete from declared tables, and linli_app steps into it on purpose only.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from linli.config.env_values import Database
from linli.config.language import words
from linli.config.patience import NAMES, settings_of_role
from linli.kernel.registries import TableGrant


def connect(db: Database, name: str = "") -> psycopg.Connection[tuple[object, ...]]:
    """Connect as a role, to its database or to another one there."""
    return psycopg.connect(make_conninfo(**db.conninfo(name)), autocommit=True)


def ensure(admin: Database, owner: Database, app: Database) -> None:
    """Make roles and the database if they are missing. Safe to run again."""
    with connect(admin) as link:
        for role, word in ((owner.user, owner.password), (app.user, app.password)):
            _role(link, role, f"LOGIN PASSWORD {sql.Literal(word).as_string(link)}")
        _role(link, "linli_retention", "NOLOGIN")
        link.execute(f"ALTER ROLE {app.user} NOINHERIT")
        link.execute(f"GRANT linli_retention TO {app.user}")
        for setting in settings_of_role(app.user):
            link.execute(setting)
        known = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [app.name]).fetchone()
        if not known:
            link.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                    sql.Identifier(app.name), sql.Identifier(owner.user)
                )
            )
    with connect(admin, app.name) as link:
        prepare(link, owner.user, app.user)


def _role(link: psycopg.Connection[tuple[object, ...]], name: str, options: str) -> None:
    if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        link.execute(f"CREATE ROLE {name} NOSUPERUSER NOBYPASSRLS {options}")


def prepare(link: psycopg.Connection[tuple[object, ...]], owner: str, app: str) -> None:
    """Set schema and default rights of one database."""
    for statement in preparation(owner, app):
        link.execute(statement)


def preparation(owner: str, app: str) -> list[str]:
    """Return the statements, for us and for `linli doctor --sql`."""
    mine = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT"
    return [
        f"ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {app}, linli_retention",
        f"{mine} SELECT, INSERT, UPDATE ON TABLES TO {app}",
        f"{mine} USAGE, SELECT ON SEQUENCES TO {app}",
        f"{mine} SELECT ON TABLES TO linli_retention",
    ]


# tables of libraries that their own code empties
LIBRARY_DELETES = (
    "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers",
    "procrastinate_workers", "django_session", "axes_accessattempt", "axes_accesslog",
    "axes_accessfailurelog", "axes_accessattemptexpiration", "account_emailaddress", "account_emailconfirmation",
    "mfa_authenticator", "auth_group_permissions",
)  # fmt: skip


def table_statements(grants: Iterable[TableGrant], tables: set[str], app: str) -> list[str]:
    """Return the statements that give each table its declared rights, idempotent."""
    out = [f"GRANT DELETE ON {t} TO {app}" for t in LIBRARY_DELETES if t in tables]
    for grant in grants:
        if grant.key not in tables:
            continue
        rights = [("SELECT", grant.select), ("INSERT", grant.insert)]
        rights += [("UPDATE", not grant.append_only), ("DELETE", grant.delete)]
        for right, given in rights:
            verb = (
                f"GRANT {right} ON {grant.key} TO"
                if given
                else f"REVOKE {right} ON {grant.key} FROM"
            )
            out.append(f"{verb} {app}")
        if grant.retention:
            out.append(f"GRANT DELETE ON {grant.key} TO linli_retention")
    return out


def apply_table_grants(db: Database, grants: Iterable[TableGrant], app: str) -> None:
    """Give the application's role its rights, as the owner of the tables."""
    with connect(db) as link, link.transaction():
        tables = {
            str(row[0])
            for row in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
        for statement in table_statements(grants, tables, app):
            link.execute(statement)


def owner_lacks(owner: Database) -> list[str]:
    """Return what a superuser must run before this role can back up and restore; empty if it can.

    Row security binds the owner of tables too, and a dump of a part is no backup.
    """
    with connect(owner) as link:
        row = link.execute(
            "SELECT rolsuper OR rolbypassrls, rolsuper OR rolcreatedb, "
            "pg_has_role('pg_signal_backend', 'MEMBER') FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row is not None
    said = [needed for needed, held in zip(owner_needs(owner.user), row, strict=True) if not held]
    return [str(statement) for statement in said]


def owner_needs(owner: str) -> list[str]:
    """Return the statements that let the owner read every row, make and swap databases."""
    return [
        f"ALTER ROLE {owner} BYPASSRLS",
        f"ALTER ROLE {owner} CREATEDB",
        f"GRANT pg_signal_backend TO {owner}",
    ]


def analyze(owner: Database, *tables: str, vacuum: bool = False) -> None:
    """Bring the planner's statistics up to date, of some tables or of all; only the owner may.

    With `vacuum` what is dead goes too. The database does it by itself, but a minute after the rows came: too late
    for first readers.
    """
    act = "VACUUM (ANALYZE)" if vacuum else "ANALYZE"
    with connect(owner) as link:
        for table in tables or ("",):
            link.execute(f"{act} {table}".encode())


def role_faults(app: Database) -> list[str]:
    """Say how the serving role could get around the walls; empty if it cannot."""
    with connect(app) as link:
        row = link.execute(
            "SELECT rolsuper, rolbypassrls, (SELECT count(*) FROM pg_tables WHERE schemaname ="
            " 'public' AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row is not None
    faults = []
    if row[0]:
        faults.append(words(f"{app.user} is a superuser", f"{app.user} 是超级用户"))
    if row[1]:
        faults.append(words(f"{app.user} bypasses row security", f"{app.user} 不受行级安全约束"))
    if row[2]:
        faults.append(words(f"{app.user} owns {row[2]} tables", f"{app.user} 拥有 {row[2]} 张表"))
    return faults


def without_limits(app: Database) -> list[str]:
    """Return the limits that the serving role lacks: a page would wait for ever, and keep others waiting."""
    with connect(app) as link:
        return [
            name
            for name in NAMES
            if link.execute("SELECT current_setting(%s)", [name]).fetchone() == ("0",)
        ]
