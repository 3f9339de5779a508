"""The demo city as a template database: made once for just this code and day, cloned in a moment.

Days matter: rights of a few weeks, visits of today and rounds that are due are no longer so later.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from linli.cli.embedded import roles
from linli.cli.embedded.cluster import Cluster
from linli.config.test_clock import later, put_ahead
from tests import databases

PACKAGE = Path(__file__).parents[1] / "linli"
KEPT = 2
# what decides how the rows come out
MAKERS = ("**/*.py", "*/data/**/*", "rulebook/law/**/*")
MAKERS_LOCK = 4419002


def digest() -> str:
    """Return a hash over all that makes the demo, and over the day."""
    from django.utils import timezone

    found = {
        path
        for pattern in MAKERS
        for path in PACKAGE.glob(pattern)
        if path.is_file() and "tests" not in path.parts
    }
    whole = hashlib.sha256(f"{timezone.localdate()} {later()}".encode())
    told = [
        Path(__file__).with_name(name)
        for name in ("city_life.py", "city_grid.py", "city_venues.py")
    ]
    for path in sorted([*found, Path(__file__), *told]):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


@contextmanager
def inhabited(home: Path, name: str) -> Iterator[None]:
    """Point Django at a clone of the demo city."""
    from django.db import connections

    cluster = Cluster(home, durable=False, connections=200)
    own = f"{name}_demo"
    databases._create(cluster, own, _template(cluster))
    databases._use(connections, own)
    databases.forget_what_was()
    try:
        yield
    finally:
        databases._use(connections, name)
        databases.forget_what_was()
        databases._drop(cluster, own)


def _template(cluster: Cluster) -> str:
    name = f"demo_{digest()}"
    with roles.connect(cluster.database("super")) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [MAKERS_LOCK])
        known = [str(row[0]) for row in link.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'demo\\_%' ORDER BY oid"
        )]  # fmt: skip
        if name not in known:
            for old in known[: -(KEPT - 1)]:
                databases._drop(cluster, old)
            _make(cluster, name)
    return name


def _make(cluster: Cluster, name: str) -> None:
    making = f"making_{os.getpid()}_{name}"
    databases._create(cluster, making, databases._template(cluster))
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo_city"],
        env={**os.environ, "LINLI_DB_NAME": making},
        cwd=PACKAGE.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        databases._drop(cluster, making)
        raise RuntimeError(f"the demo could not be made:\n{done.stdout}\n{done.stderr}")
    with roles.connect(cluster.database("super")) as link:
        link.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(making), sql.Identifier(name)
            )
        )


def main() -> None:
    """Make the demo and its life in the database that the environment names."""
    from linli.cli.base import setup_django

    put_ahead(later())
    setup_django()
    from django.conf import settings
    from django.utils import timezone

    from linli.demo.city import make_demo
    from tests.city_life import live

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    try:
        make_demo(lambda _words: None)
        live(now=timezone.now())
    finally:
        # the mark of a demo home; tests decide themselves whether they run as a demo
        (settings.LINLI_HOME / "demo").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
