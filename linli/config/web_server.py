"""The process that answers: it loads the program once, and each of its workers begins as a copy.

A worker that ends is followed by another within a moment, and what all of them hold alike is in memory
once. Started by `linli web` and `linli up`.
"""

from __future__ import annotations

import os
import sys
import threading
from importlib import import_module

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from linli.config.processes import end_with_parent

APPLICATION = "linli.config.wsgi"
THREADS = 4


def main(host: str, port: str, workers: str) -> None:
    """Answer until SIGINT or SIGTERM."""
    import_module(APPLICATION)
    refuse_what_no_copy_has()
    # a worker whose server was killed would hold the port and answer on
    os.register_at_fork(after_in_child=end_with_parent)
    server = Granian(
        f"{APPLICATION}:application", address=host, port=int(port), interface=Interfaces.WSGI,
        workers=int(workers), blocking_threads=THREADS, websockets=False,
        respawn_failed_workers=True, log_level=LogLevels.warning,
    )  # fmt: skip
    server.serve()


def refuse_what_no_copy_has() -> None:
    """End with an error if loading began what a copy would share or lack: a thread, a connection."""
    from django.db import connections

    threads = [one.name for one in threading.enumerate() if one is not threading.current_thread()]
    linked = [one.alias for one in connections.all(initialized_only=True) if one.connection]
    if threads or linked:
        raise RuntimeError(f"loading the program began threads {threads}, connections {linked}")


if __name__ == "__main__":
    main(*sys.argv[1:])
