"""Whether a home was left by just this code: then a start has nothing to check, collect or make."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg

from linli.cli.embedded.roles import connect
from linli.cli.schema import PACKAGE
from linli.config import secrets
from linli.config.env import Env

MARK = "left_by"
# a database that came here by other ways than our restore begins an epoch of the trail first
SAME_CLUSTER = """
SELECT (SELECT cluster FROM trail_epoch ORDER BY number DESC LIMIT 1)
     = (SELECT system_identifier FROM pg_control_system())
"""


def is_as_left(env: Env) -> bool:
    """Say whether code, libraries and settings are those whose checks passed at the last start."""
    mark = env.home / MARK
    try:
        known = mark.read_text() if (env.home / "static" / ".collected").exists() else ""
    except OSError:
        return False
    return known == _state(env) and _is_same_cluster(env)


def keep(env: Env) -> None:
    """Remember that everything is checked and made."""
    mark = env.home / MARK
    mark.write_text(_state(env))
    mark.chmod(0o600)


def demo_rows(home: Path, made_by: str) -> list[dict[str, object]]:
    """Return the sign-ins of the demo, if it was finished by the code of this fingerprint."""
    mark = home / "demo"
    words = mark.read_text().strip() if mark.exists() else ""
    found = json.loads(words) if words else {}
    return list(found.get("rows", [])) if found.get("made_by") == made_by else []


def _is_same_cluster(env: Env) -> bool:
    try:
        with connect(secrets.database(env, "app")) as link:
            row = link.execute(SAME_CLUSTER).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def _state(env: Env) -> str:
    """Return a hash over names, sizes and times of our files, over the libraries and the settings."""
    # where it listens and whom it asks changes nothing of what was checked and made
    settings = replace(
        env, host="", port=0, secret_key=None, database=None, owner_database=None, mail=None
    )
    whole = hashlib.sha256(f"{sys.version} {settings}".encode())
    for place in {Path(entry) for entry in sys.path if entry.endswith("site-packages")}:
        whole.update(f"{place} {place.stat().st_mtime_ns}\n".encode())
    for line in sorted(_files(str(PACKAGE))):
        whole.update(line.encode())
    return whole.hexdigest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "tests"):
                    yield from _files(entry.path)
            else:
                seen = entry.stat()
                yield f"{entry.path} {seen.st_size} {seen.st_mtime_ns}\n"
