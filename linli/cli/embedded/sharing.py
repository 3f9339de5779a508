"""Several commands share one database: the last to leave stops it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from linli.cli.embedded import account
from linli.cli.embedded.cluster import Cluster


@contextmanager
def shared(cluster: Cluster) -> Iterator[Cluster]:
    """Keep the cluster running inside the block; stop it afterwards if nobody else uses it."""
    account.open_home(cluster.home)
    with open(cluster.home / "users.lock", "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            cluster.start()
            yield cluster
        finally:
            with cluster.locked():
                if _is_last(users):
                    cluster.stop()


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
