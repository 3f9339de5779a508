"""Clones of a migrated template database, made in a tenth of a second."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import sql

from linli.cli.embedded import roles, sharing
from linli.cli.embedded.cluster import Cluster
from linli.cli.schema import fingerprint

KEPT_TEMPLATES = 3
TEMPLATE_LOCK = 4419001
# accounts begin behind those that tests invent: the first one of a worker would be somebody else's
INVENTED_ACCOUNTS = 10_000


def _cluster(home: Path) -> Cluster:
    return Cluster(home, durable=False, connections=200)


def _template(cluster: Cluster) -> str:
    """Return the name of the template for just this code, made by one of the workers."""
    name = f"tpl_{fingerprint()[:12]}_{INVENTED_ACCOUNTS}"
    with roles.connect(cluster.database("super")) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        known = [str(r[0]) for r in link.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'tpl\\_%' ORDER BY oid"
        )]  # fmt: skip
        if name not in known:
            _make_template(cluster, name)
            for old in known[: -(KEPT_TEMPLATES - 1)]:
                link.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old))
                )
    return name


def _make_template(cluster: Cluster, name: str) -> None:
    making = f"making_{os.getpid()}_{name}"
    env = {**os.environ, "LINLI_DB_ROLE": "owner", "LINLI_DB_NAME": making}
    roles.ensure(
        *(
            cluster.database(role, making if role != "super" else None)
            for role in ("super", "owner", "app")
        )
    )
    done = subprocess.run(
        [sys.executable, "-m", "linli.cli.owner", "migrate"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    with roles.connect(cluster.database("super")) as link:
        if done.returncode:
            link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(making)))
            raise RuntimeError(f"migrations failed:\n{done.stdout}\n{done.stderr}")
        with roles.connect(cluster.database("super", making)) as inside:
            inside.execute("SELECT setval('access_account_id_seq', %s)", [INVENTED_ACCOUNTS])
        link.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(making), sql.Identifier(name)
            )
        )


def _create(cluster: Cluster, name: str, template: str) -> None:
    with roles.connect(cluster.database("super")) as link:
        link.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        link.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER linli_owner STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _drop(cluster: Cluster, name: str) -> None:
    with roles.connect(cluster.database("super")) as link:
        link.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def sweep(cluster: Cluster) -> list[str]:
    """Drop what killed runs left behind, and return the names; those of live runs stay."""
    with roles.connect(cluster.database("super")) as link:
        names = [str(row[0]) for row in link.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^(test|making)_[0-9]+_'"
        )]  # fmt: skip
    left = [name for name in names if not Path("/proc", name.split("_")[1]).exists()]
    for name in left:
        _drop(cluster, name)
    return left


@contextmanager
def clone(home: Path, name: str) -> Iterator[None]:
    """Keep a clone of the template while the worker runs."""
    with sharing.shared(_cluster(home)) as cluster:
        sweep(cluster)
        _create(cluster, name, _template(cluster))
        try:
            yield
        finally:
            _drop(cluster, name)


@contextmanager
def fresh(home: Path, name: str) -> Iterator[None]:
    """Point Django at a fresh clone for one test that really commits."""
    from linli.plan.queries import due

    due.forget()
    with _instead(_cluster(home), f"{name}_fresh"):
        yield


@contextmanager
def furnished(home: Path, name: str, furnish: Callable[[], object]) -> Iterator[None]:
    """Point Django at a clone in which `furnish` has been done once, for the tests of a module.

    What a test itself does is undone as ever.
    """
    with _instead(_cluster(home), f"{name}_furnished"):
        furnish()
        yield


def forget_what_was() -> None:
    """Forget what this process holds of the rows of another database, or of rows that were undone."""
    from linli.cases.queries import suggesting
    from linli.grid.queries import warnings
    from linli.offerings.queries import windows
    from linli.people.queries.scopes import held
    from linli.places.queries import locating
    from linli.portal.queries import mixing
    from linli.ui import badges

    held.forget()
    # windows of two fresh databases bear the same ids
    windows.HELD.clear()
    for holder in (locating, suggesting, warnings, badges, mixing):
        holder.look_again()


@contextmanager
def _instead(cluster: Cluster, own: str) -> Iterator[None]:
    from django.conf import settings
    from django.db import connections

    from linli.rulebook.queries import cache

    before = settings.DATABASES["default"]["NAME"]
    _create(cluster, own, _template(cluster))
    _use(connections, own)
    forget_what_was()
    cache.undone(is_other=True)
    try:
        yield
    finally:
        _use(connections, before)
        _drop(cluster, own)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo what one test did: everything happens inside a transaction that is rolled back."""
    from django.db import connection, transaction

    from linli.plan.queries import due
    from linli.rulebook.queries import cache

    due.forget()  # what the test before knew was undone with it
    outer = transaction.atomic()
    outer._from_testcase = True  # lets `durable` blocks run inside
    with outer:
        cache.undone()  # a test that counts queries finds the law read, whatever ran before it
        try:
            yield
        finally:
            if not connection.closed_in_transaction:
                transaction.set_rollback(True)


def _use(connections: Any, name: str) -> None:
    from django.conf import settings

    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    connections.settings["default"]["NAME"] = name
