"""Whether the tables fit the code: a fingerprint of migrations, rights and kinds, kept in the database."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg

from linli.cli.embedded.roles import connect
from linli.config.env_values import Database

PACKAGE = Path(__file__).resolve().parents[1]


def fingerprint() -> str:
    """Return a hash over every migration of ours and over the files that declare rights and kinds of cases,
    whose versions are published when tables are migrated."""
    parts = ("*/migrations/*.py", "*/apps.py", "*/kinds/*.py")
    found = [path for part in parts for path in sorted(PACKAGE.glob(part))]
    whole = hashlib.sha256()
    for path in [*found, PACKAGE / "cli" / "embedded" / "roles.py", PACKAGE / "config" / "apps.py"]:
        whole.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def is_current(app: Database) -> bool:
    """Say whether the database was migrated by just this code."""
    try:
        with connect(app) as link:
            row = link.execute("SELECT obj_description('public'::regnamespace)").fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0] == f"linli {fingerprint()}")


def mark_current(owner: Database) -> None:
    """Write the fingerprint onto the schema, as its owner."""
    with connect(owner) as link:
        link.execute(f"COMMENT ON SCHEMA public IS 'linli {fingerprint()}'")
