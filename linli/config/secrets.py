"""Secrets that an installation makes for itself and keeps under LINLI_HOME, readable to it alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from linli.config.env import Env
from linli.config.env_values import Database

EMBEDDED_PORT = 54329
EMBEDDED_NAME = "linli"
ROLES = {"app": "linli_app", "owner": "linli_owner", "super": "linli_super"}


def keep(path: Path, make: str) -> str:
    """Return the secret in a file; write `make` there first if the file does not exist.

    Two processes that start together agree on one value: the second reads what the first made.
    """
    if path.exists() and (known := path.read_text().strip()):
        return known
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable to its owner alone
    with os.fdopen(handle, "w") as file:
        file.write(make)
        file.flush()
        os.fsync(file.fileno())
    try:
        # appears whole or not at all; whoever comes second reads what the first one made
        os.link(name, path)
    except FileExistsError:
        return path.read_text().strip() or make
    finally:
        Path(name).unlink()
    return make


def secret_key(home: Path) -> str:
    """Return Django's secret key of this installation."""
    return keep(home / "keys" / "secret_key", secrets.token_urlsafe(48))


def role_password(home: Path, role: str) -> str:
    """Return the password of an embedded database role: app, owner or super."""
    return keep(home / "db" / f"{role}.pw", secrets.token_urlsafe(24))


def database(env: Env, role: str) -> Database:
    """Return how to reach the database as app, owner or super."""
    if role == "owner" and env.owner_database:
        return env.owner_database
    if env.database:
        return env.database
    return Database(
        host=str(env.home / "run"),
        port=EMBEDDED_PORT,
        name="postgres" if role == "super" else os.environ.get("LINLI_DB_NAME", EMBEDDED_NAME),
        user=ROLES[role],
        password=role_password(env.home, role),
    )
